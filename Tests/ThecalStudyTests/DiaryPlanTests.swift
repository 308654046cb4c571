import Testing
import ThecalDosing
import ThecalReports
import ThecalScenario
import ThecalTitration
import _ThecalTestSupport

@testable import ThecalStudy

private let plan = """
  drug: morphine
  indication: noncancer
  opioid_tolerant: yes
  age_years: 50
  baseline: 8
  target: {relief: 50 %}

  """

private func titration(_ yaml: String, _ texts: [String: String] = [:]) throws -> TitrationPlan {
  let course = try TitrationFile(yaml: yaml, named: "plan.yaml", NamedTexts(texts)).course()
  guard case .titration(let plan) = course.kind else { throw WrongKind() }
  return plan
}

private struct WrongKind: Error {}

/// A plan that reads its scores from a diary of one line a day.
private func titration(diary pains: [(dose: Double, pain: Double)]) throws -> TitrationPlan {
  let rows = pains.enumerated().map { day, seen in
    "2026-01-\(day + 11),\(seen.pain),\(seen.dose) mg/day"
  }
  let table = (["date,pain,dose"] + rows).joined(separator: "\n") + "\n"
  return try titration(plan + "diary: d.csv\n", ["d.csv": table])
}

private let doses = [0.3, 0.35, 0.4, 0.5, 0.6, 0.7]

@Suite struct `A plan with a diary` {
  /// The patient wins over the model, whoever wrote the scores down.
  @Test func `learns from its scores what it learns from the same scores as observations`() throws {
    let pains = [7.0, 6.5, 6, 5, 4.5, 4]
    let diary = try titration(diary: zip(doses, pains).map { (dose: $0, pain: $1) })
    let rows = zip(doses, pains).enumerated().map { day, seen in
      "  - {day: \(day + 1), dose: \(seen.0) mg/day, pain: \(seen.1)}"
    }
    let observed = try titration(plan + "observations:\n" + rows.joined(separator: "\n") + "\n")
    #expect(diary.learned == observed.learned && diary.learned?.scores == 6)
    #expect(diary.days == observed.days && diary.next == observed.next)
    #expect(diary.findings == observed.findings)
  }

  @Test func `moves the level of half the effect where the scores are worse at the same doses`() throws {
    func half(_ pains: [Double]) throws -> Double {
      let plan = try titration(diary: zip(doses, pains).map { (dose: $0, pain: $1) })
      return try #require(plan.learned).half.estimate
    }
    #expect(try half([7.9, 7.8, 7.7, 7.5, 7.4, 7.2]) > 2 * half([6, 5, 4, 3, 2.5, 2]))
  }

  @Test func `says where its scores and the model do not fit`() throws {
    let wild = try titration(diary: zip(doses, [1.0, 9, 1, 9, 1, 9]).map { (dose: $0, pain: $1) })
    #expect(wild.findings.codes.contains(.modelMisfit) && wild.findings.status == .review)
    let calm = try titration(diary: zip(doses, [7, 6.5, 6, 5, 4.5, 4]).map { (dose: $0, pain: $1) })
    #expect(!calm.findings.codes.contains(.modelMisfit))
  }

  @Test func `names the files that it was made from, over none of which its schedule is written`() throws {
    let folder = Folder()
    folder.write("d.csv", "date,pain,dose\n2026-01-01,7,0.3 mg/day\n2026-01-02,6.5,0.35 mg/day\n")
    let path = folder.write("p.yaml", plan + "diary: d.csv\n")
    let file = try TitrationFile(path: path)
    #expect(file.inputs == [path, folder.file("d.csv")])
    #expect(file.scenario.request.observations.map(\.pain) == [7, 6.5])
    #expect(throws: SimulationProblem.self) { try file.course().report.write(to: path) }
  }

  @Test func `takes no diary from outside its folder`() throws {
    let folder = Folder()
    let path = folder.write("p.yaml", plan + "diary: ../d.csv\n")
    let error = #expect(throws: SimulationProblem.self) { try TitrationFile(path: path) }
    #expect(error?.exitCode == 65 && error?.line == 7)
    #expect(error?.message.contains("lies outside the folder of this file") == true)
  }
}
