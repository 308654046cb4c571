import ThecalConversion
import ThecalQuantities

extension PatientResult {
  /// Fills flow and refill date from the start and what the pump columns say.
  mutating func fillPump(_ cells: PumpCells) {
    guard let start = conversion.start, let concentration = cells.concentration else { return }
    pump.flow = start / concentration
  }
}
