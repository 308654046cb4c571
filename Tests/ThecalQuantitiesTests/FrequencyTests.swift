import Testing

@testable import ThecalQuantities

private func problem(_ text: String) -> Frequency.Problem? {
  do throws(Frequency.Problem) {
    _ = try Frequency(reading: text)
    return nil
  } catch {
    return error
  }
}

@Test(arguments: [
  "prn", "PRN", "q4h prn", "as needed", "As Needed", "every 6 hours as needed", "when needed",
])
func `what is taken as needed gives no daily amount, and the hint says what to enter`(text: String) {
  #expect(problem(text) == .asNeeded)
  #expect(problem(text)?.explanation.contains("what the patient really takes in a day") == true)
}

@Test(arguments: ["q4-6h", "4 to 6", "q4–6h", "1-2", "2 to 3 times daily"])
func `a range is refused with the reason`(text: String) {
  #expect(problem(text) == .range && problem(text)?.explanation.contains("is a range") == true)
}

@Test(arguments: [
  ("qd", "daily"), ("QD", "daily"), ("q.d.", "daily"), ("od", "daily"), ("qod", "q48h"), ("q.o.d.", "q48h"),
  ("hs", "nightly"), ("biw", "the interval in hours"), ("tiw", "the interval in hours"),
])
func `an abbreviation that is misread is refused with what to write`(text: String, instead: String) {
  #expect(
    problem(text) == .errorProne(instead: instead)
      && problem(text)?.explanation == "is easily misread; write \(instead)")
}

@Test func `nothing and nonsense are told apart`() {
  #expect(problem("") == .empty && problem("  ") == .empty && problem("sometimes") == .unknown)
  #expect(
    problem("")?.explanation.hasPrefix("is empty") == true
      && problem("sometimes")?.explanation.hasPrefix("is not known") == true)
}

@Test(
  arguments: [
    ("q1h", ExactNumber(24)), ("q24h", 1), ("q72 h", ExactNumber(1, over: 3)), ("every 12 hr", 2),
    ("every 4 hrs", 6), ("q1d", 1),
    ("q31d", ExactNumber(1, over: 31)), ("q744h", ExactNumber(1, over: 31)), ("every 2 days", 0.5),
    ("every day", 1), ("Twice daily", 2),
    ("three times daily", 3), ("qds", 4), ("tds", 3), ("bd", 2), ("nightly", 1), ("qam", 1), ("24", 24),
    ("1", 1), ("0.5", 0.5), ("b.i.d.", 2), ("0.04", 0.04),
  ] as [(String, ExactNumber)])
func `an interval or a number a day is read`(text: String, times: ExactNumber) throws {
  let frequency = try Frequency(reading: text)
  #expect(frequency.timesPerDay == times && frequency.interval == Time(24 / times, .hours))
}

@Test(arguments: [
  "24.1", "25", "q745h", "q32d", "q0d", "q-1h", "q6.5h", "every hours", "6h", "q6m", "0", "1,5", "0.03",
  "0.000000000000000000000000000001",
])
func `beyond a month, below an hour and anything else is refused`(text: String) {
  #expect(problem(text) != nil)
}
