/// Student's distribution.
package enum StudentT {
  /// The value below which a share `p` lies, 0 < p < 1, with `degrees` of freedom, at least 1.
  ///
  /// - Accuracy: 1e-10 relative, for p from 1e-6 to 1 − 1e-6.
  package static func quantile(_ p: Double, degrees: Double) -> Double {
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
  /// Source: `abramowitz1964`, 26.5.27.
  package static func upperTail(_ t: Double, _ degrees: Double) -> Double {
    BetaDistribution(a: degrees / 2, b: 1 / 2).probability(below: degrees / (degrees + t * t)) / 2
  }
}
