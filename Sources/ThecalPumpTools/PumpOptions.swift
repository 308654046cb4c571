import ArgumentParser
import Thecal

/// What every tool takes: the pump, and figures of it that the user knows better.
package struct PumpOptions: ParsableArguments {
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

  package init() {}

  package mutating func validate() throws {
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
}
