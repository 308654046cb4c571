import Glibc

/// The beta distribution: what counts say about a share.
package struct BetaDistribution: Hashable, Sendable {
  /// The two parameters, above zero.
  package let a: Double, b: Double

  /// A distribution with these parameters.
  package init(a: Double, b: Double) {
    precondition(a > 0 && b > 0)
    self.a = a
    self.b = b
  }

  /// The interval of Jeffreys for a share after `events` of `n`: its ends cut off `tail` on each side, and it
  /// reaches to 0 where nothing was seen and to 1 where everything was.
  package static func jeffreys(events: Double, of n: Double, tail: Double = 0.025) -> ClosedRange<Double> {
    precondition(n > 0 && (0...n).contains(events))
    let share = BetaDistribution(a: events + 0.5, b: n - events + 0.5)
    return (events == 0 ? 0 : share.quantile(tail))...(events == n ? 1 : share.quantile(1 - tail))
  }

  /// The probability below `x`: the regularised incomplete beta function, by its continued fraction.
  ///
  /// - Accuracy: 1e-13. Source: DLMF 8.17.22, evaluated by the method of Lentz.
  package func probability(below x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    // The fraction converges fast on one side of the mean; the other side is its mirror image.
    return x < (a + 1) / (a + b + 2)
      ? front * Self.fraction(a, b, x) / a : 1 - front * Self.fraction(b, a, 1 - x) / b
  }

  /// The value below which the share `p` lies, by bisection.
  package func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1)
    var (low, high) = (0.0, 1.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if probability(below: middle) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = Double.leastNormalMagnitude
    func safe(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / safe(1 - (a + b) * x / (a + 1))
    var value = d
    for k in 1..<2_000 {
      let m = Double(k)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / safe(1 + even * d)
      c = safe(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + odd * d)
      c = safe(1 + odd / c)
      let change = d * c
      value *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return value
  }
}
