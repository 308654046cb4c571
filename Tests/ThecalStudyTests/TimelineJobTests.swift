import Testing
import ThecalDosing
import ThecalPlan
import ThecalReports
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalStudy

private let example = ShippedExample.contents("timeline.yaml")

@Suite struct `A timeline that a file asks for` {
  /// What is taken beside the pump reaches the canal too: no level is lower for it, and some are higher.
  @Test func `has the levels of its programme, and what medicines beside the pump add`() throws {
    let lines = example.split(separator: "\n").filter { !$0.contains("take:") && !$0.contains("medications") }
    let bare = try TimelineJob(yaml: lines.joined(separator: "\n"), named: "t.yaml").timeline.levels
    let job = try TimelineJob(yaml: example, named: "timeline.yaml")
    let beside = job.timeline.levels
    #expect(bare.times_h == beside.times_h && bare.siteNames == beside.siteNames)
    #expect(!job.isBlocked && job.path == "timeline.yaml")
    for (own, whole) in zip(bare.concentrations_ng_per_mL, beside.concentrations_ng_per_mL) {
      let error = 1e-6 * (whole.max() ?? 0)
      #expect(!zip(own, whole).contains { $0 > $1 + error })
      #expect(zip(own, whole).contains { $1 > $0 + error })
    }
    let oral = job.timeline.oralMorphine_mg_per_day.compactMap(\.self)
    #expect(oral.first == 140 && oral.last == 0)
  }

  @Test func `is refused for a dose that no rule lets through, and has none`() throws {
    let yaml = example.replacing("rate: 0.2 mg/day", with: "rate: 200 mg/day")
    let job = try TimelineJob(yaml: yaml, named: "t.yaml")
    #expect(job.isBlocked && !job.timeline.findings.codes.isEmpty)
    let problem = #expect(throws: SimulationProblem.self) {
      try TimelineJob(yaml: example.replacing("drug: morphine", with: "drug: vincristine"), named: "t.yaml")
    }
    #expect(problem?.exitCode == 1 && problem?.findings.first?.code == .neverIntrathecal)
  }
}
