import Glibc
import ThecalFormulary
public import ThecalQuantities

/// Whether an installation works, check by check, and what to do about each failure.
public struct Examination: Sendable {
  /// One thing that was tried.
  private struct Check: Sendable {
    let name: String
    let passed: Bool
    let detail: String
  }

  private let engine: String
  private let checks: [Check]

  /// Examines this installation on the day `today`; `engine` names its version.
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
    let gnuplot = Examination.program("gnuplot")
    let plots = Check(
      name: "gnuplot", passed: gnuplot != nil,
      detail: gnuplot ?? "not found: --plot needs it; install it (Debian: apt-get install gnuplot-nox)")
    checks = [data, tables, plots]
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

  /// The first program of that name on the path.
  private static func program(_ name: String) -> String? {
    guard let path = getenv("PATH") else { return nil }
    return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
