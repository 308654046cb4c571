public import ThecalStudy
import ThecalTabular
import ThecalTransport

extension SimulationJob {
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
