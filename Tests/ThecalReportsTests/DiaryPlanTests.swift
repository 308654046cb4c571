import Testing
import ThecalScenario
import ThecalTitration

@testable import ThecalReports

private let plan = """
  drug: morphine
  indication: noncancer
  opioid_tolerant: yes
  age_years: 50
  baseline: 8
  target: {relief: 50 %}

  """

/// A plan that reads its scores from a diary of one line a day.
private func answer(diary pains: [(dose: Double, pain: Double)]) throws -> Answer {
  let rows = pains.enumerated().map { day, seen in
    "2026-01-\(day + 11),\(seen.pain),\(seen.dose) mg/day"
  }
  let table = (["date,pain,dose"] + rows).joined(separator: "\n") + "\n"
  return try TitrationFile(yaml: plan + "diary: d.csv\n", named: "plan.yaml", NamedTexts(["d.csv": table]))
    .report().answer
}

private let doses = [0.3, 0.35, 0.4, 0.5, 0.6, 0.7]

@Suite struct `A plan with a diary` {
  /// The patient wins over the model, whoever wrote the scores down.
  @Test func `learns from its scores what it learns from the same scores as observations`() throws {
    let pains = [7.0, 6.5, 6, 5, 4.5, 4]
    let diary = try answer(diary: zip(doses, pains).map { (dose: $0, pain: $1) })
    let rows = zip(doses, pains).enumerated().map { day, seen in
      "  - {day: \(day + 1), dose: \(seen.0) mg/day, pain: \(seen.1)}"
    }
    let observed = try TitrationFile(
      yaml: plan + "observations:\n" + rows.joined(separator: "\n") + "\n", named: "plan.yaml",
      NamedTexts([:])
    ).report().answer
    #expect(diary.json == observed.json)
    #expect(diary.text.contains("This patient, from 6 scores"))
  }

  @Test func `moves the level of half the effect where the scores are worse at the same doses`() throws {
    func half(_ pains: [Double]) throws -> Double {
      let read = try ReadAnswer(answer(diary: zip(doses, pains).map { (dose: $0, pain: $1) }))
      return try #require(read.number("patient.ec50_ng_per_mL.estimate"))
    }
    #expect(try half([7.9, 7.8, 7.7, 7.5, 7.4, 7.2]) > 2 * half([6, 5, 4, 3, 2.5, 2]))
  }

  @Test func `says where its scores and the model do not fit`() throws {
    let wild = try answer(diary: zip(doses, [1.0, 9, 1, 9, 1, 9]).map { (dose: $0, pain: $1) })
    #expect(wild.json.contains("MODEL_MISFIT") && wild.json.contains(#""status":"review""#))
    let calm = try answer(diary: zip(doses, [7, 6.5, 6, 5, 4.5, 4]).map { (dose: $0, pain: $1) })
    #expect(!calm.json.contains("MODEL_MISFIT"))
  }
}
