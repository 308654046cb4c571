package import ThecalQuantities

/// What one unit of daily dose does to the level at a site: the level at the end of day *k* + 1 of an infusion
/// that began on day 1 and is held.
///
/// By linearity and time invariance, every schedule's levels follow: the change of dose on a day times the
/// response since.
package struct LevelResponse: Hashable, Sendable {
  /// Per day, the level at its end, ng/mL per µg/h; it settles at the last.
  package let steps: [Double]

  /// A response that settles.
  package init(steps: [Double]) {
    precondition(!steps.isEmpty)
    self.steps = steps
  }

  /// The level at which a unit settles.
  package var gain: Double { steps[steps.count - 1] }

  /// The dose that holds `level`, ng/mL; 10¹² µg/h where it would take more, as where nothing arrives.
  package func dose(for level: Double) -> DoseRate {
    DoseRate(base: gain > 0 ? min(Self.mostDose, level / gain) : Self.mostDose)
  }

  /// A tonne an hour, µg/h: far beyond every limit, and still a number that can be written.
  package static let mostDose = 1e12

  /// The level at the end of a day after `days` days of a unit.
  package func after(_ days: Int) -> Double { days <= 0 ? 0 : steps[min(days, steps.count) - 1] }

  /// The level at the end of each day for `doses` (µg/h), one per day.
  package func levels(_ doses: [Double]) -> [Double] {
    var levels = Array(repeating: 0.0, count: doses.count)
    var before = 0.0
    for (start, dose) in doses.enumerated() {
      let change = dose - before
      before = dose
      guard change != 0 else { continue }
      for day in start..<doses.count { levels[day] += change * after(day - start + 1) }
    }
    return levels
  }
}
