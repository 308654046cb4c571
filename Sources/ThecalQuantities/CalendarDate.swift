/// A civil day, without clock or time zone: a refill date does not move when the clocks do.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1 January 1970.
  public let dayNumber: Int

  /// The day that is `dayNumber` days after 1 January 1970.
  ///
  /// - Precondition: `dayNumber` lies within a million million of zero, and so does every day that is made
  ///   from it.
  public init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// Why a text is not taken as a date.
  public enum Problem: Error, Hashable, Sendable {
    /// Not of the form 2026-01-31.
    case malformed(hint: String)
    /// No such day.
    case impossible
    /// A year outside 1900 through 2200.
    case outOfRange

    /// What is wrong, as the end of a sentence that begins with the text.
    public var explanation: String {
      switch self {
      case .malformed(let hint): "is not a date of the form 2026-01-31\(hint)"
      case .impossible: "is a day that does not exist"
      case .outOfRange: "lies outside the years 1900 to 2200"
      }
    }
  }

  /// The day `year`-`month`-`day` of the Gregorian calendar; nil where it does not exist, or where the year has more than
  /// four digits.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9_999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.days(in: month, of: year)
    else {
      return nil
    }
    // Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that the leap day is last.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `2026-01-31` and nothing else: 01/02/2024 is two different days.
  public init(reading text: String) throws(Problem) {
    let text = text.trimmed
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { throw .malformed(hint: CalendarDate.readings(of: text)) }
    guard (1900...2200).contains(year) else { throw .outOfRange }
    guard let date = CalendarDate(year: year, month: month, day: day) else { throw .impossible }
    self = date
  }

  /// The days that a slashed or dotted date may mean.
  private static func readings(of text: String) -> String {
    let parts = text.split { $0 == "/" || $0 == "." }.compactMap { Int($0) }
    guard parts.count == 3, (1900...2200).contains(parts[2]) else { return "" }
    let found = [(parts[1], parts[0]), (parts[0], parts[1])].compactMap {
      CalendarDate(year: parts[2], month: $0.0, day: $0.1)?.text
    }
    return found.isEmpty ? "" : " (\(Set(found).sorted().joined(separator: " or "))?)"
  }

  /// Year, month and day of the Gregorian calendar.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The day as `2026-01-31`.
  public var text: String {
    let (year, month, day) = components
    func padded(_ n: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - "\(n)".count)) + "\(n)"
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// The day `days` later, or earlier where negative.
  public static func + (date: Self, days: Int) -> Self { Self(dayNumber: date.dayNumber + days) }

  /// The whole days from `b` to `a`.
  public static func - (a: Self, b: Self) -> Int { a.dayNumber - b.dayNumber }

  /// Whether `a` comes before `b`.
  public static func < (a: Self, b: Self) -> Bool { a.dayNumber < b.dayNumber }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
