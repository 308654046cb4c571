import ThecalFormulary
import ThecalQuantities

extension ExposureRisk {
  /// What the models add to the counts of one effect.
  func entries(_ effect: HarmRecords.Effect, of assessment: RiskAssessment) -> [RiskAssessment.Entry] {
    switch effect.id {
    case "inadequate_relief":
      guard let model = self.effect else { return [] }
      let goal =
        model.record.effect == "relief"
        ? "relief below half" : "Ashworth score above \(ClinicalText.number(limit))"
      var found = [inadequate().map { entry(effect, $0, model, "Predicted: \(goal).") }].compactMap(\.self)
      if request.interruption != nil, case .continuous = request.dose, let after = inadequate(afterGap: true)
      {
        found.append(entry(effect, after, model, "Predicted at the end of the interruption: \(goal)."))
      }
      return found
    case "respiratory_depression":
      guard let model = toxic, let share = toxicShare() else { return [] }
      return [
        entry(
          effect, share, model,
          "Predicted from the level in the cranial pool and its lag, calibrated on single injections in patients "
            + "without tolerance.")
      ]
    default: return []
    }
  }

  private var limit: ExactNumber { limits.ashworth.value }

  private func entry(
    _ effect: HarmRecords.Effect, _ share: ClosedEstimate, _ model: EffectModel, _ message: String
  ) -> RiskAssessment.Entry {
    var entry = RiskAssessment.Entry(
      effect: effect.id, direction: effect.direction,
      population: "\(count) virtual patients, seed \(seed), catheter at \(request.tip.uppercased())",
      regimen: "model")
    (entry.probability, entry.low, entry.high) = (share.value, share.low, share.high)
    entry.hasDoseResponse = true
    entry.message =
      message + " The interval is that of drawing \(count) people; the model's own error is not in it."
    entry.sources = Set(model.figures.map(\.source) + ["thecal_transport_fit"]).sorted()
    entry.isVerified = model.figures.allSatisfy(\.isVerified)
    return entry
  }
}
