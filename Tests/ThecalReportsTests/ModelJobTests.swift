import Testing
import ThecalScenario
import ThecalStudy
import _ThecalTestSupport

@testable import ThecalReports

private let scenario = WrittenFile.bolusAndRate

private func job(_ yaml: String = scenario, _ free: [String] = ["loss", "catheter.tip", "program[1].rate"])
  throws
  -> ModelJob
{
  try ModelJob(yaml: yaml, named: "scenario", free: free)
}

@Suite struct `What a model says of itself` {
  @Test func `is each free parameter in the order asked for, with its unit and the value of the scenario`()
    throws
  {
    let answer = try ReadAnswer(job().answer)
    #expect(answer.text("drug") == "morphine" && answer.count("parameters") == 3)
    #expect(
      (0..<3).map { answer.text("parameters.\($0).key") } == ["loss", "catheter.tip", "program[1].rate"])
    #expect(answer.text("parameters.0.unit") == "1/s" && answer.text("parameters.1.unit") == "cm")
    #expect(abs((answer.number("parameters.0.value") ?? 0) * 3_600 - 0.1) < 1e-9)
    let tip = try ReadAnswer(job(scenario.replacing("tip: L3", with: "tip: 45 cm")).answer)
    #expect(tip.number("parameters.1.value") == 45)
  }

  @Test func `is how exact it is: what time costs and what the grid costs, and both`() throws {
    let answer = try ReadAnswer(job().answer)
    let (time, grid) = (answer.number("time_error") ?? 0, answer.number("grid_error") ?? 0)
    #expect(time > 0 && time < 1e-6 && grid > time)
    #expect(abs((answer.number("error_bound") ?? 0) - time - grid) < 1e-12)
    let finer = try ReadAnswer(job(scenario.replacing("cells: 60", with: "cells: 400")).answer)
    #expect((finer.number("grid_error") ?? 1) < grid / 4)
  }

  @Test func `is fit for use where no rule speaks against its doses, and names its sources`() throws {
    let answer = try job().answer
    let read = try ReadAnswer(answer)
    #expect(read.status == "ok" && read.codes.isEmpty && read.message.isEmpty)
    #expect(
      answer.sources.contains("nordberg1984") && answer.sources.contains("hogan1996"), "\(answer.sources)")
  }
}
