import Glibc

extension Distribution {
  /// The value that belongs to a standard normal number, and its slope: the coordinate in which a quantity of this
  /// distribution is standard normal, where the ends of a range lie at infinity.
  ///
  /// - Precondition: The distribution is no list of values.
  package func value(latent u: Double) -> (value: Double, slope: Double) {
    if case .uniform(let low, let high) = family {
      let (low, high) = (max(low, range?.lowerBound ?? low), min(high, range?.upperBound ?? high))
      return (low + (high - low) * normalProbability(u), (high - low) * normalDensity(u))
    }
    guard range != nil else { return plainValue(u) }
    let inner = min(
      max(
        share.lowerBound + (share.upperBound - share.lowerBound) * normalProbability(u),
        .leastNonzeroMagnitude),
      1 - 0x1p-53)
    let z = normalQuantile(inner)
    let found = plainValue(z)
    let pull =
      (share.upperBound - share.lowerBound) * normalDensity(u) / max(normalDensity(z), .leastNormalMagnitude)
    return (found.value, found.slope * pull)
  }

  private func plainValue(_ z: Double) -> (value: Double, slope: Double) {
    switch family {
    case .normal(let mean, let sd): (mean + sd * z, sd)
    case .lognormal(let median, let sigma): (median * exp(sigma * z), sigma * median * exp(sigma * z))
    case .uniform, .values: preconditionFailure("only a normal family has normal scores")
    }
  }
}

/// The density of a standard normal number at `x`.
package func normalDensity(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

/// The logarithm of the probability that a standard normal number lies below `x`, and its slope: exact far out, where the
/// probability itself is zero.
///
/// - Accuracy: 1e-13 relative.
package func logNormalProbability(_ x: Double) -> (value: Double, slope: Double) {
  guard x < -5 else {
    let share = normalProbability(x)
    return (log(share), normalDensity(x) / share)
  }
  // The ratio of Mills as a continued fraction (Abramowitz and Stegun 26.2.14), from its far end.
  let t = -x
  var tail = t
  for k in stride(from: 80.0, through: 1, by: -1) { tail = t + k / tail }
  return (-x * x / 2 - log(2 * Double.pi) / 2 - log(tail), tail)
}
