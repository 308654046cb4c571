/// Machine-readable reasons for a status, the same from every command, in the order in which they are printed.
///
/// Numbered, so that a set of them is a few words of bits; the name on paper follows from the name here.
public enum Code: UInt8, CaseIterable, Hashable, Sendable {
  // Of a conversion and of every dose.
  case ruleOfThumb, unverifiedSource, crossTolerance, toleranceUnknown, opioidNaiveCap
  case reducedForRisk, screeningRequired, noResponse, overLimit, nearLimit, overConcentration
  case belowPumpMinimum, implausibleDose, typoSuspected, unusualDose, noConversion, alreadyIntrathecal
  case lipophilicRotation, neverIntrathecal, underdoseRisk, residualOpioid, ownCutoff
  // Of what was written.
  case unknownDrug, badNumber, ambiguousNumber, badUnit, patchUnit, badFrequency, ambiguousFrequency
  case unusualInterval, missingField, notConsecutive, duplicateRow, badValue, badDate, conflictingValues
  case badText, badId, skipped, readFromText
  // Of patient and setting.
  case settingMismatch, notForStarting, rangeOnly, offLabel, contraindicated, psychosisHistory
  case allergy, anticoagulant, pregnancy, renal, age, oneCase, staleTable, severalTargets, startByLabel
  // Of devices and fillings.
  case pumpData, deviceDataUnverified, deviceLimitUnknown, deviceDecides, deviceNotApproved
  case refillOverdue, emptyBeforeAlarm, alarmFirst, alarmVolume, alarmAboveFill, alarmBelowResidual,
    alarmMeasures
  case alarmBeforeImplant, flowRange, flowOutOfRange, flowNotChecked, strokeRounding, strokes, stroke, stopped
  case reservoir, reservoirTooSmall, residual, residualAboveFill, reserveKept, bolusNotCounted, bolusRate
  case bolusTooFast, boluses, bolusDuringBridge, belowSyringeMark, accuracy, rounding, feasible, notFeasible
  case limit, limitUnknown, stability, stabilityUnknown, stabilityCondition, stable, vialSizeUnknown
  case tooConcentrated, concentration, negativeDiluent, diluent, diluentAcidity, dailyDoses, daysNotCovered,
    covered
  case overlap, controller, controllerNotLabeled, lockout, lockoutLimits, lockoutTooShort
  case multipleOfDailyDose, intervalBeyondEarlyEdge, lifeByFlow, lifeUnknown, replaceNow
  // Of visits, gaps and tapers.
  case aspirateFirst, drawBack, primeAfterEmpty, primeOnlyIfEmpty, bridgeNeeded, mixingPeak, oneVisit, washed
  case oldDrugLeft, drugChange, foundAboveFill, ranDry, impossiblePump, interrogate, outsideAccuracy
  case volume, volumeDiscrepancy, trend, trendDrift, causeFirst, shouldBeEmpty, pocketFill, tooFewDays
  case overInfusion, dropTooLarge, dailyDrop, direction, ends, notATaper, neverZero, steps, stepByCaller
  case tooManySteps, restart, restartAsNaive, restorePrevious, withdrawal, watchForWithdrawal
  // Of plans, risks and predictions.
  case notMonitored, noProtocol, stopRule, targetNotReached, prediction, population, flexSuggestion
  case notMet, riskRaised, modelUnchecked, modelContradicted, modelMisfit, doseAfterEnd, extrapolated
  case slowerProtocol, excluded, noWindow, noPlasmaKinetics, researchOnly
  // Of measured levels, diaries and studies.
  case badRow, noInterval, notConverged, notIdentifiable, noVariance, samplesFailed

  /// The code as it is printed: `ruleOfThumb` is `RULE_OF_THUMB`.
  public var name: String { Code.names[Int(rawValue)] }

  /// The code that is printed as `name`; nil where there is none.
  public init?(name: String) {
    guard let code = Code.byName[name] else { return nil }
    self = code
  }

  private static let names = allCases.map { code in
    "\(code)".reduce(into: "") { $0 += $1.isUppercase ? "_\($1)" : $1.uppercased() }
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}

extension Code {
  /// What a finding with this code does unless the place where it is made knows better.
  ///
  /// Unreadable is an error; read and refused is blocked; the rest asks for a review, but for what only informs.
  public var severity: Severity {
    switch self {
    case .badNumber, .ambiguousNumber, .badUnit, .badFrequency, .badValue, .badDate, .badText, .badId,
      .missingField, .unknownDrug, .patchUnit, .duplicateRow, .notConsecutive, .conflictingValues:
      .error
    case .neverIntrathecal, .implausibleDose, .typoSuspected, .noConversion, .noResponse,
      .lipophilicRotation, .alreadyIntrathecal, .flowOutOfRange, .overLimit, .overConcentration,
      .reservoirTooSmall, .alarmAboveFill, .residualAboveFill, .negativeDiluent, .tooConcentrated,
      .notFeasible, .noProtocol, .contraindicated, .excluded, .psychosisHistory, .impossiblePump:
      .blocked
    case .skipped, .alarmFirst, .flowRange, .reservoir, .residual, .stability, .feasible:
      .note
    default: .review
    }
  }
}

/// A set of codes, printed in the order of their declaration.
public struct CodeSet: Hashable, Sendable {
  private var low: UInt128 = 0
  private var high: UInt128 = 0

  /// No codes.
  public init() {}

  /// Adds `code`.
  public mutating func insert(_ code: Code) {
    if code.rawValue < 128 {
      low |= 1 << UInt128(code.rawValue)
    } else {
      high |= 1 << UInt128(code.rawValue - 128)
    }
  }

  /// Whether `code` is in the set.
  public func contains(_ code: Code) -> Bool {
    code.rawValue < 128
      ? low & (1 << UInt128(code.rawValue)) != 0 : high & (1 << UInt128(code.rawValue - 128)) != 0
  }

  /// Whether there is no code.
  public var isEmpty: Bool { low == 0 && high == 0 }

  /// Every code of both sets.
  public mutating func formUnion(_ other: Self) {
    low |= other.low
    high |= other.high
  }

  /// The codes in printing order.
  public var codes: [Code] { Self.listed(low, from: 0) + Self.listed(high, from: 128) }

  private static func listed(_ bits: UInt128, from first: UInt8) -> [Code] {
    var (found, rest): ([Code], UInt128) = ([], bits)
    while rest != 0 {
      if let code = Code(rawValue: first + UInt8(rest.trailingZeroBitCount)) { found.append(code) }
      rest &= rest - 1
    }
    return found
  }
}
