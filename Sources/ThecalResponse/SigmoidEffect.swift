import Glibc

/// An effect that grows with the level along a sigmoid: E = E_max Cʰ / (EC₅₀ʰ + Cʰ).
package struct SigmoidEffect: Hashable, Sendable {
  /// The largest effect, E_max.
  package let largest: Double
  /// The level at half of it, EC₅₀, ng/mL.
  package let half: Double
  /// The exponent h.
  package let steepness: Double

  /// An effect of this shape.
  package init(largest: Double, half: Double, steepness: Double) {
    precondition(largest > 0 && half > 0 && steepness > 0)
    self.largest = largest
    self.half = half
    self.steepness = steepness
  }

  /// The effect at a level.
  package func effect(at level: Double) -> Double {
    guard level > 0 else { return 0 }
    return largest / (1 + pow(half / level, steepness))
  }

  /// The level at which the effect is `effect`; nil from the largest on.
  package func level(for effect: Double) -> Double? {
    guard effect > 0 else { return 0 }
    guard effect < largest else { return nil }
    return half * pow(effect / (largest - effect), 1 / steepness)
  }

  /// d effect / d ln level, which is minus d effect / d ln EC₅₀.
  package func slope(at level: Double) -> Double {
    let share = effect(at: level) / largest
    return largest * steepness * share * (1 - share)
  }
}
