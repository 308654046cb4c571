import Testing
import ThecalDosing
import ThecalFormulary
import ThecalKinetics
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalPlan

private func days(_ count: Int) -> Time { Time(ExactNumber(count), .days) }

private func tablets(_ milligrams: Int, perDay: Int) -> Medicine {
  Medicine(
    drug: "morphine", route: .oral,
    amount: .doses(
      Mass(ExactNumber(milligrams), .milligrams), Frequency(timesPerDay: ExactNumber(perDay))))
}

/// One compartment with absorption.
private func someone() throws -> KineticParameters {
  try KineticParameters(#require(KineticModel(named: "oral1")), [.CL: 50, .V: 200, .KA: 1])
}

@Test
func
  `a weaning falls by a share of the first amount, and the last part is what a whole step would overshoot`()
{
  let course = MedicineCourse(
    tablets(100, perDay: 2), from: days(1),
    weaning: .init(by: ExactNumber(3, over: 10), every: days(2), from: days(4)))
  let stages = course.stages(until: days(30))
  #expect(stages.map(\.start) == [days(1), days(4), days(6), days(8)])
  #expect(stages.map(\.end) == [days(4), days(6), days(8), days(10)])
  #expect(stages.map { DailyAmount(of: $0.medicine).value } == [200, 140, 80, 20])
}

@Test func `a course ends at its end, at the horizon, and never before it begins`() {
  let open = MedicineCourse(tablets(10, perDay: 4), from: days(2))
  #expect(open.stages(until: days(5)) == [.init(start: days(2), end: days(5), medicine: open.medicine)])
  #expect(open.stages(until: days(2)).isEmpty && open.stages(until: days(1)).isEmpty)
  let short = MedicineCourse(tablets(10, perDay: 4), from: days(2), until: days(3))
  #expect(short.stages(until: days(9)).map(\.end) == [days(3)])
  // All at once: one part, up to the day of the step.
  let stopped = MedicineCourse(
    tablets(10, perDay: 4), weaning: .init(by: 1, every: days(1), from: days(6)))
  #expect(stopped.stages(until: days(9)).map(\.end) == [days(6)])
  // A step that lies before the course has been taken when the course begins.
  let late = MedicineCourse(
    tablets(10, perDay: 4), from: days(3),
    weaning: .init(by: ExactNumber(1, over: 2), every: days(5), from: days(1)))
  #expect(late.stages(until: days(9)).map { DailyAmount(of: $0.medicine).value } == [20])
}

@Test(arguments: 0..<30 as Range<UInt64>)
func `parts follow each other without a gap, and what is taken falls`(seed: UInt64) {
  var random = SeededGenerator(seed: seed)
  let start = Int.random(in: 0...5, using: &random)
  let percent = Int.random(in: 1...100, using: &random)
  let (wait, interval) = (Int.random(in: 0...5, using: &random), Int.random(in: 1...6, using: &random))
  let horizon = days(Int.random(in: 1...60, using: &random))
  let course = MedicineCourse(
    tablets(30, perDay: 4), from: days(start),
    weaning: .init(by: ExactNumber(percent, over: 100), every: days(interval), from: days(start + wait)))
  let stages = course.stages(until: horizon)
  for (one, next) in zip(stages, stages.dropFirst()) {
    #expect(one.end == next.start)
    #expect(DailyAmount(of: one.medicine).value > DailyAmount(of: next.medicine).value)
  }
  for stage in stages { #expect(stage.start < stage.end && stage.end <= horizon) }
  // Steps until nothing is left, rounded up; the first part may be of no length.
  let most = (100 + percent - 1) / percent
  #expect(stages.count <= most && (stages.isEmpty || stages[0].start == days(start)))
}

/// Doses come at the beginning of a part and at each interval within it; one at its very end belongs to what follows.
@Test func `doses of a part are as many as begin in it`() throws {
  let person = try someone()
  func records(_ perDay: Int, _ length: Int) -> [DosingRecord] {
    MedicineCourse(tablets(30, perDay: perDay), until: days(length), person: person).records(until: days(90))
  }
  let four = try #require(records(4, 2).first)
  #expect(four.amount_mg == 30 && four.interval_h == 6 && four.additional == 7)
  let daily = try #require(records(1, 1).first)
  #expect(daily.additional == 0 && daily.amount_mg == 30)
  // Three a day: a third of a day has no end in binary, and still makes 21 doses a week.
  #expect(records(3, 7).first?.additional == 20)
  #expect(MedicineCourse(tablets(30, perDay: 4)).records(until: days(9)).isEmpty)
}

@Test func `an infusion goes into plasma, a patch through the skin`() throws {
  let person = try someone()
  func record(_ route: AdministrationRoute) throws -> DosingRecord {
    let medicine = Medicine(
      drug: "fentanyl", route: route, amount: .rate(DoseRate(ExactNumber(24, over: 1_000), .milligramsPerDay))
    )
    return try #require(MedicineCourse(medicine, person: person).records(until: days(3)).first)
  }
  let (patch, infusion) = (try record(.transdermal), try record(.intravenous))
  #expect(patch.compartment != 2 && infusion.compartment == 2)
  // 0.024 mg/day for three days.
  for record in [patch, infusion] { #expect(abs(record.amount_mg - 0.072) < 1e-15) }
}
