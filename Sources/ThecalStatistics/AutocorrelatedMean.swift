import Glibc

/// A mean, or the slope of a line, of autocorrelated values: the correlation of two fades with the days between
/// them, ρ^d, and the answer is averaged over what ρ may be.
package struct AutocorrelatedMean: Sendable {
  /// What one ρ says: its weight, the coefficient, its standard error.
  struct Part: Sendable {
    let weight: Double
    let value: Double
    let error: Double
  }

  /// One part per ρ.
  let parts: [Part]
  /// Degrees of freedom of every part.
  let degrees: Double

  /// The ρ that are considered, equally likely before: as far as 0.95, where weeks of days are like one.
  static let correlations = (0..<20).map { Double($0) / 20 }

  /// The mean of `values`, or with `slope` (deviations that sum to zero) the coefficient of these; nil with too few
  /// values to leave any scatter.
  package init?(days: [Int], values: [Double], slope: [Double]?) {
    let coefficients = slope == nil ? 1 : 2
    guard values.count > coefficients else { return nil }
    degrees = Double(values.count - coefficients)
    let ones = values.map { _ in 1.0 }
    let freedom = degrees
    let fits = Self.correlations.map { rho -> (value: Double, error: Double, logWeight: Double) in
      let (y, one, logScale) = (
        Self.whitened(values, days, rho), Self.whitened(ones, days, rho), Self.logScale(days, rho)
      )
      guard let slope else {
        let a = Self.dot(one, one)
        let value = Self.dot(one, y) / a
        let rest = zip(y, one).reduce(0) { $0 + square($1.0 - value * $1.1) }
        return (value, (rest / freedom / a).squareRoot(), -logScale - log(a) / 2 - freedom / 2 * log(rest))
      }
      let x = Self.whitened(slope, days, rho)
      let (a, b, d) = (Self.dot(one, one), Self.dot(one, x), Self.dot(x, x))
      let determinant = a * d - b * b
      let (p, q) = (Self.dot(one, y), Self.dot(x, y))
      let (level, value) = ((d * p - b * q) / determinant, (a * q - b * p) / determinant)
      let rest = y.indices.reduce(0) { $0 + square(y[$1] - level * one[$1] - value * x[$1]) }
      return (
        value, (rest / freedom * a / determinant).squareRoot(),
        -logScale - log(determinant) / 2 - freedom / 2 * log(rest)
      )
    }
    // Values that lie on a line exactly leave nothing to weigh.
    let largest = fits.map(\.logWeight).max() ?? 0
    let weights = fits.map {
      largest.isFinite ? exp($0.logWeight - largest) : $0.logWeight == largest ? 1 : 0
    }
    let total = weights.reduce(0, +)
    parts = zip(fits, weights).map { Part(weight: $1 / total, value: $0.value, error: $0.error) }
  }

  /// The range that holds `confidence` of the mixture, as much below as above.
  package func interval(_ confidence: Double) -> (low: Double, high: Double) {
    (quantile((1 - confidence) / 2), quantile((1 + confidence) / 2))
  }

  private func quantile(_ p: Double) -> Double {
    let reach = StudentT.quantile(p, degrees: degrees)
    let ends = parts.map { $0.value + $0.error * reach }
    guard var low = ends.min(), var high = ends.max() else { return 0 }
    // Until neighboring doubles, or twelve digits of a score.
    while high - low > 1e-12 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if share(below: middle) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private func share(below x: Double) -> Double {
    parts.reduce(0) { sum, part in
      guard part.error > 0 else { return sum + (part.value <= x ? part.weight : 0) }
      let t = (x - part.value) / part.error
      let tail = StudentT.upperTail(abs(t), degrees)
      return sum + part.weight * (t > 0 ? 1 - tail : tail)
    }
  }

  /// What is new in each value beside the one before: independent, and of one size.
  private static func whitened(_ values: [Double], _ days: [Int], _ rho: Double) -> [Double] {
    values.indices.map { i in
      guard i > 0 else { return values[0] }
      let shared = pow(rho, Double(days[i] - days[i - 1]))
      return (values[i] - shared * values[i - 1]) / (1 - shared * shared).squareRoot()
    }
  }

  /// Half the logarithm of the determinant of the correlations.
  private static func logScale(_ days: [Int], _ rho: Double) -> Double {
    zip(days, days.dropFirst()).reduce(0) { $0 + log1p(-pow(rho, 2 * Double($1.1 - $1.0))) / 2 }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}

private func square(_ x: Double) -> Double { x * x }
