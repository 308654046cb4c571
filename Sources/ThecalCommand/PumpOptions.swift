import ArgumentParser
import Thecal

/// What every pump command takes: the pump, figures of it that the user knows better, the form of the answer.
struct PumpOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The pump, by id, name or model number; an unknown one lists all.", valueName: "name"))
  var device = PumpDevice.usual

  @Option(
    help: ArgumentHelp("Instead of the device's lowest flow.", valueName: "flow"), transform: Flow.positive)
  var minFlow: Flow?

  @Option(
    help: ArgumentHelp("Instead of the device's highest flow.", valueName: "flow"), transform: Flow.positive)
  var maxFlow: Flow?

  @Option(
    help: ArgumentHelp("Instead of the device's accuracy, both ways.", valueName: "percent"),
    transform: Ratio.nonnegative)
  var accuracy: Ratio?

  @Option(
    help: ArgumentHelp("Instead of the device's residual volume.", valueName: "volume"),
    transform: Volume.nonnegative)
  var residual: Volume?

  @Flag(help: "Say nothing beside the answer.")
  var quiet = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(help: ArgumentHelp("Write the answer as a page, its curves as tables.", valueName: "file.html"))
  var page: String?

  @Flag(help: "Print a blank sheet for an independent recheck, then the answer sheet.")
  var worksheet = false

  mutating func validate() throws {
    if let accuracy, accuracy >= Ratio(1, .one) { throw ValidationError("--accuracy must be below 100 %.") }
    if Formulary.embedded.device(named: device) == nil {
      let known = Formulary.embedded.devices.map(\.id).joined(separator: ", ")
      throw ValidationError("The pump '\(device)' is not known; known are \(known).")
    }
  }

  /// The pump with the user's own figures.
  var pump: PumpDevice {
    var pump = PumpDevice(named: device) ?? PumpDevice(id: device, name: device)
    if let minFlow { pump.minimumFlow = Cited(stated: minFlow) }
    if let maxFlow { pump.maximumFlow = Cited(stated: maxFlow) }
    if let residual { pump.residual = Cited(stated: residual) }
    if let accuracy {
      pump.fastest = Cited(stated: accuracy)
      pump.slowest = Cited(stated: accuracy)
    }
    return pump
  }

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
