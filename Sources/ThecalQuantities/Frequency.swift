/// How often a dose is taken.
public struct Frequency: Hashable, Sendable {
  /// Doses in a day; 1/7 for weekly.
  public let timesPerDay: ExactNumber

  /// `timesPerDay` doses in a day.
  public init(timesPerDay: ExactNumber) {
    precondition(timesPerDay > .zero)
    self.timesPerDay = timesPerDay
  }

  /// The time from one dose to the next.
  public var interval: Time { Time(ExactNumber.one / timesPerDay, .days) }

  /// Why a text is not taken as a frequency.
  public enum Problem: Error, Hashable, Sendable {
    /// Nothing was written.
    case empty
    /// Taken as needed: the daily amount is unknown.
    case asNeeded
    /// A range such as q4-6h.
    case range
    /// An abbreviation with two meanings.
    case errorProne(instead: String)
    /// Not known.
    case unknown

    /// What to write instead, as the end of a sentence that begins with the text.
    public var explanation: String {
      switch self {
      case .empty: "is empty; write q6h, bid, tid, qid, daily, weekly or a number per day"
      case .asNeeded: "gives no daily amount; enter what the patient really takes in a day"
      case .range: "is a range; enter the interval that the patient really keeps"
      case .errorProne(let instead): "is easily misread; write \(instead)"
      case .unknown: "is not known; write q6h, bid, tid, qid, daily, weekly or a number per day"
      }
    }
  }

  /// Reads `q6h`, `bid`, `tid`, `qid`, `daily`, `weekly`, or a number per day.
  public init(reading text: String) throws(Problem) {
    let key = text.trimmed.lowercased()
    if key.isEmpty { throw .empty }
    if let times = Frequency.words[key] {
      self.init(timesPerDay: times)
    } else if key.contains("prn") || key.contains("needed") {
      throw .asNeeded
    } else if key.contains("-") || key.contains("–") || key.contains(" to ") {
      throw .range
    } else if let instead = Frequency.errorProne[key] {
      throw .errorProne(instead: instead)
    } else if let interval = Frequency.everyInterval(key) {
      self.init(timesPerDay: ExactNumber(24) / interval)
    } else if let number = try? NumberReader().read(key), number > .zero, number <= 24 {
      self.init(timesPerDay: number)
    } else {
      throw .unknown
    }
  }

  private static let words: [String: ExactNumber] = [
    "daily": 1, "once daily": 1, "qday": 1, "every day": 1, "bid": 2, "b.i.d.": 2, "bd": 2, "twice daily": 2,
    "tid": 3, "t.i.d.": 3, "tds": 3, "three times daily": 3, "qid": 4, "q.i.d.": 4, "qds": 4,
    "four times daily": 4, "weekly": ExactNumber(1, over: 7), "once weekly": ExactNumber(1, over: 7),
    "qam": 1, "qpm": 1, "nightly": 1,
  ]

  private static let errorProne = [
    "qd": "daily", "q.d.": "daily", "od": "daily", "qod": "q48h", "q.o.d.": "q48h", "qhs": "nightly",
    "hs": "nightly", "biw": "the interval in hours", "tiw": "the interval in hours",
  ]

  /// Hours between doses for `q6h`, `q 6 h`, `q2d`, `every 8 hours`: whole numbers only.
  private static func everyInterval(_ key: String) -> ExactNumber? {
    var rest = key.filter { $0 != " " }[...]
    if rest.hasPrefix("every") {
      rest = rest.dropFirst(5)
    } else if rest.hasPrefix("q") {
      rest = rest.dropFirst()
    } else {
      return nil
    }
    let digits = rest.prefix { $0.isASCIIDigit }
    guard let count = Int(digits), count > 0, count <= 744 else { return nil }
    switch rest.dropFirst(digits.count) {
    case "h", "hr", "hrs", "hour", "hours": return ExactNumber(count)
    case "d", "day", "days": return count <= 31 ? ExactNumber(24 * count) : nil
    default: return nil
    }
  }
}
