import Testing
import ThecalPump
import ThecalQuantities

private func flex(
  _ steps: [(String, String)], days: [FlexProgram.Weekday] = FlexProgram.Weekday.allCases,
  otherwise: Flow? = nil
) throws -> FlexProgram {
  let all = try steps.map {
    FlexProgram.Step(start: try #require(FlexProgram.ClockTime(reading: $0.0)), flow: try q($0.1))
  }
  return FlexProgram(
    device: testPump(), concentration: (try q("10 mg/mL"), .milligrams), program: (all, []), days: days,
    otherwise: otherwise)
}

private let published = [
  ("00:00", "0.010 mL/h"), ("06:00", "0.030 mL/h"), ("10:00", "0.020 mL/h"), ("18:00", "0.015 mL/h"),
]

@Test func `four steps give the published day`() throws {
  let answer = try flex(published).answer
  #expect(answer.number("daily_mL") == 0.43)
  #expect(answer.number("daily") == 4.3)
  #expect(answer.number("weekly") == 30.1)
  #expect(answer.records("steps").compactMap { $0["dose"]?.number } == [0.6, 1.2, 1.6, 0.9])
  #expect(answer.status == .ok)
}

@Test func `steps may be given in any order and need not begin at midnight`() throws {
  let shifted = try flex([("22:00", "0.010 mL/h"), ("06:00", "0.030 mL/h")])
  #expect(shifted.dailyVolume == (try q("0.56 mL")))
  #expect(shifted.dayProgram.pumped(through: try q("24 h")) == shifted.dailyVolume)
}

@Test func `a week with other days counts both`() throws {
  let program = try flex(published, days: [.mon, .tue], otherwise: try q("0.24 mL/day"))
  #expect(program.answer.number("weekly") == 20.6)  // 2 x 4.3 + 5 x 2.4
  #expect(program.answer.number("min_day") == 2.4 && program.answer.number("max_day") == 4.3)
  let weekend = program.program(from: try day("2026-01-05"), days: 7)  // a Monday
  #expect(weekend.pumped(through: try q("7 day")) == program.weekly / program.concentration)
}

@Test func `nothing said about other days is said aloud`() throws {
  let answer = try flex(published, days: [.mon, .tue]).answer
  #expect(answer.number("weekly") == 8.6 && answer.codes == ["DAYS_NOT_COVERED"])
}

@Test func `the day of 23 hours loses the hour from two to three, the day of 25 gives it twice`() throws {
  let program = try flex([("00:00", "0.010 mL/h"), ("02:30", "0.030 mL/h")])
  #expect(program.changeHourVolume == (try q("0.02 mL")))
  let answer = program.answer
  let normal = try #require(answer.number("daily"))
  #expect(answer.number("day_of_23_h") == normal - 0.2 && answer.number("day_of_25_h") == normal + 0.2)
  // Counting hours: a constant flow gives 23 and 25 parts of 24.
  let constant = try flex([("00:00", "0.24 mL/day")]).answer
  #expect(constant.number("day_of_23_h") == 2.3 && constant.number("day_of_25_h") == 2.5)
}

@Test func `too many steps, a flow below the minimum and two steps at once are refused`() throws {
  let many = (0..<14).map { ("\($0 < 10 ? "0" : "")\($0):00", "0.010 mL/h") }
  #expect(try flex(many).answer.status == .blocked)
  #expect(try flex(many).answer.message.contains("13 steps"))
  #expect(try flex([("00:00", "0.001 mL/h")]).answer.codes.contains("FLOW_OUT_OF_RANGE"))
  #expect(try flex([("06:00", "0.01 mL/h"), ("06:00", "0.02 mL/h")]).answer.codes.contains("OVERLAP"))
}

private func boluses(lockout: String, maximum: Int, length: String = "2 min") throws -> PatientBolusPlan {
  let parts = [
    Admixture.Part(PumpDrug(named: "morphine"), try q("10 mg/mL"), unit: .milligrams),
    Admixture.Part(PumpDrug(named: "bupivacaine"), try q("20 mg/mL"), unit: .milligrams),
  ]
  return PatientBolusPlan(
    .init(
      device: testPump(), parts: parts, doses: (try q("4 mg/day"), try q("0.3 mg")), maximum: maximum,
      times: (try q(lockout), try q(length))))
}

@Test func `patient boluses as published`() throws {
  let answer = try boluses(lockout: "4 h", maximum: 4).answer
  #expect(answer.number("max_daily") == 5.2)
  #expect(answer.number("max_count") == 4)
  #expect(answer.number("bolus_mL") == 0.03)
  #expect(answer.number("rate_mL_per_h") == 0.9)
  #expect(answer.records("drugs").compactMap { $0["daily"]?.number } == [5.2, 10.4])
}

@Test
func `the lockout limits the number, and the worst 24 h hold one more where it does not divide the day`()
  throws
{
  let even = try boluses(lockout: "4 h", maximum: 20)
  #expect(even.count == 6 && even.worstCount == 6)
  let uneven = try boluses(lockout: "5 h", maximum: 20)
  #expect(uneven.count == 4 && uneven.worstCount == 5)
  #expect(uneven.answer.codes.contains("WORST_24_H"))
}

@Test func `a bolus is a whole number of strokes where the pump has strokes`() throws {
  let pump = try #require(PumpDevice(named: "Prometra II"))
  let part = Admixture.Part(PumpDrug(named: "morphine"), try q("10 mg/mL"), unit: .milligrams)
  func plan(_ bolus: String) throws -> PatientBolusPlan {
    PatientBolusPlan(
      .init(
        device: pump, parts: [part], doses: (try q("4 mg/day"), try q(bolus)), maximum: 2,
        times: (try q("4 h"), try q("5 min"))))
  }
  #expect(try plan("0.3 mg").strokes == 12)
  #expect(try plan("0.31 mg").answer.codes.contains("STROKE_ROUNDING"))
}

@Test func `a bolus that is too fast is refused with the time that it needs`() throws {
  let answer = try boluses(lockout: "4 h", maximum: 4, length: "1 min").answer
  #expect(answer.status == .blocked && answer.number("max_daily") == nil)
  #expect(answer.message.contains("1.84 min"))
}
