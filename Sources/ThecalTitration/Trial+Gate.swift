import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse

extension Trial {
  /// What is left of a trial where its doses must not be shown.
  package var withoutDoses: Trial {
    var trial = self
    (trial.doses, trial.hours, trial.outcomes) = ([], [], [])
    (trial.middle, trial.feltAtNextStep) = (nil, nil)
    return trial
  }

  func share(_ holds: (TrialCourse.Outcome) -> Bool) -> PopulationShare {
    PopulationShare(outcomes.count(where: holds), of: outcomes.count).moved(
      by: responding.low, responding.high)
  }

  /// Holds what is predicted against what was counted: trials seen, injections of as much, and none for infusions.
  mutating func gate(_ formulary: Formulary) {
    guard !outcomes.isEmpty else { return }
    let success = Double(outcomes.count(where: \.isSuccess)) / Double(outcomes.count)
    var against = seen.filter { contradicts(success, IncidenceCount.interval(of: $0.events, n: $0.of)) }
      .map { "\($0.events)/\($0.of) (\($0.citation.source))" }
    if let largest = doses.max(), settings.method != .continuous {
      let gate = ModelGate("inadequate_relief", of: drug.id, in: formulary)
      if case .contradicted(let rows) = gate.verdict(1 - success, .single(largest), nil) {
        let matching = rows.filter { row in
          row.interval.map { contradicts(success, 1 - $0.upperBound...1 - $0.lowerBound) } ?? false
        }
        against += matching.map { "\(($0.n ?? 0) - ($0.events ?? 0))/\($0.n ?? 0) (\($0.citation.source))" }
      }
    }
    if !against.isEmpty {
      allowsSuccess = false
      let percent = ExactNumber(success * 100).rounded(toSignificantDigits: 2)
      findings.add(
        .modelContradicted, .review, .trialContradicted, [.number(percent), .list(against.map { .text($0) })])
    }
    gateRisk(formulary)
    hours = hours.map { $0.keeping(effect: allowsSuccess, risk: allowsToxic) }
  }

  /// Whether counts with this interval of successes stand against a share. They were counted by the usual criterion: where more is
  /// asked for, fewer may succeed than they say, and where less is, more.
  private func contradicts(_ success: Double, _ counted: ClosedRange<Double>) -> Bool {
    if counted.contains(success) { return false }
    return success > counted.upperBound ? criterion >= usualCriterion : criterion <= usualCriterion
  }

  /// The model of breathing knows injections into people without tolerance.
  private mutating func gateRisk(_ formulary: Formulary) {
    guard let feared, feared.fit != nil else { return }
    guard !isTolerant, settings.method != .continuous, let largest = doses.max() else {
      allowsToxic = false
      return
    }
    let share = Double(outcomes.count(where: \.isToxic)) / Double(outcomes.count)
    let gate = ModelGate("respiratory_depression", of: drug.id, in: formulary)
    if case .contradicted(let rows) = gate.verdict(share, .single(largest), .naive) {
      allowsToxic = false
      let counts = rows.map { Evidence.text($0.standing) }
      findings.add(.modelContradicted, .review, .predictionContradicted, [.text("risk"), .list(counts)])
    }
  }
}

extension Trial.Hour {
  /// The hour without what counts contradict.
  fileprivate func keeping(effect isShown: Bool, risk isAllowed: Bool) -> Trial.Hour {
    Trial.Hour(
      hour: hour, bolus: bolus, rate: rate, given: given, level: level, effect: isShown ? effect : nil,
      risk: isAllowed ? risk : nil)
  }
}
