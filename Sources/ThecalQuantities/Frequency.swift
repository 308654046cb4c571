/// How often a dose is taken.
public struct Frequency: Hashable, Sendable {
  /// Doses in a day; 1/7 for weekly.
  public let timesPerDay: ExactNumber

  /// `timesPerDay` doses in a day.
  ///
  /// - Precondition: `timesPerDay` is above zero.
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

  /// Reads `q6h`, `bid`, `tid`, `qid`, `daily`, `weekly`, `4x daily`, `every 8 hours`, or a number per day.
  public init(reading text: String, format: NumberFormat = NumberFormat()) throws(Problem) {
    switch Written(text, format: format) {
    case .blank: throw .empty
    case .regular(let frequency): self = frequency
    case .bare(let number):
      guard number <= 24 else { throw .unknown }
      self.init(timesPerDay: number)
    case .continuous: throw .unknown
    case .unreadable(let problem): throw problem
    }
  }

  /// What somebody has written about how often a dose is taken.
  public enum Written: Hashable, Sendable {
    /// Nothing.
    case blank
    /// An interval or a count in words.
    case regular(Frequency)
    /// A number and nothing else, at least once in 31 days: a count in a day, or hours whose `q` and `h` are lost.
    case bare(ExactNumber)
    /// Without a pause.
    case continuous
    /// Nothing that gives a daily amount.
    case unreadable(Problem)

    /// Reads `text`, with numbers in `format`.
    public init(_ text: String, format: NumberFormat = NumberFormat()) {
      let key = text.trimmed.lowercased()
      if key.isEmpty {
        self = .blank
      } else if let times = Frequency.words[key] ?? Frequency.timesADay(key) {
        self = .regular(Frequency(timesPerDay: times))
      } else if Frequency.continuous.contains(key) {
        self = .continuous
      } else if key.contains("prn") || key.contains("needed") {
        self = .unreadable(.asNeeded)
      } else if let number = try? NumberReader(format).read(key), number >= Frequency.rarest {
        self = .bare(number)
      } else if key.contains("-") || key.contains("–") || key.contains(" to ") {
        self = .unreadable(.range)
      } else if let instead = Frequency.errorProne[key] {
        self = .unreadable(.errorProne(instead: instead))
      } else if let interval = Frequency.everyInterval(key) {
        self = .regular(Frequency(timesPerDay: ExactNumber(24) / interval))
      } else {
        self = .unreadable(.unknown)
      }
    }
  }

  private static let words: [String: ExactNumber] = [
    "daily": 1, "once daily": 1, "qday": 1, "every day": 1, "bid": 2, "b.i.d.": 2, "bd": 2, "twice daily": 2,
    "tid": 3, "t.i.d.": 3, "tds": 3, "three times daily": 3, "qid": 4, "q.i.d.": 4, "qds": 4,
    "four times daily": 4, "weekly": ExactNumber(1, over: 7), "once weekly": ExactNumber(1, over: 7),
    "qam": 1, "qpm": 1, "nightly": 1, "qhs": 1, "at bedtime": 1, "every night": 1, "every morning": 1,
    "every evening": 1, "once": 1, "hourly": 24, "every hour": 24, "qh": 24,
    "every other day": ExactNumber(1, over: 2),
    "every week": ExactNumber(1, over: 7), "once a week": ExactNumber(1, over: 7),
  ]

  /// Once in 31 days, the longest interval that is read in words.
  private static let rarest = ExactNumber(1, over: 31)

  private static let continuous: Set<String> = ["continuous", "continuously", "continuous infusion", "cont"]

  private static let errorProne = [
    "qd": "daily", "q.d.": "daily", "od": "daily", "qod": "q48h", "q.o.d.": "q48h", "hs": "nightly",
    "biw": "the interval in hours", "tiw": "the interval in hours",
  ]

  /// Counts in words.
  private static let counts = [
    "once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
  ]

  /// Doses in a day for `4x daily`, `4 times a day`, `twice a day`, `4/day`; nil for anything else.
  private static func timesADay(_ key: String) -> ExactNumber? {
    let squeezed = key.filter { $0 != " " }
    let word = counts.keys.first { squeezed.hasPrefix($0) }
    let digits = squeezed.prefix { $0.isASCIIDigit }
    guard let count = word.flatMap({ counts[$0] }) ?? Int(digits), (1...24).contains(count) else {
      return nil
    }
    var rest = squeezed.dropFirst(word?.count ?? digits.count)
    let isAdverb = ["once", "twice", "thrice"].contains(word)
    let multiplier = ["times", "time", "x", "×"].first { rest.hasPrefix($0) }
    if let multiplier { rest = rest.dropFirst(multiplier.count) }
    let perDay: Set<Substring> = ["/day", "/d", "perday"]
    let inWords: Set<Substring> = ["daily", "day", "aday", "/day", "/d", "perday", "eachday", "everyday"]
    return (isAdverb || multiplier != nil ? inWords : perDay).contains(rest) ? ExactNumber(count) : nil
  }

  private static let numerals = [
    "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "twelve": 12, "twentyfour": 24,
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
    let word = numerals.keys.first { rest.hasPrefix($0) }
    let digits = rest.prefix { $0.isASCIIDigit }
    guard let count = word.flatMap({ numerals[$0] }) ?? Int(digits), count > 0, count <= 744 else {
      return nil
    }
    switch rest.dropFirst(word?.count ?? digits.count) {
    case "h", "hr", "hrs", "hour", "hours": return ExactNumber(count)
    case "d", "day", "days": return count <= 31 ? ExactNumber(24 * count) : nil
    default: return nil
    }
  }
}
