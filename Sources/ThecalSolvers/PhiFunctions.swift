import Glibc

/// The entire functions of exponential integrators, without cancellation.
///
/// φ₁(z) = (eᶻ − 1)/z and φ₂(z) = (eᶻ − 1 − z)/z².
///
/// - Accuracy: a few units in the last place for z ≤ 0.
/// - Source: `hochbruck2010`, section 2.
enum Phi {
  static func one(_ z: Double) -> Double { z == 0 ? 1 : expm1(z) / z }

  static func two(_ z: Double) -> Double {
    guard abs(z) < 1 else { return (expm1(z) - z) / (z * z) }
    return series(from: 2, z)
  }

  /// Σ zᵏ / (k + order)!, for |z| ≤ 1: twenty terms reach 1e-19 of the first.
  private static func series(from order: Int, _ z: Double) -> Double {
    var sum = 0.0
    for k in stride(from: 19, through: 1, by: -1) { sum = (sum + 1) * z / Double(k + order) }
    return (sum + 1) / (order == 2 ? 2 : 1)
  }

  /// The first divided difference of t ↦ e^{zt}: ∫₀ʰ e^{a(h−s)} e^{bs} ds, for a, b ≤ 0.
  static func between(_ a: Double, _ b: Double, _ h: Double) -> Double {
    let (low, high) = a < b ? (a, b) : (b, a)
    return exp(high * h) * h * one((low - high) * h)
  }

  /// The second divided difference at 0, a and b: ∫₀ʰ e^{a(h−s)} · s φ₁(bs) ds, for a, b ≤ 0.
  ///
  /// The recurrence divides by the largest difference, so it loses no more than a digit; where all three
  /// points lie together the series ∑ h^{k+2}/(k+2)! · hₖ(a, b) replaces it.
  static func between(zero a: Double, _ b: Double, _ h: Double) -> Double {
    let (low, high) = a < b ? (a, b) : (b, a)
    guard low * h < -1 else { return nearZero(low * h, high * h) * h * h }
    return (h * one(high * h) - between(low, high, h)) / -low
  }

  /// Σ hₖ(x, y) / (k + 2)!, with hₖ the complete homogeneous polynomial of degree k, for −1 ≤ x ≤ y ≤ 0.
  private static func nearZero(_ x: Double, _ y: Double) -> Double {
    var sum = 0.0
    var homogeneous = 1.0
    var power = 1.0
    var factorial = 2.0
    for k in 0..<20 {
      sum += homogeneous / factorial
      power *= y
      homogeneous = homogeneous * x + power
      factorial *= Double(k + 3)
    }
    return sum
  }
}
