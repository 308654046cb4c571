import ThecalFormulary
import ThecalQuantities

extension Worksheet {
  /// Whether the patient counts as opioid-tolerant: the threshold dose, for long enough.
  mutating func classify(_ equivalent: ExactNumber) {
    let reaches =
      equivalent >= rules.toleranceEquivalent.value
      || zip(request.medicines, medicineRules).contains(where: reachesOwnThreshold)
    guard let days = facts.opioidDays else {
      result.opioidClass = reaches ? .unknown : .notTolerant
      return result.add(rules.toleranceUnknownNotice)
    }
    result.opioidClass = reaches && days >= rules.toleranceDays.value ? .tolerant : .notTolerant
  }

  private func reachesOwnThreshold(_ medicine: Medicine, _ rule: DrugRule?) -> Bool {
    guard let threshold = rule?.tolerance[medicine.route.index] else { return false }
    return DailyAmount(of: medicine).value >= threshold.value
  }

  /// The least of ratio, label, consensus and first-day cap; then the reductions; then what is unverified.
  ///
  /// An unverified ceiling comes last: it may lower a start, and does so visibly, but takes no part in the
  /// calculation that the verified figures prescribe.
  mutating func start(_ fromRatio: ExactNumber, basis: String, rule: IntrathecalRule) {
    var candidate = StartCandidate(value: fromRatio, basis: basis)
    step("start by ratio", "\(basis): \(shown(fromRatio)) \(rule.unit.symbol)")
    let tolerant = result.opioidClass == .tolerant
    if let label = tolerant ? rule.labelTolerant : rule.labelNaive {
      lower(&candidate, to: label.high, "label maximum for the class")
    }
    for range in rule.consensus where range.high.verified { lower(&candidate, to: range.high, range.basis) }
    if !tolerant, let cap = rule.firstDayCap, lower(&candidate, to: cap, "first-day cap without tolerance") {
      result.add(rule.firstDayCapNotice ?? .naiveCap(cap))
      acted(cap, on: .start)
    }
    reduce(&candidate)
    for range in rule.consensus where !range.high.verified {
      if lower(&candidate, to: range.high, "unverified consensus ceiling") { acted(range.high, on: .start) }
    }
    let start = candidate.value.roundedDown(toSignificantDigits: 3)
    let exact = candidate.value
    step(
      "start",
      "\(shown(exact)) \(rule.unit.symbol) rounded down = \(ClinicalText.number(start)) \(rule.unit.symbol)")
    result.start = DoseRate(start, rule.unit)
    result.startUnit = rule.unit
    result.startBasis = candidate.basis
  }

  /// Takes `figure` where it is the lower one; says whether it was.
  @discardableResult
  private mutating func lower(_ candidate: inout StartCandidate, to figure: Figure, _ basis: String) -> Bool {
    guard figure.value < candidate.value else { return false }
    let above = candidate.value
    step("ceiling of the start", "\(basis): \(figure.value) \(figure.unit), below \(shown(above))", [figure])
    candidate = StartCandidate(value: figure.value, basis: "\(basis) \(figure.value.plainText)")
    return true
  }

  /// Halves for incomplete cross-tolerance, and once more for a patient at risk.
  private mutating func reduce(_ candidate: inout StartCandidate) {
    if request.medicines.contains(where: { $0.drug != request.target }) {
      result.add(rules.crossToleranceNotice)
      apply(rules.crossTolerance, "cross-tolerance", rules.crossToleranceBasis, to: &candidate)
    }
    let reasons = riskReasons
    if !reasons.isEmpty {
      let factor = rules.riskReduction.factor
      result.add(rules.riskNotices[reasons.rawValue])
      apply(factor, "risk", rules.riskBasis, to: &candidate)
      acted(factor, on: .start)
    }
  }

  private mutating func apply(
    _ factor: Figure, _ name: String, _ basis: String, to candidate: inout StartCandidate
  ) {
    let (before, value) = (candidate.value, candidate.value * factor.value)
    step("reduction for \(name)", "\(shown(before)) x \(factor.value) = \(shown(value))", [factor])
    candidate = StartCandidate(value: value, basis: candidate.basis + basis)
  }

  /// Why this patient gets half; empty where nothing speaks for it.
  var riskReasons: RiskReasons {
    var reasons: RiskReasons = []
    if facts.frail == true { reasons.insert(.frail) }
    if let age = facts.ageYears, age >= rules.riskReduction.ageYears.value { reasons.insert(.age) }
    if facts.sleepApnea == true { reasons.insert(.sleepApnea) }
    if facts.cnsDepressants == true { reasons.insert(.depressants) }
    return reasons
  }

  /// The limit, what is close to it or above, and the lines on monitoring that belong to every first dose.
  mutating func finish(_ rule: IntrathecalRule) {
    if let limit = rule.limit {
      result.limit = DoseRate(limit.value, rule.unit)
      result.startUnit = rule.unit
      step("limit of the daily dose", "\(limit.value) \(limit.unit)", [limit])
      acted(limit, on: .limit)
      if let estimate = result.estimate {
        let near = limit.value * NearLimit.share
        if estimate > limit.value {
          result.add(.overLimit(estimate, limit))
        } else if estimate >= near {
          result.add(.nearLimit(estimate, limit))
        }
      }
    }
    for line in rule.monitoring { result.add(line) }
  }
}

/// A start under consideration, with what made it so low.
struct StartCandidate {
  let value: ExactNumber
  let basis: String
}

/// From which part of a limit on a dose is called near it: the project's own cut-off, which only adds a flag.
private enum NearLimit {
  static let share = ExactNumber(8, over: 10)
}
