package import ThecalFormulary
import ThecalQuantities

/// What may be shown of an effect of a programme of injections and rates: the gate of `RiskAssessment`, asked for each of its doses.
package struct ProgrammeGate: Sendable {
  /// What stands against the model.
  package enum Objection: Sendable {
    /// A count, outside whose interval the model's share lies.
    case count(IncidenceCount)
    /// A mean relief of a series, among which the model's mean does not lie.
    case mean(EffectRecords.Effect.Reported)
    /// People without tolerance were counted up to half of this dose, µg, and to none beyond.
    case beyond(Double)
  }

  private let model: EffectModel
  private let fit: EffectFits.Model
  private let daily: DailyGate
  private let injections: ModelGate
  private let factor: Double
  private let largest: Double

  /// The gate of a model's effect or risk; nil where no count calibrates it, so that none can speak.
  package init?(_ model: EffectModel, of drug: String, in formulary: Formulary) {
    guard let fit = model.fit else { return nil }
    (self.model, self.fit) = (model, fit)
    // Injections are gated as of people without tolerance, for whom alone the risk after one is known.
    let isRisk = model.toxic != nil
    daily = DailyGate(
      effect: isRisk ? nil : model, toxic: isRisk ? model : nil, of: drug, isTolerant: nil, in: formulary)
    injections = ModelGate(
      isRisk ? model.record.effect : ModelProblem.tooLittle, of: drug, in: formulary)
    factor = model.factor(enough: formulary.harms.window) ?? 1
    let counted = formulary.incidence(of: model.record.effect, drug: drug).filter {
      $0.calibrates == .single
    }
    largest = 2 * (counted.compactMap(\.baseDose).max() ?? 0)
  }

  /// What stands against the model at a dose; empty where nothing does. A dose of zero is none.
  package func objections(to dose: RiskRequest.Dose) -> [Objection] {
    switch dose {
    case _ where dose.base <= 0: return []
    case .continuous(let rate):
      var gate = daily
      if gate.showsEffect(at: rate) { return [] }
      return gate.means.map(Objection.mean) + Self.counts(gate.verdicts[ModelProblem.tooLittle])
    case .single(let mass):
      if model.toxic != nil {
        guard mass.base <= largest else { return [.beyond(largest)] }
        let share = DepressionCurve(fit.estimates).naive(mass.base, fit.single)
        return Self.counts(injections.verdict(share, dose, .naive))
      }
      let share = ReliefCurve(fit.estimates).inadequate(mass.base, factor: factor, .single, fit.single)
      return Self.counts(injections.verdict(share, dose, nil))
    }
  }

  private static func counts(_ verdict: ModelGate.Verdict?) -> [Objection] {
    guard case .contradicted(let rows)? = verdict else { return [] }
    return rows.map(Objection.count)
  }
}
