import Glibc
package import ThecalFormulary
package import ThecalQuantities

/// What may be shown of an effect and of a risk on one day of an infusion: the same gate as that of `RiskAssessment`.
package struct DailyGate: Sendable {
  /// What the counts say of what was asked so far, by effect.
  package private(set) var verdicts: [String: ModelGate.Verdict] = [:]

  /// The means of series that contradict a predicted mean relief; empty where none does.
  package private(set) var means: [EffectRecords.Effect.Reported] = []

  private let effect: EffectModel?
  private let toxic: EffectModel?
  private let state: IncidenceCount.ToleranceState
  private let tooLittle: ModelGate
  private let tooMuch: ModelGate
  private let factor: Double
  private let largestLevel: Double

  /// A gate for predictions of these effects; a patient whose tolerance is not known counts as one without.
  package init(
    effect: EffectModel?, toxic: EffectModel?, of drug: String, isTolerant: Bool?, in formulary: Formulary
  ) {
    self.effect = effect
    self.toxic = toxic
    state = isTolerant == true ? .tolerant : .naive
    tooLittle = ModelGate(ModelProblem.tooLittle, of: drug, in: formulary)
    tooMuch = ModelGate(Self.depression, of: drug, in: formulary)
    factor = effect?.factor(enough: formulary.harms.window) ?? 1
    let counted = formulary.incidence(of: Self.depression, drug: drug).filter { $0.calibrates == .single }
    let largest = counted.compactMap(\.baseDose).max() ?? 0
    largestLevel = toxic?.fit.map { 2 * largest * exp($0.single.meanLog) } ?? 0
  }

  private static let depression = "respiratory_depression"

  /// Whether the effect of a median person may be shown at a dose: where neither the share of people with too little nor the mean
  /// over all of them is contradicted.
  package mutating func showsEffect(at dose: DoseRate) -> Bool {
    guard let effect, let fit = effect.fit else { return true }
    let isAmongMeans = agreesWithMeans(dose, effect, fit)
    let share = ReliefCurve(fit.estimates).inadequate(dose.base, factor: factor, .longTerm, fit.continuous)
    return note(tooLittle.verdict(share, .continuous(dose), nil), ModelProblem.tooLittle) && isAmongMeans
  }

  /// Whether the mean over people lies among those that series report at such doses; true where none does.
  private mutating func agreesWithMeans(
    _ dose: DoseRate, _ effect: EffectModel, _ fit: EffectFits.Model
  ) -> Bool {
    let rows = (effect.record.reported ?? []).filter { row in
      guard let amount = RiskRequest.Dose.continuous(dose).amount(in: row.dose.unit),
        let range = row.dose.range
      else { return false }
      return range.widened.contains(amount)
    }
    let seen = rows.map { $0.mean.value.double / 100 }
    guard let least = seen.min(), let most = seen.max() else { return true }
    let mean = ReliefCurve(fit.estimates).mean(
      at: dose.base * exp(fit.continuous.meanLog), effect.curve, .longTerm, widened: fit.continuous.sdLog)
    if (least...most).contains(mean) { return true }
    means = rows
    return false
  }

  /// The share of people like this one whose breathing is depressed; nil where it is not known, or contradicted.
  ///
  /// - Parameters:
  ///   - level: At the site of the effect, ng/mL.
  ///   - seen: What a moderator has seen of it, ng/mL; of somebody tolerant at least that of the first dose.
  package mutating func risk(at dose: DoseRate, level: Double, seen: Double) -> Double? {
    guard let fit = toxic?.fit else { return nil }
    let curve = DepressionCurve(fit.estimates)
    let felt = level / (1 + curve.sensitivity * seen)
    let share: Double
    if state == .tolerant {
      share = max(curve.settled(dose.base, fit.continuous), curve.share(at: felt))
    } else {
      guard level <= largestLevel else { return nil }
      share = curve.share(at: felt, apart: fit.continuous.sdLog)
    }
    return note(tooMuch.verdict(share, .continuous(dose), state), Self.depression) ? share : nil
  }

  /// Keeps the gravest verdict, and says whether this one allows.
  private mutating func note(_ verdict: ModelGate.Verdict, _ effect: String) -> Bool {
    switch (verdict, verdicts[effect]) {
    case (.contradicted, _), (.unchecked, nil), (.unchecked, .agrees), (.agrees, nil):
      verdicts[effect] = verdict
    default: break
    }
    return verdict.allows
  }
}
