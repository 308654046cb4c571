import ThecalFormulary
import ThecalQuantities
import ThecalResponse

extension SweepOutput {
  /// What stands against this output at the doses of a programme, each once; empty where nothing does.
  func objections(to schedule: DeliverySchedule) -> String {
    guard let gate else { return "" }
    let doses =
      schedule.boluses.map { RiskRequest.Dose.single($0.mass) } + schedule.rates.map { .continuous($0.rate) }
    var texts: [String] = []
    for objection in doses.flatMap(gate.objections) {
      let text = Self.text(objection)
      if !texts.contains(text) { texts.append(text) }
    }
    return texts.joined(separator: ", ")
  }

  private static func text(_ objection: ProgrammeGate.Objection) -> String {
    switch objection {
    case .count(let row): row.standing
    case .mean(let row): "a mean of \(row.mean.value) % (\(row.mean.citation.source))"
    case .beyond(let dose): "nobody without tolerance was counted near a dose beyond \(dose) mcg"
    }
  }
}
