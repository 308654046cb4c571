import Glibc
import ThecalFormulary
public import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTransport

/// Whether an installation works, check by check, and what to do about each failure.
public struct InstallationCheck: Sendable {
  /// One thing that was tried.
  private struct Check: Sendable {
    let name: String
    let passed: Bool
    let detail: String
  }

  private let engine: String
  private let checks: [Check]

  /// Checks this installation on the day `today`; `engine` names its version.
  public init(engine: String, today: CalendarDate) {
    self.engine = engine
    let overdue = TableCatalog(.embedded).overdue(on: today)
    let tables = Check(
      name: "tables", passed: overdue.isEmpty,
      detail: overdue.isEmpty
        ? "no table is past its day of review"
        : "\(overdue.joined(separator: "; ")): check for newer editions")
    let damaged = Formulary.embedded.verifyChecksums()
    let data = Check(
      name: "data", passed: damaged.isEmpty,
      detail: damaged.isEmpty
        ? "every embedded file has the checksum of the manifest"
        : "\(damaged.map(\.file).joined(separator: ", ")) changed: build again from a clean checkout")
    let gnuplot = Self.program("gnuplot")
    let plots = Check(
      name: "gnuplot", passed: gnuplot != nil,
      detail: gnuplot ?? "not found: --plot needs it; install it (Debian: apt-get install gnuplot-nox)")
    let netCDF = FileLibraries.netCDFVersion
    let files = Check(
      name: "netcdf", passed: !netCDF.isEmpty,
      detail: netCDF.isEmpty
        ? "does not answer; install it (Debian: apt-get install libnetcdf-dev)" : "version \(netCDF)")
    checks = [data, tables, Self.lapack(), files, plots]
  }

  /// Whether anything failed.
  public var hasFailures: Bool { checks.contains { !$0.passed } }

  /// A line for each check.
  public var text: String {
    ([engine] + checks.map { ($0.passed ? "ok    " : "FAIL  ") + $0.name.padded(to: 12) + $0.detail }).joined(
      separator: "\n")
  }

  /// The checks for a program.
  public var answer: Answer {
    let listed = checks.map { check in
      AnswerValue.object([
        AnswerField("name", .text(check.name)), AnswerField("passed", .flag(check.passed)),
        AnswerField("detail", .text(check.detail)),
      ])
    }
    return Answer(
      text: text, status: hasFailures ? "error" : "ok",
      message: checks.filter { !$0.passed }.map { "\($0.name): \($0.detail)" }.joined(separator: "; "),
      fields: [AnswerField("version", .text(engine)), AnswerField("checks", .list(listed))])
  }

  /// Whether LAPACK answers, and rightly: the level one hour after a bolus, which is known to five digits.
  private static func lapack() -> Check {
    let yaml = """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.25 mg}]
      output: {every: 1 h, until: 1 h, at: [L3]}
      """
    let known = 3497.4  // ng/mL; the reference answer on a fine grid
    guard let scenario = try? SimulationScenario(yaml: yaml, file: "doctor"),
      let result = try? Simulation(scenario).run(), let level = result.concentrations_ng_per_mL.last?.last
    else {
      return Check(
        name: "lapack", passed: false,
        detail: "does not answer; install it (Debian: apt-get install liblapacke-dev libopenblas-dev)")
    }
    let error = abs(level / known - 1)
    return Check(
      name: "lapack", passed: error < 0.005,
      detail: error < 0.005
        ? "a reference simulation comes out right"
        : "a reference simulation gives \(level) for \(known) ng/mL: reinstall OpenBLAS")
  }

  /// The first program of that name on the path.
  private static func program(_ name: String) -> String? {
    guard let path = getenv("PATH") else { return nil }
    return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
