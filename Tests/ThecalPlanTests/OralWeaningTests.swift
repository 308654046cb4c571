import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTransport

@testable import ThecalPlan

private func oxycodone(_ milligrams: ExactNumber = 20) -> Medicine {
  Medicine(
    drug: "oxycodone", route: .oral,
    amount: .doses(Mass(milligrams, .milligrams), Frequency(timesPerDay: 4)))
}

@Test func `an opioid goes by how long it was taken, and by the slowest schedule where that is unknown`()
  throws
{
  var patient = Patient()
  func schedule() throws -> OralWeaning {
    try #require(DosingRules.standard.oralWeaning(of: oxycodone(), for: patient))
  }
  // Source: `cdc2016_taper`, 10 % a week; `cdc2022_taper`, 10 % a month from a year on.
  #expect(try schedule().interval == Time(30, .days))
  patient.opioidDays = 364
  #expect(try schedule().interval == Time(7, .days) && schedule().share.value == ExactNumber(1, over: 10))
  patient.opioidDays = 365
  #expect(try schedule().interval == Time(30, .days) && schedule().share.source == "cdc2022_taper")
}

@Test
func `oral baclofen falls by a quarter a day beside a pump of baclofen, other medicines have no schedule`()
  throws
{
  func medicine(_ drug: String) -> Medicine {
    Medicine(drug: drug, route: .oral, amount: .doses(Mass(20, .milligrams), Frequency(timesPerDay: 3)))
  }
  let schedule = try #require(DosingRules.standard.oralWeaning(of: medicine("baclofen"), for: Patient()))
  #expect(schedule.share.value == ExactNumber(1, over: 4) && schedule.interval == Time(1, .days))
  #expect(schedule.share.source == "saulino2015")
  #expect(DosingRules.standard.oralWeaning(of: medicine("clonidine"), for: Patient()) == nil)
}

@Test func `what the start replaces stops when the pump starts`() throws {
  let plan = try patientPlan()
  #expect(plan.weaning.courses.isEmpty && plan.weaning.stopped.map(\.drug) == ["morphine"])
  #expect(plan.timeline?.oralMorphine_mg_per_day.allSatisfy { $0 == 0 } == true)
  #expect(plan.findings.all.contains { $0.isAbout(PlanTopic.stopsAtStart) })
  #expect(plan.weaning.watch.map(\.citation.source) == ["camh_opioid_toolkit"])
}

@Test func `the share that goes on is taken back by the schedule`() throws {
  let plan = try patientPlan("residual_mme: 40")
  let course = try #require(plan.weaning.courses.first)
  // A third of 120 mg/day goes on; 90 days: a tenth of it a week.
  #expect(DailyAmount(of: course.medicine).value == 40)
  #expect(course.weaning?.share == ExactNumber(1, over: 10) && course.weaning?.interval == Time(7, .days))
  #expect(course.weaning?.start == Time(7, .days) && plan.weaning.stopped.isEmpty)
  let oral = try #require(plan.timeline?.oralMorphine_mg_per_day)
  #expect(
    oral[0] == 40 && oral[13] == 40 && oral[14] == 36
      && !plan.findings.all.contains { $0.isAbout(PlanTopic.moreGoesOn) })
}

@Test func `what goes on beyond what the start counts on asks for a decision`() throws {
  let wean = "[{take: morphine oral 60 mg bid, wean: {by: 25 %, every: 3 day, from: 1 day}}]"
  let plan = try patientPlan(medications: wean)
  let finding = try #require(plan.findings.all.first { $0.isAbout(PlanTopic.moreGoesOn) })
  #expect(finding.code == .residualOpioid && finding.severity == .review)
  #expect(finding.evidence == [.amount(120, "mg/day"), .amount(0, "mg/day")])
  #expect(plan.weaning.courses.first?.weaning?.share == ExactNumber(1, over: 4))
}

@Test func `breakthrough doses count at their most, and none is proposed`() throws {
  let none = try patientPlan()
  #expect(none.findings.all.contains { $0.isAbout(PlanTopic.noBreakthrough) })
  let plan = try patientPlan("residual_mme: 40\nbreakthrough: [morphine oral 10 mg q6h]")
  let finding = try #require(plan.findings.all.first { $0.isAbout(PlanTopic.moreGoesOn) })
  // 40 mg/day go on, and four doses of 10 mg may be taken.
  #expect(finding.evidence.first == .amount(80, "mg/day"))
  #expect(!plan.findings.all.contains { $0.isAbout(PlanTopic.noBreakthrough) })
  let counted = try patientPlan("residual_mme: 120\nbreakthrough: []")
  #expect(counted.weaning.breakthrough.isEmpty)
}

@Test func `a medicine that the pump does not replace goes on and is named`() throws {
  let plan = try patientPlan(medications: "[morphine oral 60 mg bid, baclofen oral 10 mg tid]")
  #expect(plan.weaning.courses.map(\.medicine.drug) == ["baclofen"])
  #expect(
    plan.findings.all.contains { $0.isAbout(PlanTopic.goesOn) && $0.evidence.first == .drug("baclofen") })
}

@Test func `a course that is cut short is not lengthened by a rule`() throws {
  let plan = try patientPlan(medications: "[{take: morphine oral 60 mg bid, until: 3 day}]")
  #expect(plan.weaning.courses.first?.end == Time(3, .days) && plan.weaning.courses.first?.weaning == nil)
  #expect(plan.weaning.schedules == [nil])
}
