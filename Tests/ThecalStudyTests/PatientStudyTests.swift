import Testing
import ThecalBatch
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalPlan
import ThecalReports
import ThecalTitration
import _ThecalTestSupport

@testable import ThecalStudy

private let patient = WrittenFile.patient()

private func job(_ yaml: String) throws -> PlanJob {
  try PlanJob(yaml: yaml, named: "p.yaml", engine: "test", wording: ClinicalWording())
}

@Suite struct `A patient's file` {
  @Test func `becomes a conversion and a plan that rests on it`() throws {
    let job = try job(patient)
    #expect(!job.plan.isRefused && job.plan.start == job.row.conversion.start)
    #expect(job.converted.hasPrefix("{") && job.converted.hasSuffix("}") && !job.converted.contains("\n"))
  }

  @Test func `whose medicine is never converted has a plan without a dose`() throws {
    let job = try job(patient.replacing("morphine oral 60 mg bid", with: "methadone oral 20 mg tid"))
    #expect(job.plan.isRefused && job.row.conversion.findings.isRefused)
  }

  @Test(arguments: [
    ("opioid_days: 90", "opioid_dais: 90", "p.yaml:4"), ("[morphine oral 60 mg bid]", "[]", "p.yaml:5"),
    ("[morphine oral 60 mg bid]", "[morphine]", "p.yaml"),
  ])
  func `that cannot be read is no plan`(written: String, instead: String, place: String) {
    let error = #expect(throws: SimulationProblem.self) {
      try job(patient.replacing(written, with: instead))
    }
    #expect(
      error?.exitCode == 65 && error?.message.hasPrefix(place) == true, "\(error?.message ?? "")")
  }
}

@Suite struct `Facts about a candidate` {
  private func assessment(_ facts: String) throws -> CandidateAssessment {
    try CandidateJob(yaml: "indication: noncancer\ndrug: morphine\n\(facts)", named: "c.yaml").assessment
  }

  @Test func `are held against each line of the checklist`() throws {
    let found = try assessment("infection: yes\npositive_trial: 60 %\n")
    #expect(found.excluding.map(\.item.id) == ["infection"])
    #expect(found.lines.first { $0.item.id == "positive_trial" }?.verdict == .met)
    #expect(try assessment("infection: no\n").excluding.isEmpty)
  }

  @Test func `are not asked of a drug that must never be there`() {
    let error = #expect(throws: SimulationProblem.self) {
      try CandidateJob(yaml: "indication: cancer\ndrug: vincristine\n", named: "c")
    }
    #expect(error?.findings.first?.code == .neverIntrathecal)
  }
}
