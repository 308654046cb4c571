import Glibc
package import ThecalFormulary
import ThecalQuantities
package import ThecalSampling

/// How one effect of one drug follows its level in CSF, with what is known of differences between patients.
package struct EffectModel: Sendable {
  /// What is on record.
  package let record: EffectRecords.Effect
  /// The lag of a median patient.
  package let site: EffectSite
  /// The curve of a median patient.
  package let curve: SigmoidEffect
  /// Without drug: pain 0 … 10, Ashworth 0 … 4, or a share.
  package let baseline: Double
  private let halfLife: Distribution
  private let half: Distribution

  /// The model of `effect` for `drug`; nil where nothing is on record.
  package init?(_ effect: String, of drug: String, in formulary: Formulary) {
    guard let record = formulary.effects.effect(effect, of: drug),
      let hours = record.halfLife.quantity(TimeDimension.self)?.base,
      let level = record.ec50.quantity(ConcentrationDimension.self)?.value(in: .nanogramsPerMilliliter)
    else { return nil }
    self.record = record
    site = EffectSite(halfLife_h: hours)
    curve = SigmoidEffect(
      largest: record.largest.value.double, half: level, steepness: record.steepness.value.double)
    baseline = record.baseline.value.double
    halfLife = .spread(median: hours, gsd: record.spread.halfLife.value.double)
    half = .spread(median: level, gsd: record.spread.ec50.value.double)
  }

  /// One patient of many: `lag` and `sensitivity` are probabilities, one half for the median patient.
  package func patient(lag: Double, sensitivity: Double) -> (site: EffectSite, curve: SigmoidEffect) {
    (
      EffectSite(halfLife_h: halfLife.quantile(lag)),
      SigmoidEffect(largest: curve.largest, half: half.quantile(sensitivity), steepness: curve.steepness)
    )
  }

  /// The geometric standard deviation of the EC₅₀ between patients.
  package var spread: Double { record.spread.ec50.value.double }

  /// The effect that counts as toxic; nil where the effect is wanted.
  package var toxic: Double? { record.toxic?.value.double }

  /// The ids of the sources, each with whether its figure was read.
  package var figures: [(name: String, source: String, isVerified: Bool)] {
    record.figures.map { ($0.name, $0.value.citation.source, $0.value.citation.verified) }
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
