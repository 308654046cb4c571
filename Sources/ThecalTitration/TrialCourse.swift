/// One person's trial, row by row, and how it went.
package struct TrialCourse: Sendable {
  /// Drug given through each row, µg.
  package let given: [Double]
  /// The rate at each row, µg/h; zero for injections.
  package let rate: [Double]
  /// The level at the target, ng/mL.
  package let level: [Double]
  /// The effect: relief, 0 … 1, or points on Ashworth's scale.
  package let effect: [Double]
  /// Whether breathing is depressed to the degree that counts as toxic; all false where no model is on record.
  package let isToxic: [Bool]
  /// How it went.
  package let outcome: Outcome

  /// How a trial went for one person.
  package struct Outcome: Hashable, Sendable {
    /// Whether the effect was reached.
    package var isSuccess = false
    /// Whether it then lasted.
    package var isSustained = false
    /// The dose that did it, or the last: µg of an injection, µg/h of an infusion.
    package var dose = 0.0
    /// Hours from that injection, or from the start of the infusion, until the effect was found; nil without success.
    package var reachedAt: Double?
    /// Hours from that injection, or from the last step, until the effect was greatest.
    package var peakAt = 0.0
    /// Hours with the effect, after that injection or after the last step.
    package var hoursAbove = 0.0
    /// The effect when the trial was stopped.
    package var effectThen = 0.0
    /// The greatest effect that the same dose still brings.
    package var effectToCome = 0.0
    /// Why an infusion was not raised further without success: `ceiling` or `total`.
    package var heldBy: String?
    /// Whether breathing was depressed at any time.
    package var isToxic = false
  }
}

/// An infusion trial: in which steps, and how far.
struct TrialLadder: Hashable, Sendable {
  /// The first rate, and each increase, µg/h.
  let step: Double
  /// Rows from one step to the next.
  let rowsPerStep: Int
  /// The highest rate, µg/h.
  let ceiling: Double
  /// The most in 24 h, µg.
  let total: Double

  /// The rate after a step.
  func next(after rate: Double) -> Double { rate + step }

  /// What forbids a step: the ceiling, or the total if the new rate were held until hour 24.
  func obstacle(after rate: Double, given: Double, hour: Double) -> String? {
    let new = next(after: rate)
    if new > ceiling * (1 + Self.slack) { return "ceiling" }
    if hour < 24, given + new * (24 - hour) > total * (1 + Self.slack) { return "total" }
    return nil
  }

  /// A limit that is missed by rounding error is kept.
  private static let slack = 1e-12
}
