import ThecalFormulary
package import ThecalDosing
package import ThecalQuantities
import ThecalResponse

/// What may follow after the last observation: a range of doses with its reasons, not an order.
package struct NextStep: Hashable, Sendable {
  /// The day from which it may hold.
  package let day: Int
  /// The range.
  package let low: DoseRate, high: DoseRate
  /// Why, one finding each.
  package let reasons: [Finding]
  /// The share by which a score at the upper end would narrow the patient's sensitivity.
  package let learned: Double

  init(
    _ plan: TitrationRequest, _ fit: PatientFit, _ response: PatientResponse, _ goal: TitrationGoal,
    _ limits: TitrationLimits, _ findings: inout PlanFindings, _ formulary: Formulary
  ) {
    let last = plan.observations[plan.observations.count - 1]
    var reasons: [Finding] = []
    let unit = limits.unit
    let step = limits.next(after: last.dose)
    let floor = limits.largestDrop.map { (1 - $0) * last.dose } ?? limits.lowest
    var (low, high) = (max(floor, limits.lowest), min(step, limits.most(on: last.wholeDay + limits.interval)))
    let from = ExactNumber(last.wholeDay + limits.interval)
    reasons.append(
      Finding(TitrationTopic.reasonRules, nil, .note, [.dose(floor, unit), .dose(high, unit), .number(from)]))
    if let wanted = plan.target?.effectSize(response) {
      let ends = [fit.half.low, fit.half.high].compactMap { half in
        fit.curve(half: half).level(for: wanted).map(response.effectSite.dose(for:))
      }
      if ends.count == 2 {
        reasons.append(
          Finding(
            TitrationTopic.reasonPatient, nil, .note,
            [.dose(ends[0], unit), .dose(ends[1], unit), .number(ExactNumber(fit.scores))]))
        low = max(low, min(ends[0], high))
        high = max(low, min(high, ends[1]))
      }
    } else {
      high = max(low, min(high, goal.wanted))
    }
    let stops = Self.stops(plan, formulary)
    for rule in stops {
      findings.add(.stopRule, .review, .stopRule, [.text(rule.text)])
      findings.rest(on: rule.citation, "the stop rule")
    }
    if !stops.isEmpty {
      reasons.append(Finding(TitrationTopic.reasonStop, nil, .note))
      high = min(high, last.dose)
      low = min(low, high)
    }
    day = last.wholeDay + limits.interval
    self.low = limits.deliverable(low)
    self.high = limits.deliverable(high)
    learned = fit.learned(fromScoreAt: response.effectSite.gain * high.base)
    self.reasons = reasons
  }

  /// The stop rules that the observations call up.
  private static func stops(_ plan: TitrationRequest, _ formulary: Formulary) -> [Statement] {
    let drug = formulary.drug(named: plan.drug)?.id ?? plan.drug
    var facts = Set(plan.observations.last?.sideEffects.map { $0.lowercased() } ?? [])
    let recent = plan.observations.suffix(3)
    let scores = recent.compactMap { $0.pain ?? $0.ashworth }
    if scores.count == 3, zip(scores, scores.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(recent, recent.dropFirst()).allSatisfy({ $0.dose < $1.dose })
    {
      facts.insert("worsening")
    }
    return formulary.titration.stopRules.filter { rule in
      (rule.drugs?.contains(drug) ?? true) && facts.contains { $0.contains(rule.when ?? "-") }
    }
  }
}

extension TitrationRequest.Target {
  /// The size of the effect that is wanted; nil where a dose or a level is.
  func effectSize(_ response: PatientResponse) -> Double? {
    switch self {
    case .relief(let share): share
    case .ashworth(let score): response.baseline - score
    case .dose, .level: nil
    }
  }
}

extension TitrationPlan {
  /// Goes on from what was given: the plan's first day is that of the last observation, and keeps its dose.
  /// Returns the doses of the days before.
  mutating func continueTreatment(_ limits: inout TitrationLimits) -> [DoseRate] {
    let doses = request.dailyDoses
    guard let last = doses.last else { return [] }
    guard last > .zero else {
      findings.add(
        .restart, .review, .gapBefore, [.number(ExactNumber(doses.count))])
      limits.first = min(limits.first, limits.deliverable(limits.first))
      return doses
    }
    if last > limits.most(on: doses.count) {
      findings.add(
        .overLimit, .review, .lastAboveLimit, [.dose(last, unit), .dose(limits.highest, unit)])
    }
    limits.first = limits.deliverable(min(last, limits.highest))
    return doses.dropLast()
  }
}
