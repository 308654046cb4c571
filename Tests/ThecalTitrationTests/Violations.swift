import ThecalQuantities

@testable import ThecalTitration

/// The rules of a titration, read off its doses once more: an oracle for every way that a schedule is made.
extension TitrationLimits {
  /// The rules that `doses`, one per day, break; empty where none.
  func violations(of doses: [DoseRate]) -> [Violation] {
    var found: [Violation] = []
    var rises: [Int] = []
    for (index, dose) in doses.enumerated() {
      let day = index + 1
      if dose > most(on: day) { found.append(Violation(day: day, rule: .highest)) }
      if dose < lowest { found.append(Violation(day: day, rule: .lowest)) }
      if deliverable(dose) != dose { found.append(Violation(day: day, rule: .resolution)) }
      guard index > 0 else {
        if dose > first { found.append(Violation(day: day, rule: .first)) }
        continue
      }
      let before = doses[index - 1]
      if dose > before {
        if !mayRise(on: day, after: rises) { found.append(Violation(day: day, rule: .interval)) }
        if dose > next(after: before) { found.append(Violation(day: day, rule: .step)) }
        rises.append(day)
      }
      if let largestDrop, dose < (1 - largestDrop) * before {
        found.append(Violation(day: day, rule: .drop))
      }
    }
    return found
  }

  /// A rule that a schedule breaks.
  struct Violation: Hashable, Sendable {
    /// The rules, by what they limit.
    enum Rule: String, Hashable, Sendable {
      case first, highest, lowest, step, interval, drop, resolution
    }

    /// The day.
    let day: Int
    /// The rule.
    let rule: Rule
  }
}
