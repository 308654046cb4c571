public import ThecalQuantities

/// A single slip of the pen that turns an ordinary figure into the odd one that was written.
public enum Slip: String, CaseIterable, Hashable, Sendable {
  /// mg written for mcg.
  case milligramsForMicrograms
  /// mcg written for mg.
  case microgramsForMilligrams
  /// g written for mcg.
  case gramsForMicrograms
  /// A decimal point lost, or a zero too many.
  case tenfold
  /// A zero lost, or a point too many.
  case tenth
  /// A rate per hour written for one per day.
  case perHourForPerDay
  /// A rate per day written for one per hour.
  case perDayForPerHour
  /// The amount of a day written as a single dose.
  case dailyAsSingle
  /// An interval in hours written as a number of doses, or the reverse.
  case intervalAsCount
  /// A digit lost from an interval, or one too many.
  case digitOfInterval
  /// A litre for a millilitre, a metre for a centimetre: a unit a thousand or a hundred times too large.
  case unitOfSize
}

/// The range of a figure that is ordinary, and the wider one that is possible at all.
///
/// Source: the formulary's windows, this project's own and derived from published ranges.
public struct PlausibleWindow: Hashable, Sendable {
  /// Less than this cannot be meant.
  public let impossibleBelow: ExactNumber
  /// Less than this is odd.
  public let oddBelow: ExactNumber
  /// More than this is odd.
  public let oddAbove: ExactNumber
  /// More than this cannot be meant.
  public let impossibleAbove: ExactNumber
  /// The unit of all four.
  public let unit: String

  /// Whether `value` is ordinary; the borders are.
  public func isOrdinary(_ value: ExactNumber) -> Bool { value >= oddBelow && value <= oddAbove }

  /// Whether `value` can be meant at all; the borders can.
  public func isPossible(_ value: ExactNumber) -> Bool {
    value >= impossibleBelow && value <= impossibleAbove
  }

  /// The same window with its ordinary part ending at `limit` where that is lower.
  func limited(to limit: ExactNumber?) -> PlausibleWindow {
    guard let limit, limit < oddAbove else { return self }
    return PlausibleWindow(
      impossibleBelow: impossibleBelow, oddBelow: min(oddBelow, limit), oddAbove: limit,
      impossibleAbove: max(impossibleAbove, limit), unit: unit)
  }
}

extension PlausibleWindow {
  /// The slips that would bring `value` back into the ordinary part, with the value each gives.
  ///
  /// - Parameters:
  ///   - isRate: Whether it was written per time, so that hour and day can be confused.
  ///   - timesPerDay: Where it was written as single doses, how many a day.
  public func slips(explaining value: ExactNumber, isRate: Bool, timesPerDay: ExactNumber? = nil) -> [(
    slip: Slip, meant: ExactNumber
  )] {
    var candidates: [(slip: Slip, meant: ExactNumber)] = [
      (.milligramsForMicrograms, value / 1_000), (.microgramsForMilligrams, value * 1_000),
      (.gramsForMicrograms, value / 1_000_000),
      (.tenfold, value / 10), (.tenth, value * 10),
    ]
    if isRate {
      candidates += [(.perHourForPerDay, value / 24), (.perDayForPerHour, value * 24)]
    } else if let timesPerDay, timesPerDay > .zero {
      candidates.append((.dailyAsSingle, value / timesPerDay))
    }
    return candidates.filter { isOrdinary($0.meant) && $0.meant != value }
  }
}
