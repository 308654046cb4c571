import Testing
import ThecalDosing
import ThecalKinetics
import ThecalReports
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalStudy

/// Morphine at T10: a bolus, then a rate.
private let yaml = """
  drug: morphine
  catheter: {tip: T10}
  program: [{at: 0 h, bolus: 0.1 mg}, {at: 0 h, rate: 0.4 mg/day}]
  cells: 60
  output: {every: 12 h, until: 2 day, at: [tip, L4]}
  """

private func job(_ yaml: String = yaml, isSteady: Bool = false) throws -> SimulationJob {
  try SimulationJob(yaml: yaml, named: "s.yaml", isSteady: isSteady)
}

@Suite struct `A scenario that is computed` {
  @Test func `has levels at each site and time, exposures, and no finding where no rule speaks`() throws {
    let job = try job()
    #expect(job.result.times_h == [0, 12, 24, 36, 48] && job.result.siteNames == ["tip", "L4"])
    #expect(job.result.concentrations_ng_per_mL.map(\.count) == [5, 5])
    #expect(job.exposures?.count == 2 && job.findings.all.isEmpty && job.yaml == yaml)
  }

  @Test func `held for ever is one level a site, and has no exposure`() throws {
    let steady = try job(isSteady: true)
    #expect(steady.result.concentrations_ng_per_mL.map(\.count) == [1, 1] && steady.exposures == nil)
  }

  @Test func `is the same from a file and from memory`() throws {
    let folder = Folder()
    let read = try SimulationJob(path: folder.write("s.yaml", yaml))
    #expect(read.result.concentrations_ng_per_mL == (try job().result.concentrations_ng_per_mL))
  }

  @Test func `has levels along the canal, in parts that lie in its middle`() throws {
    let job = try job()
    let course = try job.alongCanal(parts: 30)
    let length = job.simulation.canalLength_cm
    #expect(course.positions_cm.count == 30 && abs(course.positions_cm[0] - length / 60) < 1e-12)
    #expect(abs(course.positions_cm[29] - length * 59 / 60) < 1e-9)
    #expect(course.levels_ng_per_mL.allSatisfy { $0.count == 5 })
    let fine = try job.alongCanal().levels_ng_per_mL
    #expect(fine.count == 120)
    let tip = job.simulation.tipPosition_cm
    let nearest = course.positions_cm.indices.min {
      abs(course.positions_cm[$0] - tip) < abs(course.positions_cm[$1] - tip)
    }
    let top = course.levels_ng_per_mL.indices.max {
      course.levels_ng_per_mL[$0][4] < course.levels_ng_per_mL[$1][4]
    }
    // A steady rate is highest where it is given.
    #expect(abs((nearest ?? 0) - (top ?? 99)) <= 1)
  }
}

@Suite struct `A study that is not there` {
  @Test func `names the line of what is wrong in its file`() {
    let error = #expect(throws: SimulationProblem.self) {
      try job(yaml.replacing("cells", with: "cels"))
    }
    #expect(error?.exitCode == 65 && error?.line == 4 && error?.findings.isEmpty == true)
    guard case .fault(let words)? = error?.cause else { Issue.record("no fault"); return }
    #expect(words.hasPrefix("s.yaml:4: cels") && error?.message == words)
  }

  @Test func `for what the rules refuse carries their findings, and its words are theirs`() {
    let error = #expect(throws: SimulationProblem.self) {
      try job(yaml.replacing("0.4 mg/day", with: "400 mg/day"))
    }
    #expect(error?.exitCode == 1 && error?.line == nil)
    #expect(error?.findings.contains { $0.severity >= .blocked } == true)
    #expect(error?.message.isEmpty == false)
  }

  @Test(arguments: ["vincristine", "Vincristine"])
  func `is refused for a drug that must never be there, before anything else`(drug: String) {
    let error = #expect(throws: SimulationProblem.self) { try SimulationProblem.refuseForbidden(drug) }
    #expect(error?.findings.map(\.code) == [.neverIntrathecal] && error?.exitCode == 1)
    #expect(throws: Never.self) { try SimulationProblem.refuseForbidden("morphine") }
  }

  @Test func `says of parameters and events what is wrong by value, and in words elsewhere`() {
    let missing = #expect(throws: SimulationProblem.self) { try KineticStudy(.init(model: "iv1")) }
    guard case .kinetics? = missing?.cause else { Issue.record("no problem of a model"); return }
    #expect(missing?.exitCode == 64 && missing?.message.hasPrefix("iv1 needs CL") == true)
  }
}
