import ThecalConversion
import ThecalFormulary
import ThecalPump
import ThecalQuantities

extension PatientResult {
  /// Fills flow and refill date from the start and what the pump columns say.
  ///
  /// A pump that cannot do it takes nothing away from the dose: its columns stay empty and the row is `review`.
  mutating func fillPump(_ cells: PumpCells) {
    guard let start = conversion.start, let concentration = cells.concentration else { return }
    guard let device = PumpDevice(named: cells.device ?? PumpDevice.usual) else {
      conversion.add(
        Notice(
          .review, .pumpData,
          "pump: '\(cells.device ?? "")' is not known; known are "
            + Formulary.embedded.devices.map(\.id).joined(separator: ", ") + "."))
      return
    }
    var request = PumpColumns.Request(
      device: device, drug: PumpDrug(named: target), dose: start, concentration: concentration)
    request.reservoir = cells.reservoir
    request.alarm = cells.alarmVolume
    request.fillDate = cells.fillDate
    let columns = PumpColumns(request)
    pump = PumpResult(flow: columns.flow, refillBy: columns.refillBy)
    for finding in columns.findings {
      let code = ConversionCode(name: finding.code) ?? .pumpData
      conversion.add(
        Notice(
          finding.severity >= .review ? .review : .ok, finding.severity >= .review ? code : nil,
          finding.message))
    }
  }
}
