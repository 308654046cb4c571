import Glibc
import ThecalScenario
import ThecalTabular
public import ThecalTransport

/// Why a simulation, or what it was to write, is not there: one line for a person, a number for a program.
public struct SimulationProblem: Error, Equatable, Sendable {
  /// What happened and what to do.
  public let message: String
  /// 65 the scenario is unusable, 66 there is none, 73 no output, 74 input or output failed.
  public let exitCode: Int32

  init(message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  init(_ error: TabularError) { self.init(message: error.description, exitCode: error.exitCode) }
}

/// A scenario file on its way to results.
public struct SimulationJob: Sendable {
  /// The simulation that the file describes.
  public let simulation: Simulation
  /// What it gave.
  public let result: SimulationResult
  /// The file.
  let path: String

  /// Reads the scenario at `path` (`-` for standard input) and computes it; with `isSteady`, the level that the
  /// last rate settles at.
  public init(path: String, isSteady: Bool = false) throws(SimulationProblem) {
    let yaml = try readText(path)
    do {
      let scenario = try SimulationScenario(yaml: yaml, file: path == "-" ? "standard input" : path)
      simulation = try Simulation(scenario)
    } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
    do {
      result = try isSteady ? simulation.steadyState() : simulation.run()
    } catch {
      throw SimulationProblem(message: "\(path): \(error.explanation)", exitCode: 65)
    }
    self.path = path
  }

  /// Writes the table to `output`, complete or not at all: NetCDF where the name ends in `.nc`, else CSV.
  public func write(to output: String, engine: String) throws(SimulationProblem) {
    do {
      if output.hasSuffix(".nc") {
        try SimulationTable(result).writeNetCDF(
          to: output, input: path, drug: simulation.drug, engine: engine)
      } else {
        let file = try AtomicFile(path: output, inputs: [path])
        try file.write(SimulationTable(result).csv.span)
        try file.commit()
      }
    } catch {
      throw SimulationProblem(error)
    }
  }
}

/// The text of the file at `path`, or of standard input for `-`.
func readText(_ path: String) throws(SimulationProblem) -> String {
  do { return try TextFile(path).text } catch { throw SimulationProblem(error) }
}
