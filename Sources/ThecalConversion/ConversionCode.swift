/// Machine-readable reasons for a status, in the order in which they are printed.
public enum ConversionCode: String, CaseIterable, Hashable, Sendable {
  case ruleOfThumb = "RULE_OF_THUMB"
  case unverifiedSource = "UNVERIFIED_SOURCE"
  case crossTolerance = "CROSS_TOLERANCE"
  case toleranceUnknown = "TOLERANCE_UNKNOWN"
  case opioidNaiveCap = "OPIOID_NAIVE_CAP"
  case reducedForRisk = "REDUCED_FOR_RISK"
  case screeningRequired = "SCREENING_REQUIRED"
  case noResponse = "NO_RESPONSE"
  case overLimit = "OVER_LIMIT"
  case nearLimit = "NEAR_LIMIT"
  case belowPumpMinimum = "BELOW_PUMP_MINIMUM"
  case implausibleDose = "IMPLAUSIBLE_DOSE"
  case typoSuspected = "TYPO_SUSPECTED"
  case noConversion = "NO_CONVERSION"
  case lipophilicRotation = "LIPOPHILIC_ROTATION"
  case neverIntrathecal = "NEVER_INTRATHECAL"
  case unknownDrug = "UNKNOWN_DRUG"
  case badNumber = "BAD_NUMBER"
  case ambiguousNumber = "AMBIGUOUS_NUMBER"
  case badUnit = "BAD_UNIT"
  case patchUnit = "PATCH_UNIT"
  case badFrequency = "BAD_FREQUENCY"
  case missingField = "MISSING_FIELD"
  case notConsecutive = "NOT_CONSECUTIVE"
  case duplicateRow = "DUPLICATE_ROW"
  case badValue = "BAD_VALUE"
  case badDate = "BAD_DATE"
  case conflictingValues = "CONFLICTING_VALUES"
  case badText = "BAD_TEXT"
  case settingMismatch = "SETTING_MISMATCH"
  case notForStarting = "NOT_FOR_STARTING"
  case rangeOnly = "RANGE_ONLY"
  case residualOpioid = "RESIDUAL_OPIOID"
  case offLabel = "OFF_LABEL"
  case contraindicated = "CONTRAINDICATED"
  case allergy = "ALLERGY"
  case anticoagulant = "ANTICOAGULANT"
  case pregnancy = "PREGNANCY"
  case renal = "RENAL"
  case age = "AGE"
  case oneCase = "ONE_CASE"
  case staleTable = "STALE_TABLE"
  case pumpData = "PUMP_DATA"
  case deviceDataUnverified = "DEVICE_DATA_UNVERIFIED"
}

/// A set of codes, printed in the order of their declaration.
public struct CodeSet: Hashable, Sendable {
  private var bits: UInt64 = 0

  /// No codes.
  public init() {}

  private static let all = Array(ConversionCode.allCases)
  private static let positions = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1, UInt64($0)) })

  /// Adds `code`.
  public mutating func insert(_ code: ConversionCode) { bits |= 1 << (CodeSet.positions[code] ?? 0) }

  /// Whether `code` is in the set.
  public func contains(_ code: ConversionCode) -> Bool { bits & (1 << (CodeSet.positions[code] ?? 0)) != 0 }

  /// Whether there is no code.
  public var isEmpty: Bool { bits == 0 }

  /// Every code of both sets.
  public mutating func formUnion(_ other: Self) { bits |= other.bits }

  /// The codes in printing order.
  public var codes: [ConversionCode] {
    CodeSet.all.enumerated().filter { bits & (1 << UInt64($0.offset)) != 0 }.map(\.element)
  }
}
