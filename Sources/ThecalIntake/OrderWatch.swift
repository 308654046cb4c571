import ThecalDosing

/// Names an order that stands twice among those of a patient, as long as they stand together.
struct OrderWatch {
  private struct Order: Hashable {
    let drug: String
    let route: String
    let largest: Evidence?
  }

  private var patient = ""
  private var seen: [Order: Int] = [:]

  /// Adds a finding where the same medicine, way and daily amount were read before.
  mutating func check(_ medicine: inout IntakeMedicine) {
    if medicine.patient != patient { (patient, seen) = (medicine.patient, [:]) }
    guard medicine.outcome == .read else { return }
    let order = Order(drug: medicine.drug, route: medicine.route, largest: medicine.largest)
    if let line = seen[order] {
      medicine.findings.append(
        Finding(IntakeTopic.duplicateOrder, .duplicateRow, .review, [.text("\(line)")]))
    } else {
      seen[order] = medicine.line
    }
  }
}
