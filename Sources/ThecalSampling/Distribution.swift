import Glibc

/// How a quantity varies, as a map from probability to value: any design of points in (0, 1) becomes a sample.
package struct Distribution: Hashable, Sendable {
  /// The family, with its parameters in the unit of the quantity.
  package enum Family: Hashable, Sendable {
    /// Equally likely between two ends.
    case uniform(low: Double, high: Double)
    /// Normal.
    case normal(mean: Double, sd: Double)
    /// The logarithm is normal: `median`, and the standard deviation of the natural logarithm.
    case lognormal(median: Double, sigma: Double)
    /// One of a list, equally likely.
    case values([Double])
  }

  /// The family.
  package let family: Family
  /// The part of it that is kept.
  package let range: ClosedRange<Double>?
  /// Probabilities below the lower end of the range, and below its upper end.
  let share: ClosedRange<Double>

  /// A distribution, cut off outside `range` if one is given; what is left is spread as before.
  ///
  /// - Precondition: The parameters are finite, spreads not negative, and the range holds some probability.
  package init(_ family: Family, truncated range: ClosedRange<Double>? = nil) {
    self.family = family
    self.range = range
    switch family {
    case .uniform(let low, let high): precondition(low.isFinite && high.isFinite && low <= high)
    case .normal(let mean, let sd): precondition(mean.isFinite && sd.isFinite && sd >= 0)
    case .lognormal(let median, let sigma):
      precondition(median > 0 && median.isFinite && sigma >= 0 && sigma.isFinite)
    case .values(let values): precondition(!values.isEmpty && values.allSatisfy(\.isFinite) && range == nil)
    }
    guard let range else {
      share = 0...1
      return
    }
    let low = Self.probability(below: range.lowerBound, family)
    let high = Self.probability(below: range.upperBound, family)
    precondition(Self.keeps(family, range), "the range holds nothing of the distribution")
    share = low...max(low, high)
  }

  /// Whether `range` holds some of the probability of `family`.
  package static func keeps(_ family: Family, _ range: ClosedRange<Double>) -> Bool {
    switch family {
    case .normal(let middle, 0), .lognormal(let middle, 0): range.contains(middle)
    default: probability(below: range.upperBound, family) > probability(below: range.lowerBound, family)
    }
  }

  /// The standard deviation of the logarithm for a coefficient of variation: σ² = ln(1 + CV²).
  package static func sigma(cv: Double) -> Double { log1p(cv * cv).squareRoot() }

  /// The value below which the share `p` of the distribution lies.
  ///
  /// - Precondition: 0 < `p` < 1.
  package func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1)
    // Within the share that is kept; never quite at its ends.
    let inner = share.lowerBound + p * (share.upperBound - share.lowerBound)
    let value = plainQuantile(min(max(inner, .leastNonzeroMagnitude), 1 - 0x1p-53))
    guard let range else { return value }
    return min(max(value, range.lowerBound), range.upperBound)
  }

  private func plainQuantile(_ p: Double) -> Double {
    switch family {
    case .uniform(let low, let high): low + p * (high - low)
    case .normal(let mean, let sd): mean + sd * normalQuantile(p)
    case .lognormal(let median, let sigma): median * exp(sigma * normalQuantile(p))
    case .values(let values): values[min(Int(p * Double(values.count)), values.count - 1)]
    }
  }

  private static func probability(below x: Double, _ family: Family) -> Double {
    switch family {
    case .uniform(let low, let high): high > low ? min(max((x - low) / (high - low), 0), 1) : x >= low ? 1 : 0
    case .normal(let mean, let sd): sd > 0 ? normalProbability((x - mean) / sd) : x >= mean ? 1 : 0
    case .lognormal(let median, let sigma):
      x <= 0 ? 0 : sigma > 0 ? normalProbability(log(x / median) / sigma) : x >= median ? 1 : 0
    case .values: 0
    }
  }
}
