package import ThecalFormulary
import ThecalQuantities

/// More drug in the hours of more pain, the daily total unchanged: steps to talk about, never an order.
package struct FlexSuggestion: Sendable {
  /// A rate from an hour on.
  package struct Step: Hashable, Sendable {
    /// The hour of the day at which it begins.
    package let hour: Int
    /// The rate as a percentage of the present mean rate.
    package let percent: Double
  }

  /// The hours of more pain, as a person says them: `22:00 to 06:00`.
  package let periods: [String]
  /// Whether most of these hours lie between 22:00 and 06:00.
  package let isByNight: Bool
  /// The steps of a day, in order of the clock.
  package let steps: [Step]

  /// The suggestion that `rhythm` supports; nil where it supports none.
  package init?(_ rhythm: HourlyRhythm, rules: DiaryRules) {
    guard Double(rhythm.days) >= rules.minDays.value.double else { return nil }
    let marks = Self.marks(rhythm, rules: rules)
    let high = (0..<24).filter { marks[$0] > 0 }
    let low = (0..<24).filter { marks[$0] < 0 }
    guard !high.isEmpty, high.count < 24 else { return nil }
    let givers = low.isEmpty ? (0..<24).filter { marks[$0] <= 0 } : low
    let (wanted, most) = (rules.flexStep.value.double, rules.flexDecreaseMax.value.double)
    let share = Double(high.count) / Double(givers.count)
    let more = min(wanted, most / share)
    let percents = (0..<24).map { hour in
      high.contains(hour) ? 100 + more : givers.contains(hour) ? 100 - more * share : 100
    }
    steps = (0..<24).filter { $0 == 0 || percents[$0] != percents[$0 - 1] }.map {
      Step(hour: $0, percent: percents[$0])
    }
    periods = Self.periods(Set(high))
    isByNight = high.count { $0 >= nightBegins || $0 < nightEnds } * 2 > high.count
  }

  /// +1 for an hour of more pain, −1 for one of less, 0 where nothing is known. An hour without enough ratings
  /// takes the mark of the nearest hour that has them, within reach; of two as near, the earlier one.
  private static func marks(_ rhythm: HourlyRhythm, rules: DiaryRules) -> [Int] {
    let threshold = rules.hourThreshold.value.double
    var known: [Int: Int] = [:]
    for hour in rhythm.hours {
      guard let deviation = hour.deviation, Double(deviation.count) >= rules.minRatings.value.double,
        let low = deviation.low, let high = deviation.high
      else { continue }
      known[hour.hour] =
        deviation.value >= threshold && low > 0 ? 1 : deviation.value <= -threshold && high < 0 ? -1 : 0
    }
    let reach = Int(rules.reachHours.value.double)
    return (0..<24).map { hour in
      for distance in 0...reach {
        for neighbor in [hour - distance, hour + distance] {
          if let mark = known[(neighbor + 24) % 24] { return mark }
        }
      }
      return 0
    }
  }

  /// An hour as a clock shows it.
  package static func clock(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }

  private static func periods(_ hours: Set<Int>) -> [String] {
    let begins = hours.filter { !hours.contains(($0 + 23) % 24) }.sorted()
    return begins.map { begin in
      var end = begin
      while hours.contains(end % 24) { end += 1 }
      return "\(clock(begin)) to \(clock(end % 24))"
    }
  }
}

/// When a night begins and ends, for the word alone.
private let (nightBegins, nightEnds) = (22, 6)
