import Glibc

/// Student's distribution.
enum StudentT {
  /// The value below which a share `p` lies, 0 < p < 1, with `degrees` of freedom, at least 1.
  ///
  /// - Accuracy: 1e-10 relative, for p from 1e-6 to 1 − 1e-6.
  static func quantile(_ p: Double, degrees: Double) -> Double {
    precondition(p > 0 && p < 1 && degrees >= 1)
    if p == 0.5 { return 0 }
    if p < 0.5 { return -quantile(1 - p, degrees: degrees) }
    var (low, high) = (0.0, 1.0)
    while upperTail(high, degrees) > 1 - p { high *= 2 }
    // Bisection: 200 halvings end where neighboring doubles do.
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if upperTail(middle, degrees) > 1 - p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The share above `t` ≥ 0: half the regularized incomplete beta function at ν / (ν + t²).
  static func upperTail(_ t: Double, _ degrees: Double) -> Double {
    let x = degrees / (degrees + t * t)
    return regularizedBeta(x, degrees / 2, 1 / 2.0) / 2
  }

  /// The regularized incomplete beta function by its continued fraction. Source: `abramowitz1964`, 26.5.8.
  private static func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    // The fraction converges fast on this side of the mean only.
    if x > (a + 1) / (a + b + 2) { return 1 - regularizedBetaDirect(1 - x, b, a, front) }
    return regularizedBetaDirect(x, a, b, front)
  }

  private static func regularizedBetaDirect(_ x: Double, _ a: Double, _ b: Double, _ front: Double) -> Double
  {
    let tiny = 1e-300  // keeps Lentz's method from dividing by zero
    var (c, d) = (1.0, 1 / guarded(1 - (a + b) * x / (a + 1), tiny))
    var fraction = d
    for k in 1...500 {
      let m = Double(k)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d, tiny)
      c = guarded(1 + even / c, tiny)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d, tiny)
      c = guarded(1 + odd / c, tiny)
      fraction *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return front * fraction / a
  }

  private static func guarded(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
}
