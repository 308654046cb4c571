import ThecalConversion
import ThecalDosing
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
        Finding(
          ReadingTopic.unknownPump, .pumpData, .review,
          [.text(cells.device ?? ""), .list(Formulary.embedded.devices.map { .text($0.id) })],
          at: Place(field: InputColumn.pump.name)))
      return
    }
    var request = PumpColumns.Request(
      device: device, drug: PumpDrug(named: target), dose: start, concentration: concentration)
    request.reservoir = cells.reservoir
    request.alarm = cells.alarmVolume
    request.fillDate = cells.fillDate
    let columns = PumpColumns(request)
    pump = PumpResult(flow: columns.flow, refillBy: columns.refillBy)
    for finding in columns.findings { conversion.add(finding.weighing(min(finding.severity, .review))) }
  }
}
