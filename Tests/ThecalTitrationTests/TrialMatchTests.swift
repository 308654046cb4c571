import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalScenario

@testable import ThecalTitration

/// The first programme after a trial with this result.
private func match(
  _ yaml: String, _ result: String, route: String = "intrathecal"
) throws -> TrialMatch {
  let trial = "trial: {method: single, route: \(route), result: {\(result)}}"
  return try #require(
    try TrialMatch(TitrationScenario(yaml: yaml + "\n" + trial, file: "plan.yaml")))
}

private let tone = "drug: baclofen\nindication: spasticity_spinal\nage_years: 40"
private let tolerant = "drug: morphine\nindication: noncancer\nopioid_tolerant: yes"
private let naive = "drug: morphine\nindication: noncancer\nopioid_tolerant: no"

@Suite struct `a first programme that matches the trial` {
  /// The label: twice the bolus, once where its effect lasted more than 8 h; unknown is taken as long.
  @Test(arguments: [(50, 6, 100), (50, 8, 100), (50, 9, 50), (75, 4, 150), (100, 20, 100), (50, nil, 50)])
  func `of baclofen is that of the screening rule`(bolus: Int, lasted: Int?, daily: Int) throws {
    let found = try match(
      tone,
      "bolus: \(bolus) mcg, ashworth_drop: 1.5" + (lasted.map { ", effect: \($0) h" } ?? ""))
    #expect(found.start == DoseRate(ExactNumber(daily), .microgramsPerDay))
    #expect(found.findings.codes.contains(.missingField) == (lasted == nil))
  }

  @Test func `of morphine never exceeds the bolus, nor label, consensus or cap`() throws {
    // A tolerant patient: the consensus' 0.5 mg/day, unverified, is the lowest ceiling.
    let high = try match(tolerant, "bolus: 800 mcg, relief: 70 %, effect: 20 h")
    #expect(high.start == DoseRate(ExactNumber(1, over: 2), .milligramsPerDay))
    #expect(high.findings.codes.contains(.unverifiedSource) && high.findings.status == .review)
    let low = try match(tolerant, "bolus: 100 mcg, relief: 50 %, effect: 12 h")
    #expect(low.start == DoseRate(ExactNumber(1, over: 10), .milligramsPerDay))
    let capped = try match(naive, "bolus: 400 mcg, relief: 60 %")
    #expect(capped.start == DoseRate(ExactNumber(2, over: 10), .milligramsPerDay))
    #expect(capped.candidates.first?.reason == .rules)
  }

  @Test func `of a bolus that lasts two days is half of it a day`() throws {
    let found = try match(tolerant, "bolus: 100 mcg, relief: 60 %, effect: 48 h")
    #expect(found.start == DoseRate(50, .microgramsPerDay))
  }

  @Test func `of an infusion is its rate, and of an epidural trial a tenth`() throws {
    let rate = DoseRate(ExactNumber(3, over: 10), .milligramsPerDay)
    #expect(try match(tolerant, "rate: 0.3 mg/day, relief: 50 %").start == rate)
    let outside = try match(tolerant, "bolus: 3 mg, relief: 50 %", route: "epidural")
    #expect(outside.start == rate && outside.findings.codes.contains(.unverifiedSource))
  }

  @Test func `is rounded down`() throws {
    let found = try match(tolerant, "rate: 0.33339 mg/day, relief: 50 %")
    #expect(found.start == DoseRate(ExactNumber(333, over: 1_000), .milligramsPerDay))
  }

  @Test(arguments: [0.0, 0.3, 0.499]) func `does not follow from a trial without success`(relief: Double)
    throws
  {
    let found = try match(tolerant, "bolus: 100 mcg, relief: \(relief * 100) %")
    #expect(found.start == nil && found.findings.isBlocked && found.findings.codes.contains(.noResponse))
    #expect(found.candidates.isEmpty)
  }

  @Test func `needs to know how the trial went, a label's bolus and a start on record`() throws {
    #expect(try match(tolerant, "bolus: 100 mcg").findings.codes.contains(.missingField))
    let large = try match(tone, "bolus: 101 mcg, ashworth_drop: 3")
    #expect(large.start == nil && large.findings.codes.contains(.noResponse))
    let psychosis = try match(
      "drug: ziconotide\nindication: noncancer\npsychosis_history: yes", "bolus: 1 mcg, relief: 60 %")
    #expect(psychosis.start == nil && psychosis.findings.isBlocked)
  }

  @Test(arguments: 0..<200) func `is never above any candidate, whatever the trial`(seed: Int) throws {
    let drugs = ["morphine", "hydromorphone", "ziconotide", "fentanyl", "clonidine"]
    let drug = drugs[seed % drugs.count]
    let yaml =
      "drug: \(drug)\nindication: cancer\nopioid_tolerant: \(seed % 2 == 0 ? "yes" : "no")\npsychosis_history: no"
    let dose = ExactNumber(1 + seed * 37 % 5_000, over: [1, 2, 4, 5, 8][seed % 5])
    let given = seed % 3 == 0 ? "rate: \(dose) mcg/day" : "bolus: \(dose) mcg"
    let effect = seed % 4 == 0 ? "" : ", effect: \(1 + seed % 60) h"
    let found = try match(yaml, "\(given), relief: \(50 + seed % 5 * 10) %\(effect)")
    let start = try #require(found.start)
    #expect(found.candidates.count >= 2 && found.candidates.allSatisfy { start <= $0.dose })
    #expect(start <= DoseRate(dose, .microgramsPerDay))
  }
}
