import ThecalDosing

extension ReadingTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .skippedMedicine: "{0} is skipped: no opioid and no drug of a pump."
    case .nothingToConvert: "no medicine of this patient is one to convert."
    case .askedFor: "{0}"
    case .blank: "is blank."
    case .blankUnit: "is blank: a dose without a unit is none."
    case .blankFrequency:
      "is blank and the unit is not per time; write q6h, bid, tid, qid, daily, weekly or a number per day."
    case .fieldCount:
      "it has {0} fields, the header has {1}. A comma inside a number or a name must stand in quotes."
    case .notUTF8: "holds bytes that are not UTF-8: save the file as \"CSV UTF-8\"."
    case .unclosedQuote: "opens a quote that never closes: the rest of the file is inside it."
    case .strayQuote: "goes on after a closing quote: a quote inside quotes is written twice."
    case .tooLong: "is longer than a row may be."
    case .notConsecutive: "the lines of this patient do not stand together; sort the file by patient_id."
    case .duplicateMedicine:
      "the same medicine stands on line {0}; delete one, add both up on one line, or state the form of both (extended or immediate release)."
    case .severalTargets:
      "Several opioids are asked for as drugs of one pump: each start covers a part of the medicines only. Name one target_drug on every line."
    case .conflicting: "says something else than an earlier line of this patient."
    case .combination: "'{0}' is a combination; enter its {1} alone."
    case .unknownName: "'{0}' is not known; enter the generic name."
    case .unknownNameNear: "'{0}' is not known. Was {1} meant?"
    case .badRoute: "'{0}' is no route; write {1}."
    case .badUnit: "'{0}' is no unit of a dose; write mg, mcg, g, mcg/h or mg/day."
    case .volumeUnit: "'{0}' is no unit of a dose; a volume is not a dose: enter the drug in mg."
    case .frequencyBesideRate: "'{0}' stands beside a unit that is per time already; leave frequency blank."
    case .badFrequency: "'{0}' {1}."
    case .badPatchInterval: "the change interval of a patch {0}."
    case .patchUnit: "a patch is entered in mcg/h, the strength printed on it."
    case .zeroDose: "a dose of zero is none; delete the line if the medicine was stopped."
    case .badNumber: "'{0}' {1}."
    case .badQuantity: "{0}."
    case .tooLarge: "{0} is above {1}."
    case .notAboveZero: "it must be above zero."
    case .notYesOrNo: "write yes or no."
    case .notOneOf: "write {0}."
    case .badDate: "'{0}' {1}."
    case .refillPassed: "the day to refill, {0}, has passed."
    case .dayToCome:
      "{0} lies after {1}, the day that is counted from: enter the day on which the pump was filled last."
    case .effectWithoutBolus: "it says nothing without screening_bolus."
    case .unknownPump: "'{0}' is not known; known are {1}."
    case .bareInterval: "{0} doses a day are no regimen; was q{0}h meant?"
    case .ambiguousFrequency:
      "{0} is read as {0} doses a day; where every {0} h is meant, write q{0}h and convert again."
    case .noOralForm: "is blank, and {0} has no oral form; write {1}."
    case .wrongRoute: "{0} is not given by the route {1}; write {2}."
    case .impossiblePatchInterval: "a patch changed every {0} h is no regimen; it lies between {1} and {2} h."
    case .unusualPatchInterval:
      "a patch changed every {0} h is unusual ({1} to {2} h): confirm with the prescription."
    case .twoStrengths: "'{0}' is not a plain number; give each drug of a combination a line of its own."
    case .doseRange:
      "'{0}' is not a plain number; a range is not a dose; give the one that the patient takes."
    case .spoiledID:
      "'{0}' is what a spreadsheet leaves of an id that it could not keep; restore it from the source."
    case .markInsideID:
      "'{0}' holds a character that nobody sees: it looks like another patient's id, and is none. Write it anew."
    case .nextLineWithoutID:
      "line {0} behind this patient has a medicine and no id: if it belongs here, the list is not whole. Write the id on every line."
    case .noIDBelow: "is blank: does it belong to {0} of line {1}? Write the id on every line."
    case .nulByte: "holds a NUL byte."
    case .notAnticoagulant: "write yes, no, or the generic name of the anticoagulant."
    case .notRenal: "write yes, no, or a filtration rate such as eGFR 45."
    }
  }
}
