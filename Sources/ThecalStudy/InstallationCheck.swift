import Glibc
package import ThecalFormulary
public import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTransport

/// Whether an installation works, check by check.
public struct InstallationCheck: Sendable {
  /// A file of the data whose bytes are not those of the manifest; its name.
  package let damagedFiles: [String]
  /// Tables past their day of review.
  package let overdueTables: [OralEquivalentTable]
  /// Where gnuplot is; nil where it is not on the path.
  package let gnuplot: String?
  /// The version of NetCDF; empty where the library does not answer.
  package let netCDF: String
  /// The level one hour after a bolus by this installation, ng/mL; nil where LAPACK does not answer.
  package let level: Double?

  /// What that level is, ng/mL: the reference answer on a fine grid.
  package static let knownLevel = 3497.4
  /// How far off it may be, as a share.
  private static let tolerance = 0.005

  /// Checks this installation on the day `today`.
  public init(today: CalendarDate) {
    damagedFiles = Formulary.embedded.verifyChecksums().map(\.file)
    overdueTables = Formulary.embedded.overdueTables(on: today)
    gnuplot = Self.program("gnuplot")
    netCDF = FileLibraries.netCDFVersion
    level = Self.bolus()
  }

  /// Whether the reference simulation comes out right.
  package var isExact: Bool { level.map { abs($0 / Self.knownLevel - 1) < Self.tolerance } ?? false }

  /// Whether anything failed.
  public var hasFailures: Bool {
    !damagedFiles.isEmpty || !overdueTables.isEmpty || gnuplot == nil || netCDF.isEmpty || !isExact
  }

  /// The level one hour after a bolus, which takes LAPACK; nil where that does not answer.
  private static func bolus() -> Double? {
    let yaml = """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.25 mg}]
      output: {every: 1 h, until: 1 h, at: [L3]}
      """
    guard let scenario = try? SimulationScenario(yaml: yaml, file: "doctor"),
      let result = try? Simulation(scenario).run()
    else { return nil }
    return result.concentrations_ng_per_mL.last?.last
  }

  /// The first program of that name on the path.
  private static func program(_ name: String) -> String? {
    guard let path = getenv("PATH") else { return nil }
    return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
