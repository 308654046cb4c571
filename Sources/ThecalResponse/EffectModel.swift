import Glibc
package import ThecalFormulary
import ThecalQuantities
package import ThecalSampling

/// How one effect of one drug follows its level in CSF, with what is known of differences between patients.
///
/// Where counts calibrate it, the level at half effect and its spread are those that they leave; else those on record.
package struct EffectModel: Sendable {
  /// What is on record.
  package let record: EffectRecords.Effect
  /// What the counts leave; nil where none calibrates it.
  package let fit: EffectFits.Model?
  /// The lag of a median patient.
  package let site: EffectSite
  /// The curve of a median patient.
  package let curve: SigmoidEffect
  /// Without drug: pain 0 … 10, Ashworth 0 … 4, or a share.
  package let baseline: Double
  /// The geometric standard deviation of the EC₅₀ between patients.
  package let spread: Double
  /// Tolerance as a site that fills with the level, at three half-lives between which the true one is taken to lie.
  package let moderators: [EffectSite]
  private let halfLife: Distribution
  private let half: Distribution

  /// The model of `effect` for `drug`; nil where nothing is on record.
  package init?(_ effect: String, of drug: String, in formulary: Formulary) {
    let fit = formulary.fit(effect, of: drug)
    guard let record = formulary.effects.effect(effect, of: drug), let half = record.half(fit) else {
      return nil
    }
    self.init(record, fit, lnHalf: half.lnLevel, lnSpread: half.lnSpread, formulary)
  }

  /// The model as on record, before any count: what a fit begins with.
  init?(record: EffectRecords.Effect, _ formulary: Formulary) {
    let half = record.half(nil) ?? (lnLevel: 0, lnSpread: 1)
    self.init(record, nil, lnHalf: half.lnLevel, lnSpread: half.lnSpread, formulary)
  }

  private init?(
    _ record: EffectRecords.Effect, _ fit: EffectFits.Model?, lnHalf: Double, lnSpread: Double,
    _ formulary: Formulary
  ) {
    guard let hours = record.halfLife.quantity(TimeDimension.self)?.base else { return nil }
    self.record = record
    self.fit = fit
    site = EffectSite(halfLife_h: hours)
    curve = SigmoidEffect(
      largest: record.largest.value.double, half: exp(lnHalf), steepness: record.steepness.value.double)
    baseline = record.baseline.value.double
    spread = exp(lnSpread)
    halfLife = .spread(median: hours, gsd: record.spread.halfLife.value.double)
    half = .spread(median: exp(lnHalf), gsd: exp(lnSpread))
    moderators = formulary.effects.moderators(of: record.drug).map { EffectSite(halfLife_h: $0) }
  }

  /// One patient of many: `lag` and `sensitivity` are probabilities, one half for the median patient.
  package func patient(lag: Double, sensitivity: Double) -> (site: EffectSite, curve: SigmoidEffect) {
    (
      EffectSite(halfLife_h: halfLife.quantile(lag)),
      SigmoidEffect(largest: curve.largest, half: half.quantile(sensitivity), steepness: curve.steepness)
    )
  }

  /// One patient of many, who does not respond at any dose where `response`, a probability, falls among the share of
  /// those who do not.
  package func patient(lag: Double, sensitivity: Double, response: Double, _ stage: ReliefCurve.Stage) -> (
    site: EffectSite, curve: SigmoidEffect
  ) {
    let own = patient(lag: lag, sensitivity: sensitivity)
    guard response < nonresponders(stage) else { return own }
    return (own.site, SigmoidEffect(largest: curve.largest, half: .infinity, steepness: curve.steepness))
  }

  /// The share of people who do not respond at any dose; zero where the effect is not a wanted one.
  package func nonresponders(_ stage: ReliefCurve.Stage) -> Double {
    guard let fit, toxic == nil else { return 0 }
    return ReliefCurve(fit.estimates).nonresponders[stage] ?? 0
  }

  /// By which factors the share of those who respond may move, at the ends of what the counts leave open.
  package func responding(_ stage: ReliefCurve.Stage) -> (low: Double, high: Double) {
    guard let fit, toxic == nil, !fit.draws.isEmpty else { return (1, 1) }
    let lost = fit.draws.map { ReliefCurve($0).nonresponders[stage] ?? 0 }.sorted()
    let cut = lost.count * 25 / 1_000
    let usual = 1 - nonresponders(stage)
    return ((1 - lost[lost.count - 1 - cut]) / usual, (1 - lost[cut]) / usual)
  }

  /// The effect that counts as toxic; nil where the effect is wanted.
  package var toxic: Double? { record.toxic?.value.double }

  /// The ids of the sources, each with whether its figure was read.
  package var figures: [(name: String, source: String, isVerified: Bool)] {
    record.figures.map { ($0.name, $0.value.citation.source, $0.value.citation.verified) }
  }
}

extension EffectRecords.Effect {
  /// ln EC₅₀ (ng/mL) and ln of its geometric standard deviation: as the counts leave them, else as on record.
  fileprivate func half(_ fit: EffectFits.Model?) -> (lnLevel: Double, lnSpread: Double)? {
    if let fit, let level = fit["ln_ec50"], let spread = fit["ln_spread"] { return (level, exp(spread)) }
    guard let level = ec50?.quantity(ConcentrationDimension.self)?.value(in: .nanogramsPerMilliliter),
      let gsd = spread.ec50?.value.double
    else { return nil }
    return (log(level), log(gsd))
  }
}

extension EffectFits.Model {
  /// The estimate of a parameter; nil where the model has none of that name.
  package subscript(_ name: String) -> Double? { parameters.first { $0.name == name }?.estimate }
}

extension EffectRecords {
  /// Three half-lives of tolerance to a drug, h: a tenth, half and nine tenths of what is taken to be possible.
  fileprivate func moderators(of drug: String) -> [Double] {
    guard let found = moderator.first(where: { $0.drug == drug }),
      let hours = found.halfLife.quantity(TimeDimension.self)?.base
    else { return [] }
    let range = Distribution.spread(median: hours, gsd: found.spread.value.double)
    return [0.1, 0.5, 0.9].map { range.quantile($0) }
  }
}

extension Distribution {
  /// A log-normal distribution by its geometric standard deviation.
  package static func spread(median: Double, gsd: Double) -> Distribution {
    Distribution(.lognormal(median: median, sigma: log(gsd)))
  }
}

extension EffectModel {
  /// The share of patients for whom `level` is at least as strong as `threshold` is for the median patient.
  package func share(toxicAt level: Double, threshold: Double) -> Double {
    guard level > 0 else { return 0 }
    return normalProbability(log(level / threshold) / log(spread))
  }
}
