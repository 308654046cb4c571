import ArgumentParser
import Thecal

/// The form in which a tool's answer is printed.
struct PumpForm: ParsableArguments {
  @Flag(help: "Say nothing beside the answer.")
  var quiet = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(help: ArgumentHelp("Write the answer as a page, its curves as tables.", valueName: "file.html"))
  var page: String?

  @Flag(help: "Print a blank sheet for an independent recheck, then the answer sheet.")
  var worksheet = false

  /// Prints `report` in the form asked for; a refusal ends the command with code 1.
  func show(_ report: PumpReport) throws {
    if let page { try OutputGuard.write(try report.html, to: page) }
    if json {
      try Terminal.print(report.answer.json)
    } else {
      try Terminal.print(Self.text(report, asWorksheet: worksheet))
    }
    if report.outcome.isRefused { throw ExitCode(1) }
  }

  /// The report in words, behind a blank sheet where one is asked for.
  static func text(_ report: PumpReport, asWorksheet: Bool) -> String {
    asWorksheet ? "\(report.blankSheet)\n\n\u{0C}\n\(report.text)" : report.text
  }
}
