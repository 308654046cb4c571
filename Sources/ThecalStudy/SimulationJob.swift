package import ThecalDosing
import ThecalScenario
import ThecalTabular
public import ThecalTransport

extension SimulationScenario {
  /// Reads `yaml`, which errors call `name`, and what the clinical rules say of its doses, none of which they refuse.
  static func allowed(
    _ yaml: String, named name: String
  ) throws(SimulationProblem) -> (SimulationScenario, Findings) {
    let scenario: SimulationScenario
    do throws(ScenarioError) { scenario = try SimulationScenario(yaml: yaml, file: name) } catch {
      throw SimulationProblem(error)
    }
    let findings = scenario.findings
    if findings.isRefused { throw SimulationProblem(refusedFor: findings) }
    return (scenario, findings)
  }
}

/// A scenario file on its way to results.
public struct SimulationJob: Sendable {
  /// The simulation that the file describes.
  public let simulation: Simulation
  /// What it gave.
  public let result: SimulationResult
  /// What the clinical rules say of the doses.
  package let findings: Findings
  /// What the programme amounts to at each site; nil for a steady state, and where there is none at a site.
  package let exposures: [Exposure?]?
  /// The file.
  package let path: String
  /// The text of the scenario.
  package let yaml: String

  /// Reads the scenario at `path` (`-` for standard input) and computes it; with `isSteady`, the level that the
  /// last rate settles at.
  public init(path: String, isSteady: Bool = false) throws(SimulationProblem) {
    try self.init(
      yaml: try path.hasSuffix(".nc") ? Self.text(inResult: path) : readText(path),
      named: nameOfInput(path), path: path, isSteady: isSteady)
  }

  /// Reads the scenario `yaml`, which errors call `name`, and computes it.
  public init(yaml: String, named name: String, isSteady: Bool = false) throws(SimulationProblem) {
    try self.init(yaml: yaml, named: name, path: name, isSteady: isSteady)
  }

  private init(yaml: String, named name: String, path: String, isSteady: Bool) throws(SimulationProblem) {
    let scenario: SimulationScenario
    (scenario, findings) = try SimulationScenario.allowed(yaml, named: name)
    do throws(ScenarioError) { simulation = try Simulation(scenario) } catch {
      throw SimulationProblem(error)
    }
    do {
      result = try isSteady ? simulation.steadyState() : simulation.run()
      exposures = try isSteady ? nil : simulation.exposures()
    } catch {
      throw SimulationProblem(message: "\(path): \(error.explanation)", exitCode: 65)
    }
    self.path = path
    self.yaml = yaml
  }

  /// The scenario of which the file at `path` holds the result.
  private static func text(inResult path: String) throws(SimulationProblem) -> String {
    do {
      if case .text(let text)? = try NetCDFReader(path: path).schema.attribute("scenario") { return text }
    } catch {
      throw SimulationProblem(message: error.description, exitCode: error.exitCodeOfReading)
    }
    throw SimulationProblem(message: "\(path): it holds no scenario", exitCode: 65)
  }
}
