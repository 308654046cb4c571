import Testing
import ThecalQuantities
import ThecalTransport

@testable import ThecalScenario

/// What is wrong with a part of a file: the text, the key that the error names, its line, and words of its message.
private struct Mistake: Sendable {
  let text: String, key: String, line: Int, words: String

  init(_ text: String, _ key: String, _ line: Int, _ words: String) {
    (self.text, self.key, self.line, self.words) = (text, key, line, words)
  }
}

private let scenario = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, rate: 1 mg/day}]
  output: {every: 1 h, until: 2 h, at: [tip]}

  """

private let inScenario = [
  Mistake("systemic: [{dose: 5 mg}]", "systemic[0]", 5, "'model' is missing"),
  Mistake("systemic: [{model: morphine_iv_olofsen2010}]", "systemic[0]", 5, "'dose' or a 'rate'"),
  Mistake(
    "systemic: [{model: morphine_iv_olofsen2010, dose: 5 mg, for: 2 h}]", "systemic[0].for", 5,
    "belongs to a rate"),
  Mistake(
    "systemic: [{model: morphine_iv_olofsen2010, rate: 1 mg/h, for: 2 h, over: 1 h}]", "systemic[0].over", 5,
    "belongs to a dose"),
  Mistake(
    "systemic: [{model: morphine_iv_olofsen2010, dose: 5 mg, times: 3}]", "systemic[0].times", 5, "interval"),
  Mistake(
    "systemic: [{model: morphine_iv_olofsen2010, dose: 5 mg, every: 4 h, times: 0}]", "systemic[0].times", 5,
    "whole number"),
  Mistake(
    "systemic: [{model: morphine_iv_olofsen2010, set: {XX: 5 L}, dose: 5 mg}]", "systemic[0].set.XX", 5,
    "no such"),
  Mistake("plasma: nothing", "plasma", 5, "no such model"),
  Mistake(
    "parameters: {cord: {permeability: 1 cm2/s, partition: 2}}", "parameters.cord", 5, "'loss' is missing"),
  Mistake(
    "parameters: {cord: {permeability: 1 cm2/s, partition: 1e9, loss: 1 1/h}}", "parameters.cord.partition",
    5,
    "between"),
  Mistake(
    "parameters: {epidural: {permeability: 1 cm2/s, partition: 2, loss: 1 1/h}}", "parameters.epidural", 5,
    "'area' is missing"),
  Mistake(
    "parameters: {baricity: {flow: 1 mL/h, toward: left, limit: 1 mg/mL}}", "parameters.baricity.toward", 5,
    "'left' is unknown"),
  Mistake(
    "parameters: {baricity: {flow: 0 mL/h, toward: sac, limit: 1 mg/mL}}", "parameters.baricity.flow", 5,
    "above zero"),
  Mistake(
    "parameters: {baricity: {flow: 101 L/h, toward: sac, limit: 1 mg/mL}}", "parameters.baricity.flow", 5,
    "not be above 100 L/h"),
  Mistake("parameters: {spinal_fraction: 110 %}", "parameters.spinal_fraction", 5, "between"),
  Mistake("parameters: {height: 3 m}", "parameters.height", 5, "between 40 and 260 cm"),
  Mistake("parameters: [height]", "parameters", 5, "expected keys"),
  Mistake("cells: 400.5", "cells", 5, "whole number"),
]

@Test(arguments: inScenario.indices) func `what a scenario says wrong is named with key and line`(index: Int)
  throws
{
  let mistake = inScenario[index]
  let error = try #require(throws: ScenarioError.self) {
    try SimulationScenario(yaml: scenario + mistake.text, file: "s.yaml")
  }
  #expect(error.says(mistake.words, at: mistake.key, line: mistake.line), "\(error)")
}

private let inPlan = [
  Mistake("indication: pain", "indication", 2, "'pain' is unknown"),
  Mistake("age_years: 200", "age_years", 2, "between"), Mistake("frail: perhaps", "frail", 2, "yes or no"),
  Mistake("medications: [oxycodone]", "medications[0]", 2, "write drug, route"),
  Mistake("medications: [{taken: x}]", "medications[0].taken", 2, "unknown key"),
  Mistake("medications: [\"oxycodone oral 20 mg q6h\"]\noral_mme: 5 mg/day", "oral_mme", 3, "not both"),
  Mistake("catheter: {tip: tip}", "catheter.tip", 2, "name a level"),
  Mistake("screening: {effect: 6 h}", "screening", 2, "'bolus' is missing"),
  Mistake("trial: {method: double}", "trial.method", 2, "'double' is unknown"),
  Mistake("trial: {method: single, step: 1 mg/day}", "trial.step", 2, "does not belong to a single trial"),
  Mistake("trial: {method: single, doses: [1 mg, 2 mg]}", "trial.doses", 2, "one dose"),
  Mistake("trial: {method: continuous, interval: 2 day}", "trial.interval", 2, "does not belong"),
  Mistake("trial: {method: single, result: {relief: 50 %}}", "trial.result", 2, "the bolus or the rate"),
  Mistake(
    "trial: {method: single, result: {bolus: 1 mg, rate: 1 mg/day}}", "trial.result", 2,
    "the bolus or the rate"),
  Mistake("target: {}", "target", 2, "a target is one of"),
  Mistake("target: {dose: 1 mg/day, relief: 50 %}", "target", 2, "a target is one of"),
  Mistake("target: {dose: 1 mg/day, at: T10}", "target.at", 2, "belongs to a level"),
  Mistake("target: {relief: 100 %}", "target.relief", 2, "between"),
  Mistake("target: {level: 100 ng/mL, at: plasma}", "target.at", 2, "not in plasma"),
  Mistake("limits: [{level: 5 ng/mL}]", "limits[0]", 2, "'at' is missing"),
  Mistake("observations: [{day: 1, dose: 1 mg/day}]", "observations[0]", 2, "an observation has"),
  Mistake("observations: [{day: -1, dose: 1 mg/day, pain: 5}]", "observations[0].day", 2, "between"),
  Mistake(
    "observations: [{day: 2, dose: 1 mg/day, pain: 5}, {day: 2, dose: 1 mg/day, pain: 5}]",
    "observations[1].day", 2,
    "days must rise"),
  Mistake("observations: [{day: 1, dose: 1 mg/day, pain: 11}]", "observations[0].pain", 2, "between"),
  Mistake("diary: d.csv\nobservations: [{day: 1, dose: 1 mg/day, pain: 5}]", "diary", 2, "not both"),
  Mistake("days: 0", "days", 2, "whole number"),
  Mistake("population: {exceeding: 0.6}", "population.exceeding", 2, "between"),
  Mistake("protocol: fast", "protocol", 2, "'fast' is unknown"),
]

@Test(arguments: inPlan.indices) func `what a plan says wrong is named with key and line`(index: Int) throws {
  let mistake = inPlan[index]
  let error = try #require(throws: ScenarioError.self) {
    try TitrationScenario(yaml: "drug: morphine\n" + mistake.text, file: "p.yaml")
  }
  #expect(error.says(mistake.words, at: mistake.key, line: mistake.line), "\(error)")
}

private let inTimeline = [
  Mistake(
    "medications: [{take: oxycodone oral 20 mg q6h, wean: {by: 25 %}}]", "medications[0].wean", 2,
    "'every' is missing"),
  Mistake(
    "medications: [{take: oxycodone oral 20 mg q6h, wean: {by: 125 %, every: 2 day}}]",
    "medications[0].wean.by", 2,
    "between 0.1 % and 100 %"),
  Mistake(
    "medications: [{take: oxycodone oral 20 mg q6h, wean: {by: 0.09 %, every: 1 s}}]",
    "medications[0].wean.by", 2, "between 0.1 % and 100 %"),
  Mistake(
    "medications: [{take: oxycodone oral 20 mg q6h, from: 3 day, until: 2 day}]", "medications[0].until", 2,
    "must not come before"),
  Mistake(
    "medications: [{take: oxycodone oral 20 mg q6h, from: 3 day, wean: {by: 25 %, every: 2 day, from: 1 day}}]",
    "medications[0].wean.from", 2, "before the medicine begins"),
  Mistake("output: {every: 2 day, until: 1 day}", "output.until", 2, "one row to"),
  Mistake("diary: d.csv", "diary", 2, "takes observations"),
  Mistake("program: [{at: 0 h, rate: 1 mg/day}]\ntarget: {dose: 1 mg/day}", "target", 3, "unknown key"),
]

@Test(arguments: inTimeline.indices) func `what a timeline says wrong is named with key and line`(index: Int)
  throws
{
  let mistake = inTimeline[index]
  let error = try #require(throws: ScenarioError.self) {
    try TimelineScenario(yaml: "drug: morphine\n" + mistake.text, file: "t.yaml")
  }
  #expect(error.says(mistake.words, at: mistake.key, line: mistake.line), "\(error)")
}

private let inCandidate = [
  Mistake("infection: maybe", "infection", 2, "yes, no or unknown"), Mistake("age: 45", "age", 2, "no unit"),
  Mistake("age: 500 year", "age", 2, "not be above"),
  Mistake("age: -3 month", "age", 2, "no number of months"),
  Mistake("relief: 150 %", "relief", 2, "between"),
  Mistake("agee: 45 year", "agee", 2, "did you mean 'age'?"),
]

@Test(arguments: inCandidate.indices) func `what facts say wrong is named with key and line`(index: Int)
  throws
{
  let mistake = inCandidate[index]
  let error = try #require(throws: ScenarioError.self) {
    try CandidateScenario(
      yaml: "indication: cancer\n" + mistake.text, file: "c.yaml", indications: ["cancer"],
      questions: [("age", "year"), ("infection", nil), ("relief", "%")])
  }
  #expect(error.says(mistake.words, at: mistake.key, line: mistake.line), "\(error)")
}
