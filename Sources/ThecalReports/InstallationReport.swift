import ThecalDosing
import ThecalFormulary
public import ThecalStudy

/// Whether an installation works, check by check, and what to do about each failure.
public struct InstallationReport: Sendable {
  /// One thing that was tried.
  private struct Check: Sendable {
    let name: String
    let passed: Bool
    let detail: String
  }

  private let engine: String
  private let checks: [Check]

  /// What `found` says of the installation of the engine named `engine`.
  public init(_ found: InstallationCheck, engine: String) {
    self.engine = engine
    let overdue = found.overdueTables.map(TableCatalog.overdue)
    checks = [
      Check(
        name: "data", passed: found.damagedFiles.isEmpty,
        detail: found.damagedFiles.isEmpty
          ? "every embedded file has the checksum of the manifest"
          : "\(found.damagedFiles.joined(separator: ", ")) changed: build again from a clean checkout"),
      Check(
        name: "tables", passed: overdue.isEmpty,
        detail: overdue.isEmpty
          ? "no table is past its day of review"
          : "\(overdue.joined(separator: "; ")): check for newer editions"),
      Check(name: "lapack", passed: found.isExact, detail: Self.algebra(found)),
      Check(
        name: "netcdf", passed: !found.netCDF.isEmpty,
        detail: found.netCDF.isEmpty
          ? "does not answer; install it (Debian: apt-get install libnetcdf-dev)"
          : "version \(found.netCDF)"),
      Check(
        name: "gnuplot", passed: found.gnuplot != nil,
        detail: found.gnuplot
          ?? "not found: --plot needs it; install it (Debian: apt-get install gnuplot-nox)"),
    ]
  }

  private static func algebra(_ found: InstallationCheck) -> String {
    guard let level = found.level else {
      return "does not answer; install it (Debian: apt-get install liblapacke-dev libopenblas-dev)"
    }
    return found.isExact
      ? "a reference simulation comes out right"
      : "a reference simulation gives \(level) for \(InstallationCheck.knownLevel) ng/mL: reinstall OpenBLAS"
  }

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
      text: text, status: checks.contains { !$0.passed } ? .error : .ok,
      message: checks.filter { !$0.passed }.map { "\($0.name): \($0.detail)" }.joined(separator: "; "),
      fields: [AnswerField("version", .text(engine)), AnswerField("checks", .list(listed))])
  }
}
