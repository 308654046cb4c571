import ThecalConversion
import ThecalFormulary
import ThecalQuantities
import ThecalResponse

/// The two worst risks of too much and of too little at a patient's start, as cells of a row.
///
/// Worst means most harmful, by the order in which `thecal risk` lists them, among those with a figure; of several populations the one in
/// which the effect was seen most. Each cell names its population, because none of them is this patient's.
struct RiskColumns {
  /// The names of the columns.
  static let names = ["risk_over_1", "risk_over_2", "risk_under_1", "risk_under_2"]

  private let formulary: Formulary
  private let wording: any ResultWording
  private var known: [String: [String]] = [:]

  init(_ formulary: Formulary, _ wording: any ResultWording) {
    self.formulary = formulary
    self.wording = wording
  }

  /// The cells for a result; empty where there is no start.
  mutating func cells(_ conversion: Conversion, target: String) -> [String] {
    guard let start = conversion.start, start > .zero else { return Self.names.map { _ in "" } }
    let key = "\(target) \(start.exactValue(in: .microgramsPerDay).plainText)"
    if let cells = known[key] { return cells }
    var request = RiskRequest(drug: target, dose: .continuous(start))
    request.patients = 0  // counts alone: a model for every row would say less and cost more
    let entries = (try? RiskAssessment(request, formulary: formulary))?.entries ?? []
    let cells =
      worst(entries.filter { $0.direction != "under" }) + worst(entries.filter { $0.direction == "under" })
    known[key] = cells
    return cells
  }

  private func worst(_ entries: [RiskAssessment.Entry]) -> [String] {
    var effects: [String] = []
    // What has a figure comes first; what is only known to occur fills up.
    for entry in entries.filter({ $0.probability != nil }) + entries where !effects.contains(entry.effect) {
      effects.append(entry.effect)
    }
    let cells = effects.prefix(2).compactMap { effect in
      entries.filter { $0.effect == effect }.max { ($0.probability ?? -1) < ($1.probability ?? -1) }
    }.map(wording.text)
    return cells + Array(repeating: "", count: 2 - cells.count)
  }
}
