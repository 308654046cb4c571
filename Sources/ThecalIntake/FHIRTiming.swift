import ThecalQuantities

/// What `timing` of a FHIR dosage says about how often.
struct FHIRTiming {
  private(set) var times: ClosedRange<ExactNumber>?
  /// Hours from one dose to the next, where a period is all that is given.
  private(set) var interval: ExactNumber?
  private(set) var reasons: Set<SigReading.Reason> = []
  private(set) var notes: Set<SigReading.Note> = []
  /// The day on which the order ends.
  private(set) var end: CalendarDate?

  init(_ timing: JSONTree?, _ sigs: inout SigReader) {
    guard let timing else { return }
    if let plan = timing["repeat"] { readRepeat(plan) }
    guard let code = timing["code"] else { return }
    let text = code["coding"]?.elements.compactMap { $0["code"]?.string }.first ?? code["text"]?.string
    guard let text else { return }
    let coded = sigs.read("1 \(Self.spelled(text))")
    reasons.formUnion(coded.reasons.subtracting([.noFrequency]))
    guard let other = coded.parts.first?.times else {
      if times == nil { reasons.insert(.unclearWords) }
      return
    }
    if let times, times != other { reasons.insert(.contradiction) }
    times = times ?? other
  }

  /// The codes of the specification that are no words of directions.
  private static func spelled(_ code: String) -> String {
    [
      "BED": "qhs", "WK": "weekly", "MO": "monthly", "AM": "qam", "PM": "qpm", "QD": "daily",
      "QOD": "every other day",
    ][code] ?? code
  }

  private mutating func readRepeat(_ plan: JSONTree) {
    readBounds(plan)
    for key in ["frequencyMax", "periodMax", "countMax", "durationMax"] where plan[key] != nil {
      reasons.insert(.range)
    }
    if plan["dayOfWeek"] != nil { reasons.insert(.notEveryDay) }
    if plan["count"] != nil { reasons.insert(.once) }
    let clock = plan["timeOfDay"]?.elements.count ?? 0
    let events = events(plan["when"]?.elements.compactMap(\.string) ?? [])
    let listed = ExactNumber(clock) + events
    let stated = frequency(plan)
    if listed > .zero {
      times = listed...listed
      if let stated, stated != listed...listed {
        reasons.insert(.contradiction);
        times = min(listed, stated.lowerBound)...max(listed, stated.upperBound)
      }
    } else {
      times = stated
    }
    if plan["dayOfWeek"] != nil {
      times = times.map { min(1, $0.lowerBound)...max(1, $0.upperBound) } ?? 1...1
    }
  }

  private mutating func frequency(_ plan: JSONTree) -> ClosedRange<ExactNumber>? {
    guard let period = plan["period"]?.digits.flatMap(number), period > .zero,
      let hours = hours(plan["periodUnit"]?.string)
    else {
      if plan["frequency"] != nil { reasons.insert(.noFrequency) }
      return nil
    }
    guard let frequency = plan["frequency"]?.digits.flatMap(number), frequency > .zero else {
      // "every 2 days" without a frequency: most who write it mean one, and nobody says so.
      if plan["timeOfDay"] == nil && plan["when"] == nil { reasons.insert(.noFrequency) }
      return nil
    }
    let most = plan["frequencyMax"]?.digits.flatMap(number) ?? frequency
    let longest = max(plan["periodMax"]?.digits.flatMap(number) ?? period, period)
    if frequency == 1 && most == 1 { interval = period * hours }
    let low = 24 * frequency / (longest * hours)
    let high = 24 * max(most, frequency) / (period * hours)
    if high < 1 { reasons.insert(.notEveryDay) }
    return min(low, high)...high
  }

  private func hours(_ unit: String?) -> ExactNumber? {
    switch unit {
    case "s": ExactNumber(1, over: 3_600)
    case "min": ExactNumber(1, over: 60)
    case "h": 1
    case "d": 24
    case "wk": 168
    case "mo": 672  // the shortest month, which allows the most
    case "a": 8_760
    default: nil
    }
  }

  private mutating func events(_ when: [String]) -> ExactNumber {
    var sum = ExactNumber.zero
    for event in when {
      switch event {
      case "C", "AC", "PC":
        sum = sum + 3
        notes.insert(.meals)
      case "MORN", "MORN.early", "MORN.late", "NOON", "AFT", "AFT.early", "AFT.late", "EVE", "EVE.early",
        "EVE.late",
        "NIGHT", "PHS", "HS", "WAKE", "CM", "CD", "CV", "ACM", "ACD", "ACV", "PCM", "PCD", "PCV":
        sum = sum + 1
      default: reasons.insert(.unclearWords)
      }
    }
    return sum
  }

  private mutating func readBounds(_ plan: JSONTree) {
    if plan["boundsRange"] != nil { reasons.insert(.range) }
    if plan["boundsDuration"] != nil { notes.insert(.bounded) }
    guard let period = plan["boundsPeriod"] else { return }
    notes.insert(.bounded)
    end = period["end"]?.string.flatMap { WrittenDate($0)?.latest }
  }
}

/// The number that JSON digits are; nil for one with an exponent or too long to be a dose.
func number(_ digits: String) -> ExactNumber? { try? NumberReader().read(digits) }
