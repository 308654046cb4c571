import Testing
import ThecalEstimation
import ThecalReports
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalStudy

private let example = ShippedExample.contents("fit.yaml")
private let measured = ShippedExample.contents("nordberg1984.csv")

private func fit(_ yaml: String = example, _ texts: [String: String] = ["nordberg1984.csv": measured]) throws
  -> FitJob
{
  try FitJob(yaml: yaml, named: "fit.yaml", NamedTexts(texts))
}

@Suite struct `A fit that a file asks for` {
  @Test func `is the same from a folder and from memory, and names what it read`() throws {
    let folder = Folder()
    folder.write("fit.yaml", example)
    folder.write("nordberg1984.csv", measured)
    let file = try FitJob(path: folder.file("fit.yaml"))
    let memory = try fit()
    #expect(file.estimation.estimates.map(\.value) == memory.estimation.estimates.map(\.value))
    #expect(file.estimation.objective == memory.estimation.objective)
    #expect(file.inputs == ["fit.yaml", "nordberg1984.csv"].map(folder.file) && memory.inputs.isEmpty)
    // The variance of a log-normal with a coefficient of variation of 30 % is ln 1.09.
    #expect(abs(memory.sigma * memory.sigma - 0.086177696241052) < 1e-12 && !memory.isPopulation)
    #expect(memory.ignored == ["source", "locator", "read"])
  }

  /// Levels that were computed with a known loss, with hardly an error, give that loss back.
  @Test(arguments: [2e-5, 5e-5]) func `finds the loss that made the levels`(loss: Double) throws {
    let scenario = """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.25 mg}]
      parameters: {loss: \(loss) 1/s}
      output: {every: 2 h, until: 12 h, at: [L3]}
      """
    let result = try SimulationJob(yaml: scenario, named: "s.yaml").result
    let rows = zip(result.times_h, result.concentrations_ng_per_mL[0]).filter { $0.0 > 0 }.map {
      time, level in
      "A,\(time) h,L3,\(level) ng/mL"
    }
    let yaml = """
      scenario: s.yaml
      data: d.csv
      estimate: [loss]
      error: {proportional: 1 %}
      prior: default
      random: none

      """
    let texts = [
      "s.yaml": scenario, "d.csv": (["subject,time,site,value"] + rows).joined(separator: "\n") + "\n",
    ]
    let found = try #require(try fit(yaml, texts).estimation.estimates.first)
    #expect(abs(found.value / loss - 1) < 0.01 && found.low < loss && loss < found.high, "\(found)")
  }

  @Test(arguments: [
    ("data: nordberg1984.csv", "data: other.csv", "other.csv"),
    ("estimate: [loss, dispersion_sac, cranial_volume]", "estimate: []", "fit.yaml:"),
    ("estimate: [loss, dispersion_sac, cranial_volume]", "estimate: [lost]", "lost"),
    ("proportional: 30 %", "proportional: -30 %", "fit.yaml:"),
    ("drug: morphine", "drug: morphin", "morphin"),
  ]) func `is refused with the place of what is wrong`(part: String, instead: String, said: String) {
    #expect(example.contains(part))
    let problem = #expect(throws: SimulationProblem.self) {
      try fit(example.replacing(part, with: instead))
    }
    #expect(problem?.exitCode == 65 && problem?.message.contains(said) == true, "\(problem?.message ?? "")")
  }

  @Test func `takes no file from outside its folder`() {
    let folder = Folder()
    folder.write("fit.yaml", example.replacing("data: nordberg1984.csv", with: "data: ../nordberg1984.csv"))
    let problem = #expect(throws: SimulationProblem.self) { try FitJob(path: folder.file("fit.yaml")) }
    #expect(problem?.exitCode == 65 && problem?.message.contains("outside") == true)
  }
}
