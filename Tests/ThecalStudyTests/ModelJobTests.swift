import Testing
import ThecalEstimation
import ThecalReports
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalStudy

private let scenario = WrittenFile.bolusAndRate

private func job(_ yaml: String = scenario, _ free: [String] = ["loss"]) throws -> ModelJob {
  try ModelJob(yaml: yaml, named: "scenario", free: free)
}

@Suite struct `A scenario with free parameters` {
  /// Two ways to the same levels: the model at the values of its scenario, and the scenario computed.
  @Test(arguments: [["loss"], ["loss", "catheter.tip", "program[1].rate"], ["height"]])
  func `is at its own values the scenario, computed`(free: [String]) throws {
    let model = try job(scenario, free).model
    var levels = Array(repeating: 0.0, count: model.size)
    let failures = model.values.withUnsafeBufferPointer { theta in
      levels.withUnsafeMutableBufferPointer { model.levels(theta, rows: 1, into: $0) }
    }
    #expect(failures.isEmpty)
    let result = try SimulationJob(yaml: scenario, named: "scenario").result
    let peak = result.concentrations_ng_per_mL.joined().max() ?? 0
    #expect(model.times_h == result.times_h && model.siteNames == result.siteNames && peak > 100)
    for (site, course) in result.concentrations_ng_per_mL.enumerated() {
      for (time, level) in course.enumerated() {
        #expect(abs(levels[time * model.siteNames.count + site] - level) < 1e-6 * peak)
      }
    }
  }

  @Test(arguments: [
    (["lost"], "'lost'"), ([], "each once"), (["loss", "loss"], "each once"),
    (["program[2].rate"], "program[2]"),
    (["program[0].rate"], "bolus"),
  ])
  func `is refused for what is no parameter of it`(free: [String], words: String) {
    let error = #expect(throws: SimulationProblem.self) { try job(scenario, free) }
    #expect(error?.exitCode == 65 && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [("1 mg/day", "1000 mg/day"), ("morphine", "vincristine"), ("0.25 mg", "250 mg")])
  func `is refused where the rules refuse its doses`(written: String, instead: String) {
    let error = #expect(throws: SimulationProblem.self) {
      try job(scenario.replacing(written, with: instead))
    }
    #expect(error?.exitCode == 1 && error?.findings.isEmpty == false, "\(error?.message ?? "")")
  }
}
