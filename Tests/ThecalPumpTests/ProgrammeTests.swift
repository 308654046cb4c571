import Testing
import ThecalDosing
import ThecalPump
import ThecalQuantities

private func flex(
  _ steps: [(String, String)], days: [FlexProgram.Weekday] = FlexProgram.Weekday.allCases,
  otherwise: Flow? = nil, drug: String? = nil
) throws -> FlexProgram {
  let all = try steps.map {
    FlexProgram.Step(start: try #require(FlexProgram.ClockTime(reading: $0.0)), flow: try q($0.1))
  }
  return FlexProgram(
    device: testPump(), concentration: (try q("10 mg/mL"), .milligrams), program: (all, []), days: days,
    otherwise: otherwise, drug: drug.map { PumpDrug(named: $0) })
}

private let published = [
  ("00:00", "0.010 mL/h"), ("06:00", "0.030 mL/h"), ("10:00", "0.020 mL/h"), ("18:00", "0.015 mL/h"),
]

@Test func `four steps give the published day`() throws {
  let program = try flex(published)
  #expect(try program.dailyVolume == (try q("0.43 mL")) && program.daily == (try q("4.3 mg")))
  #expect(program.weekly == (try q("30.1 mg")))
  let doses = program.steps.indices.map {
    program.concentration * (program.steps[$0].flow * program.length(of: $0))
  }
  #expect(doses.map { $0.exactValue(in: .milligrams) } == [0.6, 1.2, 1.6, 0.9])
  #expect(program.outcome.status == .ok && program.steps.indices.allSatisfy { program.status(of: $0) == .ok })
}

@Test func `steps may be given in any order and need not begin at midnight`() throws {
  let shifted = try flex([("22:00", "0.010 mL/h"), ("06:00", "0.030 mL/h")])
  #expect(shifted.dailyVolume == (try q("0.56 mL")))
  #expect(shifted.dayProgram.pumped(through: try q("24 h")) == shifted.dailyVolume)
}

@Test func `a week with other days counts both`() throws {
  let program = try flex(published, days: [.mon, .tue], otherwise: try q("0.24 mL/day"))
  #expect(program.weekly == (try q("20.6 mg")))  // 2 x 4.3 + 5 x 2.4
  let weekend = program.program(from: try day("2026-01-05"), days: 7)  // a Monday
  #expect(weekend.pumped(through: try q("7 day")) == program.weekly / program.concentration)
}

@Test func `nothing said about other days is said aloud`() throws {
  let program = try flex(published, days: [.mon, .tue])
  #expect(program.weekly == (try q("8.6 mg")) && program.outcome.codes == [.daysNotCovered])
}

@Test func `the day of 23 hours loses the hour from two to three, the day of 25 gives it twice`() throws {
  let program = try flex([("00:00", "0.010 mL/h"), ("02:30", "0.030 mL/h")])
  #expect(program.changeHourVolume == (try q("0.02 mL")))
  // Counting hours: a constant flow gives 23 and 25 parts of 24.
  let constant = try flex([("00:00", "0.24 mL/day")])
  #expect(try constant.changeHourVolume == (try q("0.01 mL")) && constant.dailyVolume == (try q("0.24 mL")))
}

@Test func `too many steps, a flow below the minimum and two steps at once are refused`() throws {
  let many = (0..<14).map { ("\($0 < 10 ? "0" : "")\($0):00", "0.010 mL/h") }
  #expect(try flex(many).outcome.status == .blocked)
  #expect(try flex(many).outcome.alternative?.evidence == [.number(13)])
  #expect(try flex(Array(many.dropLast())).outcome.status == .ok)
  #expect(try flex([("00:00", "0.001 mL/h")]).outcome.codes.contains(.flowOutOfRange))
  #expect(try flex([("00:00", "0.048 mL/day")]).outcome.status == .ok)
  #expect(try flex([("06:00", "0.01 mL/h"), ("06:00", "0.02 mL/h")]).outcome.codes.contains(.overlap))
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
  let plan = try boluses(lockout: "4 h", maximum: 4)
  #expect(plan.maximumDaily == (try q("5.2 mg/day")) && plan.count == 4)
  #expect(try plan.volume == (try q("0.03 mL")) && plan.rate == (try q("0.9 mL/h")))
  #expect(plan.shares.map { DoseUnit.milligrams.perDay($0.daily) } == [5.2, 10.4])
}

@Test
func `the lockout limits the number, and the worst 24 h hold one more where it does not divide the day`()
  throws
{
  let even = try boluses(lockout: "4 h", maximum: 20)
  #expect(even.count == 6 && even.worstCount == 6)
  let uneven = try boluses(lockout: "5 h", maximum: 20)
  #expect(uneven.count == 4 && uneven.worstCount == 5)
  #expect(uneven.outcome.evidence(.worstDay) == [.number(5)] && !even.outcome.finds(.worstDay))
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
  #expect(try plan("0.31 mg").outcome.codes.contains(.strokeRounding))
}

@Test func `a bolus that is too fast is refused with the time that it needs`() throws {
  let outcome = try boluses(lockout: "4 h", maximum: 4, length: "1 min").outcome
  #expect(outcome.status == .blocked && outcome.codes.contains(.flowOutOfRange))
  #expect(outcome.alternative?.evidence == [.amount(1.84, "min")])
  #expect(try boluses(lockout: "4 h", maximum: 4, length: "1.84 min").outcome.status != .blocked)
}

@Test(
  arguments: [
    ("morphine", [("00:00", "0.0167 mL/h")], Code?.none),
    ("morphine", [("00:00", "0.01 mL/h"), ("12:00", "0.2 mL/h")], .overLimit),
    ("vincristine", [("00:00", "0.01 mL/h")], .neverIntrathecal),
    ("baclofen", [("00:00", "0.01 mL/h")], .typoSuspected),
    (nil, [("00:00", "0.23 mL/h")], nil), (nil, [("00:00", "0.25 mL/h")], .typoSuspected),
    (nil, [("00:00", "0.4 mL/h")], .typoSuspected),
  ] as [(String?, [(String, String)], Code?)])
func `the largest day of a programme is held against the drug, and its flow against the reservoir`(
  drug: String?, steps: [(String, String)], code: Code?
) throws {
  let outcome = try flex(steps, drug: drug).outcome
  if let code {
    #expect(outcome.status >= .blocked && outcome.codes.contains(code))
  } else {
    // 40 mL at 5.52 mL/day last a week and a little, at 6 mL/day less.
    #expect(!outcome.isRefused)
  }
}

@Test func `boluses of a day count against the limit of each drug`() throws {
  let over = PatientBolusPlan(
    .init(
      device: testPump(),
      parts: [
        .init(PumpDrug(named: "morphine"), try q("10 mg/mL"), unit: .milligrams),
        .init(PumpDrug(named: "bupivacaine"), try q("30 mg/mL"), unit: .milligrams),
      ], doses: (try q("4 mg/day"), try q("0.3 mg")), maximum: 6, times: (try q("4 h"), try q("2 min"))))
  #expect(over.outcome.codes.contains(.overLimit) && over.shares.map(\.status) == [.ok, .blocked])
  let large = PatientBolusPlan(
    .init(
      device: testPump(), parts: [.init(PumpDrug(named: "morphine"), try q("10 mg/mL"), unit: .milligrams)],
      doses: (try q("4 mg/day"), try q("0.6 mg")), maximum: 2, times: (try q("4 h"), try q("10 min"))))
  // one bolus above 0.5 mg
  #expect(large.outcome.status == .review && large.outcome.codes.contains(.overLimit))
}

@Test func `a bolus that outlasts its lockout is refused, one that ends just before is not`() throws {
  #expect(
    try boluses(lockout: "10 min", maximum: 2, length: "10 min").outcome.codes.contains(.lockoutTooShort))
  #expect(
    try !boluses(lockout: "10.1 min", maximum: 2, length: "10 min").outcome.codes.contains(.lockoutTooShort))
}
