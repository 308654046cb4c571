import Glibc

/// A place where a drug acts, into which its level passes with a lag: dCₑ/dt = kₑ₀ (C − Cₑ).
///
/// Exact for a level that is linear between the times at which it is given. Source: Sheiner et al., Clin.
/// Pharmacol. Ther. 25:358–371, 1979.
package struct EffectSite: Hashable, Sendable {
  /// The rate constant kₑ₀, 1/h.
  package let rate: Double

  /// A site with a lag of this half-life, h.
  package init(halfLife_h: Double) {
    precondition(halfLife_h > 0 && halfLife_h.isFinite)
    rate = M_LN2 / halfLife_h
  }

  /// Turns the levels at `times` (h, rising) into those at the site, from `start`, in place.
  package func apply(_ levels: inout [Double], at times: [Double], from start: Double = 0) {
    precondition(levels.count == times.count)
    var (inside, before) = (start, levels.first ?? 0)
    if !levels.isEmpty { levels[0] = start }
    for i in levels.indices.dropFirst() {
      let level = levels[i]
      inside = after(times[i] - times[i - 1], inside, from: before, to: level)
      levels[i] = inside
      before = level
    }
  }

  /// The level at the site after `step` hours in which the level outside went from `first` to `last`.
  package func after(_ step: Double, _ inside: Double, from first: Double, to last: Double) -> Double {
    precondition(step > 0)
    // With x = k dt: the mean of e^{x(s−1)} over the step, and that of s e^{x(s−1)}, weigh the two ends.
    let x = rate * step
    let decay = exp(-x)
    let mean = -expm1(-x) / x
    return inside * decay + last * (1 - mean) + first * (mean - decay)
  }

  /// The share of a step in the level that is felt after `time` hours.
  package func felt(after time: Double) -> Double { -expm1(-rate * time) }
}
