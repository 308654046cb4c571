/// Machine-readable reasons for a status, in the order in which they are printed.
///
/// Numbered, so that a set of them is a word of bits; the name on paper follows from the name here.
public enum ConversionCode: Int, CaseIterable, Hashable, Sendable {
  case ruleOfThumb, unverifiedSource, crossTolerance, toleranceUnknown, opioidNaiveCap
  case reducedForRisk, screeningRequired, noResponse, overLimit, nearLimit, belowPumpMinimum
  case implausibleDose, typoSuspected, noConversion, lipophilicRotation, neverIntrathecal
  case unknownDrug, badNumber, ambiguousNumber, badUnit, patchUnit, badFrequency, missingField
  case notConsecutive, duplicateRow, badValue, badDate, conflictingValues, badText
  case settingMismatch, notForStarting, rangeOnly, residualOpioid, offLabel, contraindicated
  case allergy, anticoagulant, pregnancy, renal, age, oneCase, staleTable, pumpData
  case deviceDataUnverified, emptyBeforeAlarm, flowOutOfRange, alarmAboveFill, severalTargets

  /// The code as it is printed: `ruleOfThumb` is `RULE_OF_THUMB`.
  public var name: String { ConversionCode.names[rawValue] }

  /// The code that is printed as `name`; nil where there is none.
  public init?(name: String) {
    guard let index = ConversionCode.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: index)
  }

  private static let names = allCases.map { code in
    "\(code)".reduce(into: "") { $0 += $1.isUppercase ? "_\($1)" : $1.uppercased() }
  }
}

/// A set of codes, printed in the order of their declaration.
public struct CodeSet: Hashable, Sendable {
  private var bits: UInt64 = 0

  /// No codes.
  public init() {}

  /// Adds `code`.
  public mutating func insert(_ code: ConversionCode) { bits |= 1 << UInt64(code.rawValue) }

  /// Whether `code` is in the set.
  public func contains(_ code: ConversionCode) -> Bool { bits & (1 << UInt64(code.rawValue)) != 0 }

  /// Whether there is no code.
  public var isEmpty: Bool { bits == 0 }

  /// Every code of both sets.
  public mutating func formUnion(_ other: Self) { bits |= other.bits }

  /// The codes in printing order.
  public var codes: [ConversionCode] {
    var (found, rest): ([ConversionCode], UInt64) = ([], bits)
    while rest != 0 {
      if let code = ConversionCode(rawValue: rest.trailingZeroBitCount) { found.append(code) }
      rest &= rest - 1
    }
    return found
  }
}
