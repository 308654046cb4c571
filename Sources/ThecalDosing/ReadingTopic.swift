/// What the reading of a medicine or a patient finds, in whatever form it was written. Line and column stand in the finding's place.
public enum ReadingTopic: UInt8, FindingTopic {
  /// The cell is blank.
  case blank
  /// The unit is blank.
  case blankUnit
  /// The frequency is blank and the unit is not per time.
  case blankFrequency
  /// The row has too few or too many fields: how many it has, how many the header has.
  case fieldCount
  /// The row holds bytes that are not UTF-8.
  case notUTF8
  /// The row opens a quote that never closes.
  case unclosedQuote
  /// The row goes on after a closing quote.
  case strayQuote
  /// The row is longer than a row may be.
  case tooLong
  /// The lines of a patient do not stand together.
  case notConsecutive
  /// The same medicine stands on another line: its number.
  case duplicateMedicine
  /// Several opioids are asked for as drugs of one pump.
  case severalTargets
  /// A later line says something else than an earlier one.
  case conflicting
  /// A combination product: name, its opioid.
  case combination
  /// A name that is not known: name.
  case unknownName
  /// As `unknownName`, with names that are near: name, names.
  case unknownNameNear
  /// No route: text, routes.
  case badRoute
  /// No unit of a dose: text.
  case badUnit
  /// A volume instead of an amount: text.
  case volumeUnit
  /// A frequency beside a unit that is per time.
  case frequencyBesideRate
  /// A frequency that cannot be used: text, why and what to write.
  case badFrequency
  /// The change interval of a patch cannot be used: why and what to write.
  case badPatchInterval
  /// A patch in another unit than mcg/h.
  case patchUnit
  /// A dose of zero.
  case zeroDose
  /// A number that cannot be read: text, why and what to write.
  case badNumber
  /// A quantity that cannot be read: why and what to write.
  case badQuantity
  /// A number above what can be meant: number, most.
  case tooLarge
  /// Not above zero.
  case notAboveZero
  /// Neither yes nor no.
  case notYesOrNo
  /// None of the words that are read: the words.
  case notOneOf
  /// No date: text, why.
  case badDate
  /// A day on which something was done that has not come yet: the day, the day that is counted from.
  case dayToCome
  /// A pump that should have been refilled: the last day for it.
  case refillPassed
  /// A length of effect without a bolus.
  case effectWithoutBolus
  /// A pump that is not known: name, known pumps.
  case unknownPump
  /// A bare number in the place of a frequency that is an interval in hours: number.
  case bareInterval
  /// A bare number that may be doses a day or hours: number.
  case ambiguousFrequency
  /// No route for a drug or product without an oral form: name, its routes.
  case noOralForm
  /// A product on a route on which it is not given: name, route, its routes.
  case wrongRoute
  /// A patch changed at an interval that is no regimen: hours, shortest, longest.
  case impossiblePatchInterval
  /// A patch changed at an unusual interval: hours, shortest usual, longest usual.
  case unusualPatchInterval
  /// A dose of two numbers with a stroke between them: text.
  case twoStrengths
  /// A dose of a range: text.
  case doseRange
  /// An id that a spreadsheet has spoiled: text.
  case spoiledID
  /// An id with a character inside that nobody sees: text.
  case markInsideID
  /// A line without an id follows this patient: its line.
  case nextLineWithoutID
  /// A line without an id: the patient above it, the line of that.
  case noIDBelow
  /// The row holds a NUL byte.
  case nulByte
  /// Neither yes, no nor the name of an anticoagulant.
  case notAnticoagulant
  /// Neither yes, no nor a filtration rate.
  case notRenal
  /// A medicine that is not converted: its name.
  case skippedMedicine
  /// No medicine of the patient is one to convert.
  case nothingToConvert
  /// What an intake asks about a line: its reason.
  case askedFor

  /// The room of reading.
  public static var room: Room { .reading }
}
