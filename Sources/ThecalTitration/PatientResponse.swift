import ThecalDosing
package import ThecalFormulary
import ThecalPump
import ThecalQuantities
package import ThecalResponse
package import ThecalTransport

/// How the levels of one patient answer to a unit of daily dose, and the effect to the levels.
package struct PatientResponse: Sendable {
  /// At the segment that is treated.
  package let segment: LevelResponse
  /// Where the target is a level.
  package let target: LevelResponse
  /// In the cranial pool.
  package let cranial: LevelResponse
  /// At each site with a limit, in their order.
  package private(set) var caps: [LevelResponse]
  /// At the effect site of the wanted effect; that of the segment where no effect is on record.
  package let effectSite: LevelResponse
  /// The wanted effect; nil where nothing is on record.
  package let effect: EffectModel?
  /// The curve of the wanted effect for this patient: the median one until something is learned.
  package private(set) var curve: SigmoidEffect?
  /// The score without drug.
  package private(set) var baseline: Double
  /// The toxic effect through the cranial pool; nil where nothing is on record.
  package let toxic: EffectModel?
  /// At the site of the toxic effect.
  package let toxicSite: LevelResponse
  /// What the moderator of tolerance has seen of it.
  package let moderated: LevelResponse
  /// The ids of the sources.
  package let sources: [String]
  /// The unit dose behind it.
  package let unitDose: UnitDose

  /// The sites of `plan` in the order in which they are computed: segment, cranial pool, target, limits.
  static func sites(_ plan: TitrationRequest) -> [CanalSite] {
    let segment = plan.segment ?? plan.tip
    var target = segment
    if case .level(_, let at)? = plan.target { target = at }
    return [segment, .cranial, target] + plan.limits.map(\.site)
  }

  /// The response of a median patient with the plan's parameters.
  package init(_ plan: TitrationRequest, drug: Drug, formulary: Formulary) throws(InputProblem) {
    let unit = try UnitDose(plan, sites: Self.sites(plan), formulary: formulary)
    let wanted = drug.kind == .antispastic ? "ashworth" : "relief"
    self.init(
      unit, baseline: plan.baseline, effect: EffectModel(wanted, of: drug.id, in: formulary),
      toxic: EffectModel("respiratory_depression", of: drug.id, in: formulary))
  }

  init(_ unit: UnitDose, baseline: Double?, effect: EffectModel?, toxic: EffectModel?) {
    unitDose = unit
    curve = effect?.curve
    self.baseline = baseline ?? effect?.baseline ?? 0
    segment = unit.response(site: 0)
    cranial = unit.response(site: 1)
    target = unit.response(site: 2)
    caps = unit.levels.indices.dropFirst(3).map { unit.response(site: $0) }
    self.effect = effect
    self.toxic = toxic
    effectSite = effect.map { Self.lagged(unit.levels[0], unit.times, $0.site) } ?? segment
    toxicSite = toxic.map { Self.lagged(unit.levels[1], unit.times, $0.site) } ?? cranial
    moderated =
      toxic.map { model in
        var inside = unit.levels[1]
        model.site.apply(&inside, at: unit.times)
        let moderator = model.moderators.isEmpty ? model.site : model.moderators[model.moderators.count / 2]
        return Self.lagged(inside, unit.times, moderator)
      } ?? cranial
    sources = unit.sources
  }

  /// Takes what no one of those counted exceeds in place of the median patient's response where a limit holds.
  mutating func takeCaps(_ population: PopulationResponse) { caps = population.envelopes }

  /// Takes the patient's own curve and baseline instead of the median ones.
  mutating func take(_ fit: PatientFit) {
    curve = fit.curve
    baseline = fit.baseline.estimate
  }

  /// The response at an effect site behind hourly levels.
  static func lagged(_ levels: [Double], _ times: [Double], _ site: EffectSite) -> LevelResponse {
    var inside = levels
    site.apply(&inside, at: times)
    return LevelResponse(hourly: inside)
  }

  /// The dose at which the effect settles at `wanted`: a share of relief, or an Ashworth score.
  func dose(
    for wanted: Double, _ name: String, _ plan: TitrationRequest, _ findings: inout PlanFindings
  ) -> DoseRate? {
    guard let effect, effect.record.effect == name else {
      findings.add(
        .noProtocol, .blocked, .noEffectForTarget,
        [.text(name == "relief" ? "relief" : "the Ashworth score"), .drug(plan.drug)])
      return nil
    }
    for figure in effect.figures {
      findings.rest(on: figure.source, isVerified: figure.isVerified, "the \(figure.name)")
    }
    let size = name == "relief" ? wanted : baseline - wanted
    guard size > 0, let level = curve?.level(for: size) else {
      if size > 0 {
        findings.add(
          .targetNotReached, .blocked, .effectTooLarge, [.number(ExactNumber(effect.curve.largest))])
      } else {
        findings.add(.targetNotReached, .blocked, .noImprovement)
      }
      return nil
    }
    return effectSite.dose(for: level)
  }
}
