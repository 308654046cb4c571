import Testing
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalResponse
import ThecalScenario
import ThecalTitration
import ThecalTransport

@testable import ThecalPlan

/// A patient on 120 mg a day of oral morphine; `more` are lines that are added, `concentration` and `fill` replace those of the pump.
func patientPlan(
  _ more: String = "residual_mme: 0", medications: String = "[morphine oral 60 mg bid]",
  concentration: String = "2 mg/mL",
  fill: String = "{volume: 20 mL, stock: 10 mg/mL, date: 2026-01-05, alarm: 2 mL}", tubing: String = ""
) throws -> PatientPlan {
  let yaml = """
    patient_id: A-17
    drug: morphine
    indication: noncancer
    age_years: 54
    frail: no
    sleep_apnea: no
    cns_depressants: no
    opioid_days: 90
    medications: \(medications)
    monitored: yes
    concentration: \(concentration)
    fill: \(fill)
    path: {length: 60 cm, per_length: 0.0022 mL/cm\(tubing)}
    target: {dose: 0.8 mg/day}
    days: 14
    cells: 60
    output: {every: 12 h, until: 14 day}
    \(more)
    """
  return try PatientPlan(PatientScenario(yaml: yaml, file: "p"))
}

@Test func `one start goes through all of a plan`() throws {
  let plan = try patientPlan()
  let start = try #require(plan.start)
  #expect(plan.status == .review && !plan.isRefused)
  #expect(start == plan.conversion.start && start == plan.titration?.start)
  #expect(start == plan.refillAtStart?.request.dose && start == plan.priming?.daily)
  #expect(plan.risk?.request.dose == .continuous(start))
  #expect(plan.timeline?.intrathecal_mg_per_day.first == start.value(in: .milligramsPerDay))
  #expect(plan.limit == plan.conversion.limit && plan.limit == DoseRate(20, .milligramsPerDay))
}

@Test func `the first refill is that of the highest dose, never later than any day of the schedule allows`()
  throws
{
  let plan = try patientPlan()
  let highest = try #require(plan.titration?.days.map(\.dose).max())
  #expect(plan.refill?.request.dose == highest && highest > plan.start ?? .zero)
  let (early, late) = (try #require(plan.refill?.refillBy), try #require(plan.refillAtStart?.refillBy))
  #expect(early < late && plan.refillBy == early)
  // 20 mL less 1.4 mL at 0.4 mL/day, 14.5 % fast: 40.6 days.
  #expect(early - CalendarDate(dayNumber: plan.request.filling.date.dayNumber) == 40)
}

@Test func `the risk is that of this patient`() throws {
  let plan = try patientPlan("residual_mme: 30\nweight_kg: 70")
  let risk = try #require(plan.risk?.request)
  #expect(risk.tolerance == .tolerant && risk.age_years == 54 && risk.facts.isEmpty && risk.tip == "T10")
  #expect(risk.residualMorphine == DoseRate(30, .milligramsPerDay))
  #expect(risk.concentration == Concentration(2, .milligramsPerMilliliter))
}

@Test func `a conversion that is refused leaves no dose, no titration and no refill`() throws {
  let plan = try patientPlan(medications: "[methadone oral 20 mg tid]")
  #expect(plan.isRefused && plan.start == nil && plan.limit == nil && plan.refillBy == nil)
  #expect(plan.titration == nil && plan.refill == nil && plan.timeline == nil && plan.risk == nil)
  // How a filling is made, and the emergency card, need no dose.
  #expect(plan.compounding.diluent == Volume(16, .milliliters) && plan.emergency?.overdose.isEmpty == false)
}

@Test func `what the pump cannot do refuses the plan`() throws {
  let impossible = try patientPlan(fill: "{volume: 20 mL, stock: 1 mg/mL, date: 2026-01-05}")
  #expect(impossible.compounding.outcome.isRefused && impossible.isRefused && impossible.start == nil)
  let large = try patientPlan(fill: "{volume: 60 mL, stock: 10 mg/mL, date: 2026-01-05}")
  #expect(large.refill?.outcome.codes.contains(.reservoirTooSmall) == true && large.isRefused)
  let strong = try patientPlan(
    concentration: "50 mg/mL", fill: "{volume: 20 mL, stock: 50 mg/mL, date: 2026-01-05}")
  #expect(strong.isRefused && strong.compounding.outcome.codes.contains(.overConcentration))
}

@Test func `a trial stands beside the titration, each for itself`() throws {
  let plan = try patientPlan("residual_mme: 0\ntrial: single")
  let alone = try patientPlan()
  #expect(plan.trial != nil && alone.trial == nil)
  #expect(plan.titration?.days == alone.titration?.days)
}

@Test func `a plan stops where its drug is none of a pump`() throws {
  let yaml = """
    patient_id: A
    drug: oxycodone
    medications: [oxycodone oral 20 mg q6h]
    concentration: 2 mg/mL
    fill: {volume: 20 mL, stock: 10 mg/mL, date: 2026-01-05}
    """
  let plan = try PatientPlan(PatientScenario(yaml: yaml, file: "p"))
  #expect(plan.isRefused && plan.start == nil)
}

@Test func `emergency cards have a source for every drug that pumps are filled with`() throws {
  let rules = DosingRules.standard
  for name in ["morphine", "hydromorphone", "fentanyl", "sufentanil", "baclofen", "clonidine", "ziconotide"] {
    let card = rules.emergency(of: try #require(rules.drug(name)))
    #expect(!card.overdose.isEmpty && !card.withdrawal.isEmpty, "\(name)")
    for statement in card.overdose + card.withdrawal {
      #expect(!statement.citation.source.isEmpty && !statement.text.isEmpty)
    }
  }
  let baclofen = rules.emergency(of: try #require(rules.drug("baclofen")))
  #expect(baclofen.overdose.contains { $0.text.contains("30 to 40 mL") })
  #expect(baclofen.withdrawal.contains { $0.text.contains("Restore intrathecal baclofen") })
  #expect(baclofen.course?.danger == true)
}

/// 62.5 mcg is a stroke of Prometra II at this strength: less a day would be nothing, which no refill is planned for.
@Test func `a start that the pump rounds to nothing is refused, not planned`() throws {
  let plan = try patientPlan(
    "pump: Prometra II\nstart: 0.05 mg/day\nresidual_mme: 0", concentration: "25 mg/mL",
    fill: "{volume: 20 mL, stock: 25 mg/mL, date: 2026-01-05}", tubing: ", tubing: 0.2 mL")
  #expect(plan.isRefused && plan.start == nil && plan.refill == nil)
  #expect(plan.titration?.findings.codes.contains(.belowPumpMinimum) == true)
}
