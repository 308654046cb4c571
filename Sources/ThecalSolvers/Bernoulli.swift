import CThecalKernels
import Glibc

/// B(z) = z / (eᶻ − 1), the weight of exponential fitting.
///
/// - Source: `scharfetter1969`; the series is `abramowitz1964`, 23.1.1.
public enum Bernoulli {
  /// B(z) and B(−z).
  public static func pair(_ z: Double) -> (Double, Double) {
    guard abs(z) > 1e-5 else { return (1 - z / 2 + z * z / 12, 1 + z / 2 + z * z / 12) }
    let size = abs(z)
    let against = size / expm1(size)
    return z > 0 ? (against, against + size) : (against + size, against)
  }

  /// B'(z), between −1 and 0, from B(z) and B(−z): B'(z) = B(z) (1 − B(−z)) / z, without an exponential.
  ///
  /// - Accuracy: 1e-13; below |z| = 0.01, where the difference loses its digits, by the series.
  public static func derivative(_ z: Double, _ weights: (Double, Double)) -> Double {
    guard abs(z) > 1e-2 else { return -0.5 + z / 6 - z * z * z / 180 }
    return weights.0 / z * (1 - weights.1)
  }

  /// The clearances over faces of these conductances and flows, mL/h: `onward` along a positive flow.
  ///
  /// With z = flow / conductance, onward = conductance · B(−z) and back = conductance · B(z): both positive for
  /// every z, exact for a steady flux between two nodes, and second order where |z| is small.
  ///
  /// - Complexity: O(*n*), no allocation.
  public static func fit(
    conductance: [Double], flow: [Double], onward: inout [Double], back: inout [Double]
  ) {
    precondition(flow.count == conductance.count)
    precondition(onward.count == flow.count && back.count == flow.count)
    thecal_exponential_fitting(flow.count, conductance, flow, &onward, &back)
  }
}
