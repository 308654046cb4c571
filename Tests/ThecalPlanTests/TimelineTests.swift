import Testing
import ThecalDosing
import ThecalKinetics
import ThecalQuantities
import ThecalScenario
import ThecalTitration
import ThecalTransport

@testable import ThecalPlan

private func timeline(
  _ medications: String, program: String = "[{at: 0 h, rate: 0.2 mg/day}]", of drug: String = "morphine"
) throws -> Timeline {
  try Timeline(
    TimelineScenario(
      yaml: """
        drug: \(drug)
        program: \(program)
        medications: \(medications)
        cells: 60
        output: {every: 12 h, until: 8 day, at: [tip, L3, cranial, plasma]}
        """, file: "t"))
}

@Test func `oral morphine equivalents fall with the steps and count patches`() throws {
  let plan = try timeline(
    "[{take: morphine oral 15 mg q6h, wean: {by: 50 %, every: 2 day, from: 1 day}}, {take: fentanyl transdermal 25 mcg/h q72h, until: 3 day}]"
  )
  // 60 + 25 · 2.4 = 120; half of the tablets from day 1, none from day 3.
  let expected = [120.0, 120, 90, 90, 90, 90, 0, 0]
  #expect(plan.oralMorphine_mg_per_day.prefix(8).map { $0 ?? -1 } == expected)
  #expect(plan.intrathecal_mg_per_day.allSatisfy { $0 == 0.2 })
  #expect(plan.plasma.map(\.drug) == ["fentanyl"])
  #expect(plan.changes.map(\.day) == [0, 0, 1])
}

@Test(arguments: ["Duramorph", "morphine sulfate", "MORPHINE", "Infumorph"])
func `the drug of the pump is the same by every name`(name: String) throws {
  // The same morphine by mouth adds to the pump's, and a dose is held against the same limit.
  let (own, other) = (
    try timeline("[morphine oral 30 mg q6h]"), try timeline("[morphine oral 30 mg q6h]", of: name)
  )
  #expect(other.findings.codes.codes == own.findings.codes.codes && other.plasma.isEmpty)
  #expect(other.levels.concentrations_ng_per_mL == own.levels.concentrations_ng_per_mL)
  let slip = try timeline("[]", program: "[{at: 0 h, rate: 400 mg/day}]", of: name)
  #expect(slip.findings.codes.contains(.typoSuspected) && !slip.findings.codes.contains(.unknownDrug))
}

@Test func `medicines of other kinds count no oral morphine, and those without factor make the sum unknown`()
  throws
{
  let relaxant = try timeline("[baclofen oral 10 mg tid]")
  #expect(relaxant.oralMorphine_mg_per_day.allSatisfy { $0 == 0 })
  let unknown = try timeline("[buprenorphine transdermal 20 mcg/h]")
  #expect(
    unknown.oralMorphine_mg_per_day[0] == nil && unknown.remarks.contains { $0.isAbout(PlanTopic.noFactor) })
}

@Test func `the same drug by mouth raises its level in plasma and at the spine, another drug does not`()
  throws
{
  let alone = try timeline("[oxycodone oral 20 mg q6h]")
  let both = try timeline("[morphine oral 30 mg q6h]")
  let rows = alone.times_h.count - 1
  // L3, cranial and plasma, in this order after the tip.
  for site in 1...3 {
    #expect(
      both.levels.concentrations_ng_per_mL[site][rows] > alone.levels.concentrations_ng_per_mL[site][rows] + 1
    )
  }
  // Before a dose of 30 mg every 6 h by Oosten 2017: 0.372 · 30 mg / 278 L · e^(−6k) / (1 − e^(−6k)), k 0.33 1/h,
  // a little more for absorption and the pump.
  let level = both.levels.concentrations_ng_per_mL[3][rows]
  #expect(level > 6.4 && level < 7.5)
}

@Test func `a dose that the rules refuse is a finding and leaves its code`() throws {
  let plan = try timeline("[]", program: "[{at: 0 h, rate: 200 mg/day}]")
  #expect(plan.findings.isRefused && !plan.findings.codes.isEmpty)
  #expect(try timeline("[morphine oral 60 mg bid]").findings.status == .ok)
}

@Test(arguments: [
  ("[morphine oral]", "write drug, route, dose, unit and frequency"),
  ("[{take: morphine oral 15 mg q6h, wean: {by: 200 %, every: 1 day}}]", "must lie between"),
  ("[{take: morphine oral 15 mg q6h, model: fentanyl_transdermal_label}]", "a model of fentanyl"),
])
func `what cannot be read is named with its key`(medications: String, message: String) throws {
  do {
    _ = try timeline(medications)
    Issue.record("read")
  } catch let error as ScenarioError {
    #expect("\(error)".contains(message) && "\(error)".contains("medications"), "\(error)")
  }
}

@Test func `levels by pump are thousands of times those by mouth, milligram for milligram`() throws {
  let morphine = try ExposureComparison(drug: "morphine", tip: "T10", at: "L3", samples: 60, seed: 1)
  let ratio = try #require(morphine.figures.first { $0.id == "ratio_at_site" })
  // SCIENCE: roughly 20,000 to 90,000 for morphine near the tip; farther away less, and people differ.
  #expect(
    ratio.median > 3_000 && ratio.median < 100_000 && ratio.low < ratio.median && ratio.median < ratio.high)
  #expect(morphine.unverified == ["uptake into CSF"])
  let again = try ExposureComparison(drug: "morphine", tip: "T10", at: "L3", samples: 60, seed: 1)
  #expect(again.figures == morphine.figures)
  #expect(throws: InputProblem.self) {
    try ExposureComparison(drug: "sufentanil", tip: "T10", at: "L3", samples: 20, seed: 1)
  }
}

@Test(arguments: [
  ("[morphin oral 15 mg q6h]", Code.unknownDrug), ("[morphine oral 15 mg as needed]", .badFrequency),
  ("[morphine oral 15 q6h]", .badUnit), ("[fentanyl transdermal 25 mcg q72h]", .patchUnit),
])
func `words that are no medicine leave their code and no levels`(medications: String, code: Code) throws {
  let plan = try timeline(medications)
  #expect(plan.findings.isRefused && plan.findings.codes.contains(code))
}

@Test func `a plan of titration gives its schedule, and keeps what its rules found`() throws {
  let scenario = try TimelineScenario(
    yaml: """
      drug: morphine
      opioid_days: 30
      target: {dose: 1 mg/day}
      days: 20
      medications: [{take: morphine oral 30 mg q6h, wean: {by: 50 %, every: 5 day, from: 2 day}}]
      cells: 60
      """, file: "t")
  let plan = try Timeline(scenario)
  let first = try #require(plan.intrathecal_mg_per_day.first)
  let last = try #require(plan.intrathecal_mg_per_day.last)
  #expect(plan.times_h.last == 480 && first > 0 && first <= 0.4 && last > first && last <= 1)
  #expect(plan.oralMorphine_mg_per_day.first == 120 && plan.oralMorphine_mg_per_day.last == 0)
}

@Test func `a plan that is refused has no levels to follow`() throws {
  // Baclofen without a screening.
  let plan = try Timeline(
    TimelineScenario(yaml: "{drug: baclofen, target: {dose: 200 mcg/day}, cells: 60}", file: "t"))
  #expect(plan.findings.isRefused && plan.findings.codes.contains(.screeningRequired))
}

@Test func `what stops when the pump starts counts nothing from then on, and its level falls`() throws {
  let stopped = try timeline(
    "[{take: morphine oral 30 mg q6h, until: 0 day}, {take: tramadol oral 50 mg bid, until: 0 day}]")
  #expect(stopped.oralMorphine_mg_per_day.allSatisfy { $0 == 0 } && stopped.changes.isEmpty)
  // Nobody knows how the level of tramadol falls.
  let missing = try #require(stopped.remarks.first { $0.isAbout(PlanTopic.noModel) })
  #expect(missing.evidence == [.text("tramadol"), .text("oral")])
  let (alone, taken) = (try timeline("[]"), try timeline("[morphine oral 30 mg q6h]"))
  let (with, without) = (stopped.levels.concentrations_ng_per_mL, alone.levels.concentrations_ng_per_mL)
  for site in 1...3 {
    let (first, last) = (with[site][0] - without[site][0], with[site][16] - without[site][16])
    // At 0 h it stands where it stands for those who go on: what counts is taken after it.
    #expect(abs(first / taken.levels.concentrations_ng_per_mL[site][0] - 1) < 1e-9)
    // Eight days are thirty half-lives of plasma and of CSF.
    #expect(first > 1 && abs(last) < 1e-6)
  }
  #expect(throws: ScenarioError.self) {
    try timeline("[{take: morphine oral 60 mg bid, from: 2 day, until: 1 day}]")
  }
}

@Test func `what has been taken long before is level from the first row to the last`() throws {
  // Rows lie twelve hours apart, doses six: each row sees the same phase.
  let plan = try timeline(
    "[morphine oral 30 mg q6h, fentanyl transdermal 25 mcg/h q72h, oxycodone oral 20 mg q6h]",
    program: "[{at: 0 h, rate: 0 mg/day}]")
  for levels in plan.levels.concentrations_ng_per_mL + plan.plasma.map(\.levels_ng_per_mL) {
    let first = try #require(levels.first)
    #expect(first > 0.1 && levels.allSatisfy { abs($0 / first - 1) < 1e-7 })
  }
  // A patch: 25 mcg/h, of which 92 % arrive, over 45 L/h.
  let patch = try #require(plan.plasma.first { $0.drug == "fentanyl" })
  #expect(abs(patch.levels_ng_per_mL[0] / (25 * 0.92 / 45) - 1) < 1e-12)
  #expect(plan.oralMorphine_mg_per_day.allSatisfy { $0 == 180 + 120 })
}

@Test func `what has a begin was not there before`() throws {
  let later = try timeline(
    "[{take: oxycodone oral 20 mg q6h, from: 1 day}, {take: fentanyl transdermal 25 mcg/h q72h, from: 0 h}]")
  let levels = later.plasma.map(\.levels_ng_per_mL)
  #expect(later.plasma.map(\.drug) == ["fentanyl", "oxycodone"])
  #expect(levels[0][0] == 0 && levels[0][1] > 0)
  #expect(levels[1][0] == 0 && levels[1][1] == 0 && levels[1][3] > 1)
  #expect(later.oralMorphine_mg_per_day[0] == 60 && later.oralMorphine_mg_per_day[2] == 180)
}

@Test func `a timeline that follows a titration changes its rate on the days on which the dose does`() throws
{
  let plan = try patientPlan()
  let (titration, axis) = (try #require(plan.titration), try #require(plan.timeline))
  for (row, time) in axis.times_h.enumerated() where time < 14 * 24 {
    let day = titration.days[Int(time / 24)]
    #expect(axis.intrathecal_mg_per_day[row] == day.dose.value(in: .milligramsPerDay), "\(time)")
  }
}

@Test func `a bolus larger than any canal is refused, and the course computed all the same`() throws {
  for volume in ["101 mL", "1e12 mL", "1e30 mL"] {
    let plan = try timeline("[]", program: "[{at: 0 h, bolus: 0.2 mg, volume: \(volume)}]")
    #expect(plan.findings.status == .blocked)
    let levels = plan.levels.concentrations_ng_per_mL.flatMap { $0 }
    #expect(!levels.contains { !$0.isFinite })
  }
}

@Test(arguments: ["0.03", "0.00000000001", "0.00000000000000000000000001"])
func `a medicine that is taken less often than once a month is not read`(times: String) throws {
  let plan = try timeline("[\"morphine oral 60 mg \(times)\"]")
  #expect(plan.findings.codes.contains(.badFrequency) && plan.changes.isEmpty)
}
