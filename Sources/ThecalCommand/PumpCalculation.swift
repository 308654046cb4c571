import ArgumentParser
import Thecal
import ThecalServer

/// A pump command whose answer is a report: from the terminal or over HTTP, by the same flags.
protocol PumpCalculation: ServedCommand {
  /// The pump and the form of the answer.
  var options: PumpOptions { get }

  /// Computes.
  func report() throws -> PumpReport
}

extension PumpCalculation {
  mutating func run() throws { try options.show(report()) }

  func forms() throws -> [String: @Sendable () throws -> [UInt8]] { try reportForms() }

  /// The report as JSON, as text or worksheet, and as a page.
  func reportForms() throws -> [String: @Sendable () throws -> [UInt8]] {
    let report = try report()
    let sheet = options.worksheet
    return [
      ServedType.json: { Array((report.answer.json + "\n").utf8) },
      ServedType.text: { Array((PumpOptions.text(report, asWorksheet: sheet) + "\n").utf8) },
      ServedType.page: { Array(try report.html.utf8) },
    ]
  }
}
