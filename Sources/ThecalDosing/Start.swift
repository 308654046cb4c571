public import ThecalFormulary
public import ThecalQuantities

/// What made a first dose as low as it is: where it comes from, and the factors that followed.
public struct StartBasis: Hashable, Sendable {
  /// Where the number comes from.
  public enum Origin: Hashable, Sendable {
    /// A published ratio of the table; divided again by the potency of another drug where one is named.
    case ratio(ExactNumber, table: String, potency: ExactNumber?)
    /// A ceiling of this authority, in the drug's unit per day.
    case ceiling(StartCeiling, ExactNumber)
    /// A screening bolus, times the factor.
    case screening(ExactNumber)
  }

  /// A reduction.
  public enum Reduction: Hashable, Sendable {
    case crossTolerance(ExactNumber)
    case risk(ExactNumber)
  }

  /// Where the number comes from.
  public var origin: Origin
  /// What it was multiplied by, in order.
  public var reductions: [Reduction] = []

  /// A basis without reductions.
  public init(_ origin: Origin) { self.origin = origin }
}

/// The ceilings of a first dose.
public enum StartCeiling: Hashable, Sendable {
  /// The upper end of the label's range for the patient's class.
  case label
  /// The upper end of a consensus or guideline range: what kind, and whether anybody has read the figure.
  case consensus(String, verified: Bool)
  /// What may be given on the first day without tolerance.
  case firstDay
}

/// A first dose, and how it came about.
public struct StartDose: Hashable, Sendable {
  /// The dose, rounded down to three significant digits in the drug's unit.
  public let dose: DoseRate
  /// The unit in which it is spoken of.
  public let unit: DoseUnit
  /// What made it as low as it is.
  public let basis: StartBasis
  /// What the rules found on the way.
  public let findings: [Finding]
  /// Figures that acted.
  public let figures: [Cited<ExactNumber>]
  /// The calculation step by step, where asked for.
  public let steps: [DerivationStep]

  /// Digits to which a start is rounded down.
  static let digits = 3
}

/// What a start is asked for.
public struct StartQuestion: Sendable {
  /// What a published ratio gives, before any reduction, in the drug's unit per day; nil where no ratio speaks.
  public var share: ExactNumber?
  /// Where `share` comes from.
  public var origin: StartBasis.Origin?
  /// Whether a source opioid is another than the drug itself, or not known.
  public var crosses = false
  /// Whether the ceilings of a first pump dose act: not on a change from one intrathecal drug to another.
  public var isFirstPumpDose = true
  /// Whether steps are written down.
  public var explaining = false

  /// A start by ceilings alone.
  public init() {}

  /// A start from the share that a ratio gives.
  public init(share: ExactNumber, origin: StartBasis.Origin, crosses: Bool) {
    self.share = share
    self.origin = origin
    self.crosses = crosses
  }
}

extension DosingRules {
  /// The first dose of a drug: min(R, C) × F, rounded down.
  ///
  /// R is the share that a ratio gives, halved for incomplete cross-tolerance: it corrects the ratio. C is the least of the label's
  /// upper end for the class, every consensus's upper end and, without tolerance, the cap of the first day. F halves once for a
  /// patient at risk: it corrects the result, so that a ceiling never swallows it.
  ///
  /// - Returns: nil where neither a ratio nor a ceiling speaks for the drug.
  public func start(
    of drug: DrugUse, for patient: Patient, _ patientClass: OpioidClass?, _ question: StartQuestion
  ) -> StartDose? {
    guard let shared = drug.shared else { return nil }
    var arithmetic = StartArithmetic(shared.rules.unit, question)
    arithmetic.take(question.crosses ? crossTolerance : nil, crossToleranceFinding)
    if question.isFirstPumpDose { arithmetic.lower(patientClass, shared, isOpioid: drug.isOpioid) }
    let reasons = drug.isOpioid ? riskReasons(patient) : []
    if !reasons.isEmpty { arithmetic.reduce(riskFactor, riskFindings[reasons.rawValue]) }
    return arithmetic.finished()
  }

  /// The first dose after a screening bolus, or why there is none.
  public func startFromScreening(_ drug: DrugUse, _ patient: Patient, explaining: Bool = false) -> (
    start: StartDose?, finding: Finding?
  ) {
    guard let rules = drug.intrathecal, let protocolRules = rules.screening else { return (nil, nil) }
    if let refusal = screeningRefusal(protocolRules, patient) { return (nil, refusal) }
    guard let screening = patient.screening else {
      return (
        nil,
        Finding(
          DosingTopic.screeningRequired, .screeningRequired, .review,
          [.list(protocolRules.boluses.map { .mass($0.value, rules.unit) })],
          citing: [protocolRules.largest.citation])
      )
    }
    let factor = protocolRules.factor(for: screening)
    let bolus = screening.bolus.exactValue(in: rules.unit.mass)
    let value = (bolus * factor.value).roundedDown(toSignificantDigits: StartDose.digits)
    var findings: [Finding] = []
    if screening.effect == nil {
      findings.append(
        Finding(
          DosingTopic.effectUnknown, .missingField, .review, [.time(protocolRules.prolongedAbove.value)],
          citing: [protocolRules.prolongedAbove.citation]))
    }
    let step = DerivationStep(
      DosingTopic.stepScreening,
      [.mass(screening.bolus, rules.unit), .number(factor.value), .amount(value, rules.unit.daily)], [factor])
    return (
      StartDose(
        dose: rules.unit.rate(value), unit: rules.unit, basis: StartBasis(.screening(factor.value)),
        findings: findings,
        figures: [factor], steps: explaining ? [step] : []), nil
    )
  }

  /// A bolus that did not work, or was larger than the protocol has it.
  private func screeningRefusal(_ rules: ScreeningRules, _ patient: Patient) -> Finding? {
    if patient.screeningResponse == false {
      return Finding(
        DosingTopic.noResponse, .noResponse, .blocked, [.mass(rules.largest.value, .micrograms)],
        citing: [rules.largest.citation])
    }
    guard let bolus = patient.screening?.bolus, bolus > rules.largest.value else { return nil }
    return Finding(
      DosingTopic.screeningTooLarge, .noResponse, .blocked,
      [.mass(bolus, nil), .mass(rules.largest.value, .micrograms)], citing: [rules.largest.citation])
  }
}
