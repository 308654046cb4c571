import Glibc
package import ThecalFormulary
import ThecalQuantities
import ThecalStatistics
import ThecalTransport

/// What the models of transport and effect say of many people who receive one dose.
///
/// Levels are linear in the dose, so each person is computed once for a unit, and any dose and the window of doses follow. The
/// interval of a share is that of the parameters that the counts leave; nothing is printed that counts contradict.
public struct ExposureRisk: Sendable {
  /// A share with its interval.
  package struct Estimate: Hashable, Sendable {
    package let value: Double, low: Double, high: Double
  }

  /// What a model has to say, and whether it may.
  package struct Statement: Sendable {
    /// The share; nil where the dose is beyond everything that calibrates the model.
    package let estimate: Estimate?
    /// What the counts say of it.
    package let verdict: ModelGate.Verdict
    /// Counts without a dose that say otherwise.
    package var otherwise: [IncidenceCount] = []

    /// The share where it may be printed.
    package var spoken: Estimate? { verdict.allows ? estimate : nil }
  }

  let people: [UnitExposure]
  let request: RiskRequest
  /// The wanted effect; nil where none is on record.
  package let effect: EffectModel?
  /// The toxic effect; nil where none is on record.
  package let toxic: EffectModel?
  let limits: HarmRecords.Window
  private let tooMuch: ModelGate
  private let tooLittle: ModelGate
  private let largestNaive: Double
  private let factor: Double

  /// Number of people.
  public var count: Int { people.count }
  /// The seed.
  public var seed: UInt64 { request.seed }

  /// The people of `request`; nil where no effect is on record for the drug.
  ///
  /// - Throws: Where one of the people cannot be computed.
  init?(_ request: RiskRequest, drug: Drug, _ formulary: Formulary) throws(SimulationError) {
    effect = EffectModel(drug.kind == .antispastic ? "ashworth" : "relief", of: drug.id, in: formulary)
    toxic = EffectModel("respiratory_depression", of: drug.id, in: formulary)
    let study = UnitStudy(
      drug: drug.id, isSingle: request.dose.isSingle, tip: request.place, gap: request.interruption,
      seed: request.seed,
      effect: effect, toxic: toxic, formulary)
    guard effect != nil || toxic != nil, let study else { return nil }
    self.request = request
    limits = formulary.harms.window
    tooMuch = ModelGate("respiratory_depression", of: drug.id, in: formulary)
    tooLittle = ModelGate(ModelProblem.tooLittle, of: drug.id, in: formulary)
    factor = effect?.factor(enough: formulary.harms.window) ?? 1
    let counted = formulary.incidence(of: "respiratory_depression", drug: drug.id).filter {
      $0.calibrates == .single
    }
    largestNaive = counted.compactMap(\.baseDose).max() ?? 0
    people = try study.people(request.patients)
  }

  private init(_ other: ExposureRisk, asking request: RiskRequest) {
    (people, effect, toxic, limits) = (other.people, other.effect, other.toxic, other.limits)
    (tooMuch, tooLittle) = (other.tooMuch, other.tooLittle)
    (largestNaive, factor) = (other.largestNaive, other.factor)
    self.request = request
  }

  /// Whether these are the people of `request`: the same drug, given the same way at the same place.
  func answers(_ request: RiskRequest) -> Bool {
    self.request.drug == request.drug && self.request.dose.isSingle == request.dose.isSingle
      && self.request.place == request.place && self.request.interruption == request.interruption
      && self.request.seed == request.seed && count == request.patients
  }

  /// The same people, asked another question.
  func asking(_ request: RiskRequest) -> ExposureRisk {
    precondition(answers(request))
    return ExposureRisk(self, asking: request)
  }

  // MARK: - Too little

  private var stage: ReliefCurve.Stage { request.dose.isSingle ? .single : .longTerm }

  /// The share of people without enough effect at `dose` (µg or µg/h).
  package func inadequate(at dose: Double, afterGap: Bool = false) -> Statement? {
    guard let fit = effect?.fit else { return nil }
    let levels = people.compactMap { afterGap ? $0.afterGap : $0.wanted }
    guard !levels.isEmpty else { return nil }
    func share(_ parameters: [Double]) -> Double {
      let curve = ReliefCurve(parameters)
      return mean(levels.map { curve.inadequate(at: $0 * dose, factor: factor, stage) })
    }
    let estimate = estimate(fit, share)
    // Nobody counted people at the end of a gap.
    let verdict =
      afterGap ? .unchecked : tooLittle.verdict(estimate.value, request.dose.with(base: dose), nil)
    return Statement(
      estimate: estimate, verdict: verdict,
      otherwise: afterGap ? [] : tooLittle.otherwise(estimate.value, request.dose, nil))
  }

  // MARK: - Too much

  /// The share without enough effect with the most probable parameters alone; nil where no model speaks.
  func likelyInadequate(at dose: Double) -> Double? {
    guard let fit = effect?.fit else { return nil }
    let curve = ReliefCurve(fit.estimates)
    let levels = people.compactMap(\.wanted)
    return levels.isEmpty ? nil : mean(levels.map { curve.inadequate(at: $0 * dose, factor: factor, stage) })
  }

  /// The share depressed with the most probable parameters alone; nil where no model speaks.
  func likelyDepressed(at dose: Double, _ state: IncidenceCount.ToleranceState) -> Double? {
    guard let toxic, let fit = toxic.fit else { return nil }
    let isNaive = state == .naive
    guard isNaive ? isWithinCounts(dose, fit) : (!request.dose.isSingle || request.previous != nil) else {
      return nil
    }
    return share(
      dose, DepressionCurve(fit.estimates), fit, isNaive: isNaive, moderator: toxic.moderators.count / 2)
  }

  /// The share of people whose breathing is depressed at `dose` (µg or µg/h).
  package func depressed(at dose: Double, _ state: IncidenceCount.ToleranceState) -> Statement? {
    guard let toxic, let fit = toxic.fit else { return nil }
    let isNaive = state == .naive
    guard isNaive ? isWithinCounts(dose, fit) : (!request.dose.isSingle || request.previous != nil) else {
      return Statement(estimate: nil, verdict: .unchecked)
    }
    let middle = toxic.moderators.count / 2
    let estimate = estimate(fit) { parameters in
      share(dose, DepressionCurve(parameters), fit, isNaive: isNaive, moderator: middle)
    } drawn: { index, parameters in
      share(
        dose, DepressionCurve(parameters), fit, isNaive: isNaive,
        moderator: toxic.moderators.isEmpty ? 0 : index % toxic.moderators.count)
    }
    return Statement(
      estimate: estimate, verdict: tooMuch.verdict(estimate.value, request.dose.with(base: dose), state),
      otherwise: tooMuch.otherwise(estimate.value, request.dose, state))
  }

  /// Whether the median person's level is at most twice the largest at which people without tolerance were counted.
  private func isWithinCounts(_ dose: Double, _ fit: EffectFits.Model) -> Bool {
    let levels = people.compactMap(\.toxic).sorted()
    guard !levels.isEmpty else { return false }
    return dose * levels[levels.count / 2] <= 2 * largestNaive * exp(fit.single.meanLog)
  }

  private func share(
    _ dose: Double, _ curve: DepressionCurve, _ fit: EffectFits.Model, isNaive: Bool, moderator: Int
  ) -> Double {
    let used = request.previous?.base
    return mean(
      people.compactMap { person -> Double? in
        guard let top = person.toxic else { return nil }
        if request.dose.isSingle {
          let before = isNaive ? 0 : (used ?? 0) * exp(fit.continuous.meanLog)
          return curve.share(at: dose * top / (1 + curve.sensitivity * before))
        }
        let before = isNaive ? 0 : min(used ?? dose, dose)
        return curve.share(at: Self.largest(person, dose, before, curve.sensitivity, moderator))
      })
  }

  /// The largest level over 1 + M after a change from a steady `before` to `dose`, both in µg/h.
  private static func largest(
    _ person: UnitExposure, _ dose: Double, _ before: Double, _ sensitivity: Double, _ moderator: Int
  ) -> Double {
    let settled = person.toxic ?? 0
    var most = dose * settled / (1 + sensitivity * dose * settled)
    guard before < dose, person.moderated.indices.contains(moderator) else { return most }
    let seen = person.moderated[moderator]
    for (level, filled) in zip(person.rise, seen) {
      let now = before * settled + (dose - before) * level
      let used = before * settled + (dose - before) * filled
      most = max(most, now / (1 + sensitivity * used))
    }
    return most
  }

  // MARK: - The gate

  /// Whether counts allow a share with too little effect at a dose in µg or µg/h.
  func allowsTooLittle(_ share: Double, at dose: Double) -> Bool {
    tooLittle.verdict(share, request.dose.with(base: dose), nil).allows
  }

  /// Whether counts allow a share depressed at a dose in µg or µg/h.
  func allowsTooMuch(_ share: Double, at dose: Double, _ state: IncidenceCount.ToleranceState) -> Bool {
    tooMuch.verdict(share, request.dose.with(base: dose), state).allows
  }

  // MARK: - Intervals

  private func estimate(_ fit: EffectFits.Model, _ share: ([Double]) -> Double) -> Estimate {
    estimate(fit, share, drawn: { _, parameters in share(parameters) })
  }

  private func estimate(
    _ fit: EffectFits.Model, _ share: ([Double]) -> Double, drawn: (Int, [Double]) -> Double
  ) -> Estimate {
    let value = share(fit.estimates)
    let step = max(1, fit.draws.count / Self.drawn)
    let shares = stride(from: 0, to: fit.draws.count, by: step).map { drawn($0 / step, fit.draws[$0]) }
      .sorted()
    guard !shares.isEmpty else { return Estimate(value: value, low: value, high: value) }
    let cut = shares.count * 25 / 1_000
    return Estimate(
      value: value, low: min(value, shares[cut]), high: max(value, shares[shares.count - 1 - cut]))
  }

  /// Parameter sets for an interval.
  private static let drawn = 100

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
