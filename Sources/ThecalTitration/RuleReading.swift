import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

/// Puts the rules for one plan together: what `ThecalDosing` says of the patient, and what the pump can give.
struct RuleReading {
  let plan: TitrationRequest
  let formulary: Formulary
  let rules: DosingRules
  let drug: Drug
  let use: DrugUse
  let intrathecal: IntrathecalRules
  /// Whether the patient counts as opioid-tolerant; nil where that is not known.
  let patientClass: OpioidClass
  private let classFinding: Finding?
  var findings = PlanFindings()
  /// The daily dose that the regimen stands for by the ratio; nil where none is listed.
  var standsFor: DoseRate?

  /// Nil where the drug is not known or not given intrathecally.
  init?(_ plan: TitrationRequest, _ formulary: Formulary) {
    let rules =
      formulary === Formulary.embedded
      ? DosingRules.standard : DosingRules(formulary, equivalentTable: DosingRules.usualTable)
    guard let rules, let drug = formulary.drug(named: plan.drug), let use = rules.drug(drug.id),
      let intrathecal = use.intrathecal
    else { return nil }
    self.plan = plan
    self.formulary = formulary
    self.rules = rules
    self.drug = drug
    self.use = use
    self.intrathecal = intrathecal
    let equivalent =
      plan.oralMorphine?.exactValue(in: .milligramsPerDay) ?? rules.equivalents(of: plan.medicines).total
    (patientClass, classFinding) = rules.opioidClass(
      of: plan.patient, taking: plan.medicines,
      equivalent: plan.medicines.isEmpty && plan.oralMorphine == nil ? nil : equivalent)
  }

  var unit: DoseUnit { intrathecal.unit }

  /// Whether the patient counts as tolerant; nil where that is not known.
  var isTolerant: Bool? { patientClass == .unknown ? nil : patientClass == .tolerant }

  /// The rules; nil where the plan is refused, which the findings explain.
  mutating func limits() -> TitrationLimits? {
    checkPatient()
    checkDoses()
    guard let changes = rules.changes(of: use, for: plan.patient, isSlow: plan.isSlow) else {
      findings.add(Finding(DosingTopic.noTitration, .noProtocol, .blocked, [.drug(drug.id)]))
      return nil
    }
    take(changes)
    guard let first = firstDose(), let highest = highestDose(), !findings.isBlocked else { return nil }
    var limits = TitrationLimits(
      unit: unit, first: min(first, highest), highest: highest, step: changes.step,
      interval: changes.intervalDays)
    limits.perWeek = changes.perWeek
    if let drop = intrathecal.largestDrop {
      findings.rest(on: drop.citation, "the largest decrease")
      limits.largestDrop = drop.value > .zero ? drop.value.exactValue(in: .one) : nil
    }
    if let day = changes.limitNotBefore { limits.highestNotBefore = day }
    readPump(&limits)
    return findings.isBlocked ? nil : limits
  }

  private mutating func take(_ changes: ChangeRules) {
    for finding in changes.findings { findings.add(finding) }
    for figure in changes.figures { findings.rest(on: figure.citation, figure.part) }
  }

  mutating func rest(on citation: Citation, _ what: String) { findings.rest(on: citation, what) }

  mutating func checkPatient() {
    for finding in rules.check(plan.patient, for: drug.id) { findings.add(finding) }
    // What nobody can take makes no plan, also where the start does not follow from it.
    for finding in plan.medicines.flatMap(rules.check) { findings.add(finding) }
    if let indication = plan.patient.indication, indication.isSpasticity != (drug.kind == .antispastic) {
      findings.add(
        Finding(
          DosingTopic.wrongIndication, .settingMismatch, .blocked,
          [.drug(drug.id), .text(indication.rawValue)]))
    }
  }

  /// Every dose that the plan names is held against the same window and limit.
  private mutating func checkDoses() {
    if case .dose(let dose)? = plan.target {
      for finding in rules.check(dose, of: drug.id, at: Place(field: "target.dose")) { findings.add(finding) }
    }
    let named =
      [(plan.ceiling, "ceiling"), (plan.start, "start")] + plan.observations.map { ($0.dose, "observations") }
    for (dose, field) in named {
      guard let dose, dose > .zero else { continue }
      // What is above the limit alone is held at the limit, which is said; a slip is refused.
      for finding in rules.check(dose, of: drug.id, at: Place(field: field)) where finding.code != .overLimit
      {
        findings.add(finding)
      }
    }
    if let strength = plan.concentration {
      for finding in rules.check(strength, of: drug.id, at: Place(field: "concentration")) {
        findings.add(finding)
      }
    }
  }

  /// The most in a day, and the plan's own ceiling where that is lower.
  private mutating func highestDose() -> DoseRate? {
    guard let limit = intrathecal.limit else {
      findings.add(Finding(DosingTopic.limitUnknown, .noProtocol, .blocked, [.drug(drug.id)]))
      return nil
    }
    findings.rest(on: limit.citation, "the limit")
    guard let ceiling = plan.ceiling else { return limit.value }
    if ceiling > limit.value {
      findings.add(
        Finding(
          DosingTopic.ceilingAboveLimit, .overLimit, .review,
          [.dose(ceiling, unit), .dose(limit.value, unit)],
          citing: [limit.citation]))
    }
    return min(ceiling, limit.value)
  }

  /// The finding that decisive facts for the class are not stated, for an opioid.
  mutating func noteClass() {
    if use.isOpioid, let classFinding { findings.add(classFinding) }
  }

  private mutating func readPump(_ limits: inout TitrationLimits) {
    guard let concentration = plan.concentration else {
      if plan.pump != nil { findings.add(.missingField, .review, .concentrationNotStated) }
      return
    }
    guard let device = PumpDevice(named: plan.pump ?? PumpDevice.usual, in: formulary) else {
      return findings.add(.missingField, .blocked, .pumpUnknown, [.text(plan.pump ?? "")])
    }
    if let slowest = device.minimumFlow {
      findings.rest(on: slowest.citation, "the pump's lowest flow")
      limits.lowest = concentration * slowest.value
    }
    if let fastest = device.maximumFlow {
      findings.rest(on: fastest.citation, "the pump's highest flow")
      let most = concentration * fastest.value
      if most < limits.highest {
        findings.add(.flowOutOfRange, .review, .pumpGivesAtMost, [.dose(most, unit)])
        limits.highest = most
        limits.first = min(limits.first, most)
      }
    }
    if let stroke = device.stroke { limits.stroke = concentration * stroke.value / Time(1, .days) }
    if limits.deliverable(limits.first) < limits.least {
      findings.add(
        .belowPumpMinimum, .blocked, .firstDoseBelowPump,
        [.dose(limits.first, unit), .dose(limits.least, unit)])
    }
  }
}

extension DoseUnit {
  /// `rate` as a person reads it: `0.4 mg/day`.
  func words(_ rate: DoseRate) -> String { text(rate) }
}
