import Glibc
public import ThecalDosing
import ThecalScenario
import ThecalTabular
public import ThecalTransport

/// Why a simulation, or what it was to write, is not there: one line for a person, a number for a program.
public struct SimulationProblem: Error, Equatable, Sendable {
  /// What happened and what to do.
  public let message: String
  /// 65 the scenario is unusable, 66 there is none, 73 no output, 74 input or output failed.
  public let exitCode: Int32

  /// What the clinical rules refuse; empty for a problem of another kind.
  public let findings: [Finding]
  /// The line of the input that is wrong, counted from 1; nil where no line is to blame.
  public let line: Int?

  init(message: String, exitCode: Int32, line: Int? = nil) {
    self.message = message
    self.exitCode = exitCode
    self.line = line
    findings = []
  }

  /// What is wrong with a scenario, at its line, or what the clinical rules refuse of it.
  init(_ error: ScenarioError) {
    if error.refused.isEmpty {
      self.init(message: "\(error)", exitCode: 65, line: error.line)
    } else {
      self.init(refusedFor: Findings(error.refused))
    }
  }

  /// A refusal by the clinical rules.
  init(refusedFor findings: Findings) {
    self.findings = findings.all
    line = nil
    message = findings.all.filter { $0.severity >= .blocked }.map(\.text).joined(separator: " ")
    exitCode = 1
  }

  /// Refuses a drug that must never reach the cerebrospinal fluid, before anything else is asked of it.
  public static func refuseForbidden(_ drug: String) throws(SimulationProblem) {
    guard let never = DosingRules.standard.neverIntrathecal(drug.lowercased()) else { return }
    throw SimulationProblem(refusedFor: Findings([never]))
  }

  /// The refusal as an answer.
  public var answer: Answer {
    let refused = Findings(findings)
    return Answer(
      text: "Status: BLOCKED\n"
        + findings.map { "  \($0.code.map { "\($0.name): " } ?? "")\($0.text)" }.joined(separator: "\n"),
      status: refused.status.rawValue, codes: refused.codes.codes.map(\.name), message: message,
      sources: refused.sources, fields: [])
  }

  init(_ error: TabularError) { self.init(message: error.description, exitCode: error.exitCode) }
}

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
  let findings: Findings
  /// What the programme amounts to at each site; nil for a steady state, and where there is none at a site.
  let exposures: [Exposure?]?
  /// The file.
  let path: String
  /// The text of the scenario.
  let yaml: String

  /// Reads the scenario at `path` (`-` for standard input) and computes it; with `isSteady`, the level that the
  /// last rate settles at.
  public init(path: String, isSteady: Bool = false) throws(SimulationProblem) {
    try self.init(
      yaml: try path.hasSuffix(".nc") ? Self.text(inResult: path) : readText(path),
      named: path == "-" ? "standard input" : path, path: path, isSteady: isSteady)
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

  /// Writes the exposure at each site to `output` as CSV, complete or not at all.
  public func writeExposures(to output: String) throws(SimulationProblem) {
    guard let exposures else {
      throw SimulationProblem(message: "a steady state has no areas and peaks", exitCode: 64)
    }
    try writeWhole(
      ExposureTable(exposures: exposures).csv(siteNames: result.siteNames), to: output, inputs: [path])
  }

  /// The table as CSV.
  public var csv: [UInt8] { SimulationTable(result).csv }

  /// Writes the table to `output`, complete or not at all: NetCDF where the name ends in `.nc`, else CSV.
  public func write(to output: String, engine: String) throws(SimulationProblem) {
    guard output.hasSuffix(".nc") else {
      return try writeWhole(csv, to: output, inputs: [path])
    }
    do {
      try SimulationTable(result).writeNetCDF(
        to: output, input: path, drug: simulation.drug, engine: engine, scenario: yaml)
    } catch {
      throw SimulationProblem(error)
    }
  }
}

/// The text of the file at `path`, or of standard input for `-`.
func readText(_ path: String) throws(SimulationProblem) -> String {
  do { return try TextFile(path).text } catch { throw SimulationProblem(error) }
}
