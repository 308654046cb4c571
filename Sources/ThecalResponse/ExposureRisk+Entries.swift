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
    let isRelief = model.record.effect == "relief"
    func goal(_ relief: RiskTopic, _ ashworth: RiskTopic) -> Finding {
      isRelief
        ? Finding(relief, nil, .note)
        : Finding(ashworth, nil, .note, [.number(limits.ashworth.value)], citing: [limits.ashworth.citation])
    }
    var found = [entry(effect, now, model, nil, goal(.littleRelief, .highAshworth))]
    if request.interruption != nil, !request.dose.isSingle,
      let after = inadequate(at: request.dose.base, afterGap: true)
    {
      found.append(entry(effect, after, model, nil, goal(.littleReliefAfterGap, .highAshworthAfterGap)))
    }
    return found
  }

  private func tooMuchEntries(_ effect: HarmRecords.Effect) -> [RiskAssessment.Entry] {
    guard let model = toxic else { return [] }
    return request.tolerance.states.compactMap { state in
      depressed(at: request.dose.base, state).map { statement in
        entry(effect, statement, model, state, Finding(whose(state), nil, .note))
      }
    }
  }

  /// Of whom the model of too much speaks.
  private func whose(_ state: IncidenceCount.ToleranceState) -> RiskTopic {
    if state == .naive { return request.dose.isSingle ? .naiveInjection : .naiveStart }
    return request.previous == nil ? .usedToDose : .afterChange
  }

  private func entry(
    _ effect: HarmRecords.Effect, _ statement: Statement, _ model: EffectModel,
    _ state: IncidenceCount.ToleranceState?, _ prediction: Finding
  ) -> RiskAssessment.Entry {
    var entry = RiskAssessment.Entry(
      effect: effect.id, direction: effect.direction,
      population: .virtual(
        count: count, seed: seed, isInjected: request.dose.isSingle, level: request.place),
      regimen: nil)
    entry.kind = .model
    entry.tolerance = state
    entry.hasDoseResponse = true
    entry.sources = Set(model.figures.map(\.source) + ["thecal_transport_fit"] + (model.fit?.studies ?? []))
      .sorted()
    entry.studies = model.fit?.studies.count ?? 0
    entry.isVerified = model.figures.allSatisfy(\.isVerified)
    guard let estimate = statement.estimate else {
      entry.isExtrapolated = true
      entry.note(state == .naive ? .beyondCounts : .previousNeeded)
      return entry
    }
    switch statement.verdict {
    case .unchecked:
      entry.codes = [.modelUnchecked]
      entry.notes.append(prediction)
      entry.note(.unchecked)
    case .agrees(let rows):
      entry.counts = rows.map(RiskAssessment.Entry.Count.init)
      entry.notes.append(prediction)
      entry.note(.agrees)
    case .contradicted(let rows):
      entry.codes = [.modelContradicted]
      entry.counts = rows.map(RiskAssessment.Entry.Count.init)
      entry.note(.withheld, .list(rows.map { .text($0.standing) }))
      return entry
    }
    (entry.probability, entry.low, entry.high) = (estimate.value, estimate.low, estimate.high)
    entry.note(.intervalOfFit)
    if !statement.otherwise.isEmpty {
      entry.note(.countsWithoutDose, .list(statement.otherwise.map { .text($0.standing) }))
    }
    return entry
  }
}

extension RiskAssessment.Entry.Count {
  init(_ row: IncidenceCount) {
    self.init(events: row.events ?? 0, n: row.n ?? 0, source: row.citation.source)
  }
}
