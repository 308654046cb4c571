import ThecalFormulary
import Testing
import ThecalDosing
import ThecalQuantities
import ThecalTitration
import ThecalTransport

@testable import ThecalScenario

private func request(_ yaml: String) throws -> TitrationRequest {
  try TitrationScenario(yaml: yaml, file: "plan.yaml").request
}

private let whole = """
  drug: Morphine
  indication: cancer
  age_years: 70.5
  weight_kg: 80
  frail: yes
  sleep_apnea: no
  cns_depressants: true
  opioid_days: 30
  opioid_tolerant: false
  monitored: yes
  psychosis_history: no
  anticoagulant: yes
  pregnancy: no
  renal: yes
  allergy: latex
  residual_mme: 15
  medications: ["oxycodone oral 20 mg q6h", "morphine iv 1 mg/h"]
  catheter: {tip: L3}
  segment: dermatome T10
  pump: synchromed_2
  concentration: 10 mg/mL
  start: 0.2 mg/day
  ceiling: 4 mg/day
  target: {dose: 2 mg/day}
  protocol: optimal
  slow: yes
  limits: [{level: 600 ng/mL, at: cranial}, {level: 2 mcg/mL, at: 45 cm}]
  baseline: 7
  observations:
    - {day: 1, dose: 0.2 mg/day, pain: 6}
    - {day: 4, dose: 0.3 mg/day, ashworth: 2, side_effects: [sedation, nausea]}
  days: 90
  population: {samples: 50, seed: 7, exceeding: 5 %}
  """

@Test func `every key of a plan arrives where it belongs`() throws {
  let request = try request(whole)
  let patient = request.patient
  #expect(request.drug == "morphine" && patient.indication == .cancer && patient.ageYears == 70.5)
  #expect(
    patient.weight == BodyWeight(80, .kilograms) && patient.frail == true && patient.sleepApnea == false)
  #expect(patient.cnsDepressants == true && patient.opioidDays == 30 && patient.isStatedTolerant == false)
  #expect(patient.isMonitored == true && patient.psychosisHistory == false && patient.anticoagulant == true)
  #expect(
    patient.pregnancy == false && patient.renal == true && patient.allergy == "latex"
      && patient.residualEquivalent == 15)
  #expect(
    request.medicines.map(\.drug) == ["oxycodone", "morphine"] && request.medicines[1].route == .intravenous)
  #expect(
    request.tip == .level("L3") && request.segment == .dermatome("T10") && request.pump == "synchromed_2")
  #expect(
    request.concentration == Concentration(10, .milligramsPerMilliliter)
      && request.start == DoseRate(0.2, .milligramsPerDay))
  #expect(
    request.ceiling == DoseRate(4, .milligramsPerDay)
      && request.target == .dose(DoseRate(2, .milligramsPerDay)))
  #expect(request.method == .optimal && request.isSlow && request.baseline == 7 && request.days == 90)
  #expect(request.limits.map(\.site) == [.cranial, .distance(Length(45, .centimeters))])
  #expect(
    request.limits.map(\.level) == [
      Concentration(600, .nanogramsPerMilliliter), Concentration(2, .microgramsPerMilliliter),
    ])
  #expect(
    request.observations.map(\.day) == [1, 4]
      && request.observations[1].sideEffects == ["sedation", "nausea"])
  #expect(request.isRobust && request.population == 50 && request.seed == 7 && request.exceeding == 0.05)
}

@Test func `what is not written is not known, and the rest has its usual value`() throws {
  let request = try request("drug: baclofen")
  #expect(
    request.patient == Patient() && request.medicines.isEmpty && request.target == nil && request.trial == nil
  )
  #expect(
    request.tip == .level("T10") && request.method == .label && !request.isSlow && !request.isRobust
      && request.days == 60)
}

@Test(arguments: [
  ("relief: 50 %", TitrationRequest.Target.relief(0.5)), ("relief: 0.3", .relief(0.3)),
  ("ashworth: 2", .ashworth(2)),
  ("level: 600 ng/mL", .level(Concentration(600, .nanogramsPerMilliliter), at: .level("T10"))),
  ("level: 600 ng/mL, at: cranial", .level(Concentration(600, .nanogramsPerMilliliter), at: .cranial)),
])
func `a target is one of four`(text: String, target: TitrationRequest.Target) throws {
  #expect(try request("drug: morphine\ntarget: {\(text)}").target == target)
}

/// What stands on the second line of a plan for morphine; the key and a word of what is said about it.
private let mistakes: [(String, String, String)] = [
  ("drugs: x", "drugs", "did you mean 'drug'?"), ("indication: pain", "indication", "'pain' is unknown"),
  ("age_years: old", "age_years", "'old'"),
  ("age_years: 131", "age_years", "between"), ("age_years: -1", "age_years", "between"),
  ("weight_kg: 501", "weight_kg", "between"),
  ("frail: maybe", "frail", "yes or no"), ("sleep_apnea: 1", "sleep_apnea", "yes or no"),
  ("opioid_days: many", "opioid_days", "'many'"),
  ("residual_mme: -1", "residual_mme", "between"),
  ("medications: [aspirin]", "medications[0]", "write drug, route, dose"),
  ("medications: [\"exampline oral 20 mg q6h\"]", "medications[0]", "cannot be read"),
  ("medications: [\"morphine oral 1O mg q6h\"]", "medications[0]", "dose"),
  ("oral_mme: 60", "oral_mme", "no unit"), ("oral_mme: -60 mg/day", "oral_mme", "zero or more"),
  ("catheter: {}", "catheter", "'tip' is missing"),
  ("catheter: {tip: cranial}", "catheter.tip", "name a level"),
  ("catheter: {end: L3}", "catheter.end", "unknown key"), ("segment: plasma", "segment", "name a level"),
  ("concentration: 10", "concentration", "no unit"),
  ("concentration: 0 mg/mL", "concentration", "above zero"),
  ("start: 0.2 mg", "start", "no unit of dose rate"), ("ceiling: 0 mg/day", "ceiling", "above zero"),
  ("target: {}", "target", "a target is one of"),
  ("target: {dose: 1 mg/day, relief: 50 %}", "target", "a target is one of"),
  ("target: {dose: 1 mg/day, at: L3}", "target.at", "belongs to a level"),
  ("target: {relief: 100 %}", "target.relief", "between"),
  ("target: {ashworth: 5}", "target.ashworth", "between"),
  ("target: {level: 600 ng/mL, at: plasma}", "target.at", "not in plasma"),
  ("protocol: fast", "protocol", "'fast' is unknown"),
  ("limits: [{level: 1 ng/mL}]", "limits[0]", "'at' is missing"), ("baseline: 11", "baseline", "between"),
  ("observations: [{day: 1, dose: 1 mg/day}]", "observations[0]", "'pain', 'ashworth' or"),
  (
    "observations: [{day: 2, dose: 1 mg/day, pain: 3}, {day: 2, dose: 1 mg/day, pain: 3}]",
    "observations[1].day", "must rise"
  ),
  ("observations: [{day: 1, dose: 1 mg/day, pain: 11}]", "observations[0].pain", "between"),
  ("days: 0", "days", "1 to 730"), ("days: 731", "days", "1 to 730"),
  ("days: 1.5", "days", "whole number"), ("population: {samples: 0}", "population.samples", "whole number"),
  ("population: {exceeding: 60 %}", "population.exceeding", "between"),
  ("screening: {effect: 6 h}", "screening", "'bolus' is missing"),
  ("screening: {bolus: 50}", "screening.bolus", "no unit"),
  ("screening: {bolus: 0 mcg}", "screening.bolus", "above zero"),
  ("trial: twice", "trial", "'twice' is unknown"),
  ("trial: {method: single, step: 1 mg/day}", "trial.step", "does not belong"),
  ("trial: {method: continuous, doses: [1 mg]}", "trial.doses", "does not belong"),
  ("trial: {method: single, doses: [1 mg, 2 mg]}", "trial.doses", "one dose"),
  ("trial: {method: single, interval: 24 h}", "trial.interval", "does not belong"),
  ("trial: {method: multiple, interval: 721 h}", "trial.interval", "not be above 30 days"),
  ("trial: {method: continuous, every: 31 day}", "trial.every", "not be above 30 days"),
  ("trial: {method: multiple, doses: []}", "trial.doses", "1 to 20"),
  ("trial: {method: single, result: {relief: 60 %}}", "trial.result", "the bolus or the rate"),
  ("slow: perhaps", "slow", "yes or no"), ("allergy: ''", "allergy", "no value"),
  ("pump: [a]", "pump", "one value"),
]

@Test(arguments: mistakes.indices) func `a mistake in a plan is named with line and key`(index: Int) throws {
  let (text, key, words) = mistakes[index]
  let error = try #require(throws: ScenarioError.self) {
    try TitrationScenario(yaml: "drug: morphine\n\(text)\n", file: "plan.yaml")
  }
  #expect(error.file == "plan.yaml" && error.line == 2 && error.key == key, "\(error)")
  #expect(error.message.contains(words), "\(error.message)")
  #expect(error.description == "plan.yaml:2: \(key): \(error.message)")
}

@Test func `what cannot stand together is refused`() {
  for yaml in [
    "medications: [\"morphine oral 30 mg bid\"]\noral_mme: 60 mg/day",
    "observations: [{day: 1, dose: 1 mg/day, pain: 3}]\ndiary: d.csv",
  ] {
    #expect(throws: ScenarioError.self) { try TitrationScenario(yaml: "drug: morphine\n" + yaml, file: "p") }
  }
  #expect(throws: ScenarioError.self) { try TitrationScenario(yaml: "target: {dose: 1 mg/day}", file: "p") }
}

@Test func `a trial says how it is made and what came of it`() throws {
  let trial = try #require(
    request(
      "drug: morphine\ntrial: {method: single, doses: [0.3 mg], result: {bolus: 0.3 mg, relief: 60 %, effect: 20 h}}"
    ).trial)
  #expect(trial.method == .single && trial.doses == [Mass(0.3, .milligrams)] && trial.outcome?.relief == 0.6)
  #expect(
    trial.outcome?.bolus == Mass(0.3, .milligrams) && trial.outcome?.effect == Time(20, .hours)
      && trial.outcome?.rate == nil)
  let ladder = try #require(
    request("drug: morphine\ntrial: {method: continuous, step: 0.1 mg/day, every: 12 h, total: 1 mg}").trial)
  #expect(
    ladder.step == DoseRate(0.1, .milligramsPerDay) && ladder.every == Time(12, .hours)
      && ladder.total == Mass(1, .milligrams))
  #expect(try request("drug: morphine\ntrial: multiple").trial?.method == .multiple)
}
