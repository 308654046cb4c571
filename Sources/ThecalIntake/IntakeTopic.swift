public import ThecalDosing

/// What the reading of a medicine from a hospital's words finds.
public enum IntakeTopic: UInt8, FindingTopic {
  // Read.
  /// Read from text: somebody must compare it with its source.
  case readFromText
  /// A household spoon counts 5 or 15 mL.
  case spoon
  /// A number with a zero behind its point, or without one before it.
  case errorProneNumber
  /// For some days only.
  case bounded
  /// With meals: three a day.
  case meals
  /// An earlier order of the same medicine: its line.
  case duplicateOrder
  /// An indication that is not plain: text.
  case indicationUnclear
  /// A date of birth that may be two days: text.
  case birthDateUnclear
  /// Intent plan: a medicine taken at home.
  case plannedOrder
  // Not converted.
  /// A medicine that is neither an opioid nor a drug of a pump: its name.
  case beside
  /// The same, and it says something about the patient: name, class.
  case besideWithFact
  /// The directions say that it is not taken.
  case notTaken
  /// The order is not active: its status.
  case inactive
  /// The order has ended: the day.
  case ended
  // Asked.
  /// No word of the name is known: name.
  case unknownDrug
  /// The name holds several drugs that may be meant: names.
  case severalDrugs
  /// Trade name and ingredient do not belong together: name.
  case brandConflict
  /// A product made for animals, or one that works for weeks: name.
  case noDailyAmount
  /// No strength is stated, and the amount counts units.
  case noStrength
  /// The strength may be read in two ways.
  case severalStrengths
  /// The name's strength is not that of the column: both.
  case strengthConflict
  /// A patch without "per hour".
  case patchUnit
  /// No route.
  case noRoute
  /// Two routes: both.
  case routeConflict
  /// A liquid counted in pieces, a tablet measured in mL: unit of the directions, form.
  case formConflict
  /// Part of an extended-release tablet.
  case dividedExtendedRelease
  /// Another drug is named in the directions: name.
  case otherDrug
  /// Two columns say different amounts, or text and data of one order do.
  case sourcesDisagree
  /// The mass beside an amount is not what the strength gives: mass, amount.
  case massConflict
  /// A patch that is changed at an interval at which it is not used: hours.
  case patchInterval
  case asNeeded, range, steps, asDirected, notEveryDay, once, optional, upTo
  case noFrequency, noAmount, aboveMaximum, contradiction, unclearNumber
  /// Words that are not known: the words.
  case unclearWords
  case unclearUnit, pump
  /// A bare number as frequency: the number.
  case bareFrequency
  /// The most that the words allow in a day: amount.
  case largest
  /// No id: nobody knows whose medicine it is.
  case noPatient
  /// An id that a spreadsheet spoiled, or that holds a character which leaves no mark: text.
  case unclearPatient
  /// A row with too many fields or quotes that do not close: its cells may have moved.
  case brokenRow
  // Of FHIR.
  /// No resource of that kind: its type.
  case otherResource
  /// The medication that a request refers to is not there: reference.
  case missingMedication
  /// A status that is missing or not known: text.
  case unclearStatus
  /// A proposal or an option, no order: intent.
  case noOrder
  /// An extension that may change what the order means: its address.
  case modifier

  /// The room of intake.
  public static var room: Room { .intake }
}

extension Finding {
  /// A finding that makes a medicine asked for.
  static func ask(_ topic: IntakeTopic, _ evidence: [Evidence] = []) -> Finding {
    Finding(topic, topic.code, .error, evidence)
  }

  /// A finding beside a medicine that is read or skipped.
  static func note(_ topic: IntakeTopic, _ evidence: [Evidence] = []) -> Finding {
    Finding(topic, topic.code, .note, evidence)
  }
}

extension IntakeTopic {
  /// The reason for machines, the same that a clinic's own table gets for the same fault.
  var code: Code? {
    switch self {
    case .readFromText: .readFromText
    case .beside, .besideWithFact, .notTaken, .inactive, .ended, .otherResource: .skipped
    case .unknownDrug, .severalDrugs, .noDailyAmount, .missingMedication: .unknownDrug
    case .noStrength, .noRoute, .noFrequency, .noAmount, .noPatient: .missingField
    case .severalStrengths, .unclearNumber: .ambiguousNumber
    case .brandConflict, .strengthConflict, .routeConflict, .formConflict, .otherDrug, .sourcesDisagree,
      .massConflict, .aboveMaximum, .contradiction:
      .conflictingValues
    case .patchUnit: .patchUnit
    case .patchInterval: .unusualInterval
    case .asNeeded, .range, .steps, .asDirected, .notEveryDay, .once, .optional, .upTo, .pump: .badFrequency
    case .bareFrequency: .ambiguousFrequency
    case .unclearPatient: .badId
    case .unclearWords, .brokenRow: .badText
    case .unclearUnit: .badUnit
    case .dividedExtendedRelease, .unclearStatus, .noOrder, .modifier: .badValue
    case .duplicateOrder: .duplicateRow
    case .birthDateUnclear: .badDate
    case .spoon, .errorProneNumber, .bounded, .meals, .indicationUnclear, .plannedOrder, .largest: nil
    }
  }

  /// The topic of a reason that directions give.
  init(_ reason: SigReading.Reason) {
    self =
      switch reason {
      case .asNeeded: .asNeeded
      case .range: .range
      case .steps: .steps
      case .asDirected: .asDirected
      case .notEveryDay: .notEveryDay
      case .once: .once
      case .optional: .optional
      case .upTo: .upTo
      case .noFrequency: .noFrequency
      case .noAmount: .noAmount
      case .aboveMaximum: .aboveMaximum
      case .contradiction: .contradiction
      case .unclearNumber: .unclearNumber
      case .unclearWords: .unclearWords
      case .unclearUnit: .unclearUnit
      case .pump: .pump
      }
  }
}
