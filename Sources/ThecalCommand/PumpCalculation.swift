import ArgumentParser
import Thecal
import ThecalPumpTools
import ThecalServer

/// A tool around a pump as a command: from the terminal or over HTTP, by the same flags.
protocol PumpCalculation: ServedCommand {
  associatedtype Tool: PumpTool
  /// The flags that compute.
  var tool: Tool { get }
  /// The form of the answer.
  var form: PumpForm { get }
  /// The types in which HTTP gives it.
  static var types: [String] { get }
}

extension PumpCalculation {
  static var configuration: CommandConfiguration { Tool.configuration }

  static var types: [String] { [ServedType.json, ServedType.text, ServedType.page] }

  mutating func run() throws { try form.show(report()) }

  func forms() throws -> [String: @Sendable () throws -> [UInt8]] { try reportForms() }

  func report() throws -> PumpReport {
    do { return try tool.report() } catch let problem as PumpToolProblem {
      throw CommandFailure(problem)
    }
  }

  /// The report as JSON, as text or worksheet, and as a page.
  func reportForms() throws -> [String: @Sendable () throws -> [UInt8]] {
    let report = try report()
    let sheet = form.worksheet
    return [
      ServedType.json: { Array((report.answer.json + "\n").utf8) },
      ServedType.text: { Array((PumpForm.text(report, asWorksheet: sheet) + "\n").utf8) },
      ServedType.page: { Array(try report.html.utf8) },
    ]
  }
}

/// Any tool as a command.
struct PumpToolCommand<Tool: PumpTool>: PumpCalculation {
  @OptionGroup var tool: Tool
  @OptionGroup var form: PumpForm
}

/// `thecal pump refill`: a tool whose days make a calendar.
struct PumpRefillCommand: PumpCalculation {
  @OptionGroup var tool: PumpRefill
  @OptionGroup var form: PumpForm
  @Option(help: "Write a calendar file.") var ics: String?
  @Option(help: "Whose pump it is, for the calendar.") var patient: String?

  static var types: [String] { PumpToolCommand<PumpRefill>.types + [ServedType.calendar] }

  /// The days of the plan as a calendar.
  private var calendar: RefillCalendar { RefillCalendar([RefillCalendar.Entry(tool.plan, patient: patient)]) }

  mutating func run() throws {
    let calendar = calendar
    if let ics, !calendar.isEmpty {
      try OutputGuard.refuseOverlap(outputs: [ics, "-"], inputs: [])
      try OutputGuard.write(calendar.text, to: ics)
    }
    try form.show(report())
  }

  func forms() throws -> [String: @Sendable () throws -> [UInt8]] {
    var forms = try reportForms()
    let calendar = calendar
    if !calendar.isEmpty { forms[ServedType.calendar] = { Array(calendar.text.utf8) } }
    return forms
  }
}

extension PumpTool {
  /// The tool as a command.
  static var command: any PumpCalculation.Type {
    self == PumpRefill.self ? PumpRefillCommand.self : PumpToolCommand<Self>.self
  }
}
