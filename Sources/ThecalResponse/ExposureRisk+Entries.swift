import Glibc
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension ExposureRisk {
  /// What the models add to the counts of one effect.
  func entries(_ effect: HarmRecords.Effect) -> [RiskAssessment.Entry] {
    switch effect.id {
    case ModelProblem.tooLittle: tooLittleEntries(effect)
    case "respiratory_depression": tooMuchEntries(effect)
    default: []
    }
  }

  private func tooLittleEntries(_ effect: HarmRecords.Effect) -> [RiskAssessment.Entry] {
    guard let model = self.effect, let now = inadequate(at: request.dose.base) else { return [] }
    let goal =
      model.record.effect == "relief"
      ? "relief below half" : "Ashworth score above \(ClinicalText.number(limits.ashworth.value))"
    var found = [entry(effect, now, model, nil, "Predicted: \(goal), or no response at any dose.")]
    if request.interruption != nil, !request.dose.isSingle,
      let after = inadequate(at: request.dose.base, afterGap: true)
    {
      found.append(entry(effect, after, model, nil, "Predicted at the end of the interruption: \(goal)."))
    }
    return found
  }

  private func tooMuchEntries(_ effect: HarmRecords.Effect) -> [RiskAssessment.Entry] {
    guard let model = toxic else { return [] }
    return request.tolerance.states.compactMap { state in
      depressed(at: request.dose.base, state).map { statement in
        entry(effect, statement, model, state, words(state))
      }
    }
  }

  private func words(_ state: IncidenceCount.ToleranceState) -> String {
    if state == .naive {
      return request.dose.isSingle
        ? "Predicted from the level in the cranial pool of people without tolerance."
        : "Predicted for the days after a start in people without tolerance, who become used to it within days."
    }
    return request.previous == nil
      ? "Predicted for people used to this dose: tolerance follows their own dose."
      : "Predicted for the days after a change from the dose to which people are used."
  }

  private func entry(
    _ effect: HarmRecords.Effect, _ statement: Statement, _ model: EffectModel,
    _ state: IncidenceCount.ToleranceState?, _ message: String
  ) -> RiskAssessment.Entry {
    var entry = RiskAssessment.Entry(
      effect: effect.id, direction: effect.direction,
      population:
        "\(count) virtual patients, seed \(seed), \(request.dose.isSingle ? "injected" : "catheter") at "
        + request.place, regimen: "model")
    entry.kind = .model
    entry.tolerance = state
    entry.hasDoseResponse = true
    entry.sources = Set(model.figures.map(\.source) + ["thecal_transport_fit"] + (model.fit?.studies ?? []))
      .sorted()
    entry.studies = model.fit?.studies.count ?? 0
    entry.isVerified = model.figures.allSatisfy(\.isVerified)
    guard let estimate = statement.estimate else {
      entry.isExtrapolated = true
      entry.message =
        state == .naive
        ? "No figure: the level is beyond all at which people without tolerance were counted. Take it as dangerous."
        : "No figure: tolerance follows the patient's own infusion; state it as the previous dose."
      return entry
    }
    switch statement.verdict {
    case .unchecked:
      entry.codes = [.modelUnchecked]
      entry.message = message + " Nobody has counted people like these: unchecked."
    case .agrees(let rows):
      entry.counts = rows.map(RiskAssessment.Entry.Count.init)
      entry.message = message + " It lies in the interval of every count that matches."
    case .contradicted(let rows):
      entry.codes = [.modelContradicted]
      entry.counts = rows.map(RiskAssessment.Entry.Count.init)
      let against = rows.map(\.standing).joined(separator: ", ")
      entry.message = "Withheld: the model's figure is contradicted by \(against). The counts stand alone."
      return entry
    }
    (entry.probability, entry.low, entry.high) = (estimate.value, estimate.low, estimate.high)
    entry.message += " The interval is that of what the counts leave open."
    return entry
  }
}

extension RiskAssessment.Entry.Count {
  init(_ row: IncidenceCount) {
    self.init(events: row.events ?? 0, n: row.n ?? 0, source: row.citation.source)
  }
}
