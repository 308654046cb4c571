extension DosingRecord {
  /// Throws where the record contradicts itself or the model, by the rules of NM-TRAN.
  func check(_ model: KineticModel) throws(DosingError) {
    guard isDose else { return try checkIdle() }
    guard amount_mg >= 0, amount_mg <= Self.mostAmount_mg else {
      throw fault(.outOfRange(column: "AMT", text: "\(amount_mg)", admitted: "from 0 to 1e15"))
    }
    guard (1...model.compartments).contains(compartment) else {
      throw fault(.unknownCompartment(compartment, known: model.compartments))
    }
    for (column, value) in [("II", interval_h), ("F", bioavailability ?? 1), ("ALAG", lag_h ?? 0)] {
      guard value >= 0, value.isFinite else {
        throw fault(.outOfRange(column: column, text: "\(value)", admitted: "not negative"))
      }
    }
    guard additional >= 0 else {
      throw fault(.outOfRange(column: "ADDL", text: "\(additional)", admitted: "not negative"))
    }
    try checkDelivery()
    if isEndless {
      guard interval_h == 0, additional == 0 else { throw fault(.endlessInfusion) }
      return
    }
    guard amount_mg > 0 else { throw fault(.noAmount) }
    let repeats = additional > 0 || steadyState != .none
    if interval_h > 0, !repeats { throw fault(.intervalWithoutDoses) }
    if repeats, interval_h == 0 { throw fault(.dosesWithoutInterval) }
  }

  /// A million tonnes, in a dose or an hour: sums of what is smaller stay numbers.
  private static let mostAmount_mg = 1e15

  /// Whether it is the steady state of an infusion that has gone on for ever, and ends here.
  var isEndless: Bool {
    if case .rate = delivery { steadyState != .none && amount_mg == 0 } else { false }
  }

  private func checkDelivery() throws(DosingError) {
    switch delivery {
    case .atOnce: break
    case .rate(let rate):
      guard rate > 0, rate <= Self.mostAmount_mg else {
        throw fault(.outOfRange(column: "RATE", text: "\(rate)", admitted: "positive, at most 1e15"))
      }
    case .over(let hours):
      guard hours > 0, hours.isFinite else {
        throw fault(.outOfRange(column: "D", text: "\(hours)", admitted: "positive"))
      }
    }
  }

  private func checkIdle() throws(DosingError) {
    if amount_mg != 0 { throw fault(.doseOnOther(column: "AMT")) }
    if delivery != .atOnce { throw fault(.doseOnOther(column: "RATE")) }
    if interval_h != 0 { throw fault(.doseOnOther(column: "II")) }
    if additional != 0 { throw fault(.doseOnOther(column: "ADDL")) }
    if steadyState != .none { throw fault(.doseOnOther(column: "SS")) }
  }

  /// A fault of this line.
  func fault(_ reason: DosingError.Reason) -> DosingError { DosingError(line: line, reason) }
}
