package import ThecalDosing
package import ThecalQuantities

/// The rules of label and consensus for one patient, which no schedule may break.
///
/// Days are counted from 1; the dose of a day holds from its start to its end.
package struct TitrationLimits: Hashable, Sendable {
  /// The unit in which the drug is spoken of.
  package var unit: DoseUnit
  /// The most on day 1.
  package var first: DoseRate
  /// The most on any day.
  package var highest: DoseRate
  /// The least that the pump can give; zero where that is not known.
  package var lowest = DoseRate.zero
  /// The largest increase.
  package var step: ChangeRules.Step
  /// Days from one increase to the next, at least.
  package var interval: Int
  /// Increases in any seven days, at most.
  package var perWeek: Int?
  /// The largest decrease from one day to the next, as a share; nil where any is allowed.
  package var largestDrop: ExactNumber?
  /// The first day on which `highest` may be given.
  package var highestNotBefore = 1
  /// The dose of one stroke per day, where the pump delivers in strokes.
  package var stroke: DoseRate?

  /// The least that the pump can give in a day and is not nothing: its slowest flow, or one stroke.
  package var least: DoseRate { max(lowest, stroke ?? .zero) }

  /// `dose` as the pump can deliver it: rounded down, to whole strokes a day or to three significant digits.
  package func deliverable(_ dose: DoseRate) -> DoseRate {
    if let stroke { return ExactNumber((dose / stroke).floor) * stroke }
    return unit.rate(unit.perDay(dose).roundedDown(toSignificantDigits: Self.digits))
  }

  private static let digits = 3

  /// The largest dose that may follow `dose`.
  package func next(after dose: DoseRate) -> DoseRate {
    switch step {
    case .share(let share): (1 + share) * dose
    case .amount(let amount): dose + amount
    }
  }

  /// The most on `day`.
  package func most(on day: Int) -> DoseRate {
    guard day < highestNotBefore else { return highest }
    switch step {
    case .amount(let amount): return max(highest - amount, first)
    case .share: return highest
    }
  }

  /// Whether the dose may rise on `day` after it rose on the days `rises`.
  package func mayRise(on day: Int, after rises: [Int]) -> Bool {
    guard day - (rises.last ?? 1) >= interval else { return false }
    guard let perWeek else { return true }
    return rises.count { $0 > day - 7 } < perWeek
  }

  /// The days up to `last` on which the dose may rise if it rises whenever it may.
  package func riseDays(through last: Int) -> [Int] {
    var days: [Int] = []
    for day in 2...max(2, last) where day <= last && mayRise(on: day, after: days) { days.append(day) }
    return days
  }
}
