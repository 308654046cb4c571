public import ThecalQuantities

extension FlexProgram {
  /// A time on the pump's clock, in whole minutes from midnight.
  public struct ClockTime: Hashable, Comparable, Sendable {
    /// Minutes from midnight, 0 through 1,439.
    public let minutes: Int

    /// The time `minutes` after midnight; nil outside a day.
    public init?(minutes: Int) {
      guard (0..<1_440).contains(minutes) else { return nil }
      self.minutes = minutes
    }

    /// Reads `06:00` and nothing else.
    public init?(reading text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2,
        parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { ("0"..."9").contains($0) } }),
        let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
      else { return nil }
      minutes = 60 * hour + minute
    }

    /// The time as `06:00`.
    public var text: String {
      let (hour, minute) = (minutes / 60, minutes % 60)
      return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// The span since midnight.
    public var time: Time { Time(ExactNumber(minutes), .minutes) }

    /// Whether `a` comes before `b` in the day.
    public static func < (a: Self, b: Self) -> Bool { a.minutes < b.minutes }
  }
}

extension FlexProgram {
  /// A day of the week.
  public enum Weekday: String, Sendable, CaseIterable {
    /// Monday through Sunday.
    case mon, tue, wed, thu, fri, sat, sun

    /// The day of the week of `date`; 1 January 1970 was a Thursday.
    public init(of date: CalendarDate) {
      let index = ((date.dayNumber + 3) % 7 + 7) % 7
      self = FlexProgram.Weekday.allCases[index]
    }
  }
}
