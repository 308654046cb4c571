import ThecalFormulary
import ThecalQuantities

/// The calculation of a first dose as far as it has come.
struct StartArithmetic {
  private let unit: DoseUnit
  private let explaining: Bool
  private var value: ExactNumber?
  private var basis: StartBasis?
  private var findings: [Finding] = []
  private var figures: [Cited<ExactNumber>] = []
  private var steps: [DerivationStep] = []

  init(_ unit: DoseUnit, _ question: StartQuestion) {
    self.unit = unit
    explaining = question.explaining
    value = question.share
    basis = question.origin.map { StartBasis($0) }
    if let share = question.share { step(.stepRatioStart, [.amount(share, unit.daily)]) }
  }

  private mutating func step(
    _ topic: DosingTopic, _ evidence: @autoclosure () -> [Evidence],
    _ figures: @autoclosure () -> [Cited<ExactNumber>] = []
  ) {
    if explaining { steps.append(DerivationStep(topic, evidence(), figures())) }
  }

  /// Corrects the ratio for incomplete cross-tolerance.
  mutating func take(_ factor: Cited<ExactNumber>?, _ finding: Finding) {
    guard let factor, let before = value else { return }
    findings.append(finding)
    multiply(before, factor, .text("cross-tolerance"))
    basis?.reductions.append(.crossTolerance(factor.value))
  }

  /// Halves the result for a patient at risk.
  mutating func reduce(_ factor: Cited<ExactNumber>, _ finding: Finding) {
    guard let before = value else { return }
    findings.append(finding)
    multiply(before, factor, .text("risk"))
    basis?.reductions.append(.risk(factor.value))
  }

  private mutating func multiply(_ before: ExactNumber, _ factor: Cited<ExactNumber>, _ reason: Evidence) {
    let after = before * factor.value
    step(.stepFactor, [reason, .number(before), .number(factor.value), .number(after)], [factor])
    value = after
  }

  /// Takes every ceiling that speaks for the patient's class.
  mutating func lower(_ patientClass: OpioidClass?, _ shared: SharedRules, isOpioid: Bool) {
    if let label = shared.rules.label(for: patientClass) { lower(to: label.high, .label) }
    for range in shared.rules.ceilings {
      lower(to: range.high, .consensus(range.basis, verified: range.high.verified))
    }
    if isOpioid, patientClass != .tolerant, let cap = shared.rules.firstDayCap, lower(to: cap, .firstDay) {
      findings.append(
        Finding(DosingTopic.naiveCap, .opioidNaiveCap, .review, [.figure(cap)], citing: [cap.citation]))
    }
  }

  /// Takes `figure` where it is the lower one; says whether it was.
  @discardableResult
  private mutating func lower(to figure: Cited<ExactNumber>, _ ceiling: StartCeiling) -> Bool {
    if let value, figure.value >= value { return false }
    let before: Evidence = value.map { .amount($0, unit.daily) } ?? .text("no ratio")
    step(.stepCeiling, [.figure(figure), before], [figure])
    value = figure.value
    basis = StartBasis(.ceiling(ceiling, figure.value))
    figures = [figure]
    return true
  }

  /// The dose, or nil where nothing spoke.
  func finished() -> StartDose? {
    guard let value, let basis else { return nil }
    let rounded = value.roundedDown(toSignificantDigits: StartDose.digits)
    var steps = steps
    if explaining {
      steps.append(
        DerivationStep(
          DosingTopic.stepRounded, [.amount(value, unit.daily), .amount(rounded, unit.daily)]))
    }
    return StartDose(
      dose: unit.rate(rounded), unit: unit, basis: basis, findings: findings, figures: figures,
      steps: steps)
  }
}
