import Glibc

/// The loss of effect with time on a drug, as a moderator that follows the level and raises the EC₅₀:
/// dM/dt = k (Cₑ − M), EC₅₀(t) = EC₅₀ (1 + M / M₅₀).
package struct Tolerance: Hashable, Sendable {
  /// The moderator as a site that fills with the level.
  package let moderator: EffectSite
  /// The moderator at which the EC₅₀ has doubled, ng/mL.
  package let doubling: Double

  /// A tolerance that comes and goes with this half-life (h).
  package init(halfLife_h: Double, doubling: Double) {
    precondition(doubling > 0)
    moderator = EffectSite(halfLife_h: halfLife_h)
    self.doubling = doubling
  }

  /// `effect` with the EC₅₀ that a moderator of this size leaves.
  package func effect(_ effect: SigmoidEffect, moderator: Double) -> SigmoidEffect {
    SigmoidEffect(
      largest: effect.largest, half: effect.half * (1 + moderator / doubling), steepness: effect.steepness)
  }

  /// The dose that holds an effect after `months`, over the first dose: 1 + g (1 − e^{−k t}).
  package static func growth(_ growth: Double, perMonth k: Double, after months: Double) -> Double {
    1 + growth * -expm1(-k * months)
  }
}
