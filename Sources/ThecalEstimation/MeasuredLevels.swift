import Glibc
import ThecalSampling

/// Levels that were measured, held against those of a model: the logarithm of a measurement is normal about that of the
/// level, and one below the limit of its assay lies somewhere below it.
public struct MeasuredLevels: Hashable, Sendable {
  /// A measurement.
  public struct Point: Hashable, Sendable {
    /// Which of the levels of a set it measures: its time times the number of sites, plus its site.
    public let index: Int
    /// What was measured, or the limit below which it lies, ng/mL.
    public let value_ng_per_mL: Double
    /// Whether it lies below the limit.
    public let isBelow: Bool

    /// A measurement, above zero.
    ///
    /// - Precondition: `index` is not below zero, and the value above it and finite.
    public init(index: Int, value_ng_per_mL: Double, isBelow: Bool = false) {
      precondition(index >= 0 && value_ng_per_mL > 0 && value_ng_per_mL.isFinite)
      self.index = index
      self.value_ng_per_mL = value_ng_per_mL
      self.isBelow = isBelow
    }
  }

  /// The measurements.
  public let points: [Point]
  /// The standard deviation of the logarithm of a measurement.
  public let sigma: Double
  /// What does not depend on the levels: the density of the measurements themselves and not of their logarithms.
  private let constant: Double

  /// Measurements with a residual of this standard deviation of the logarithm, above zero.
  ///
  /// - Precondition: `sigma` is above zero and finite.
  public init(_ points: [Point], sigma: Double) {
    precondition(sigma > 0 && sigma.isFinite)
    self.points = points
    self.sigma = sigma
    constant = points.reduce(0) {
      $1.isBelow ? $0 : $0 - log($1.value_ng_per_mL) - log(2 * Double.pi) / 2
    }
  }

  /// The residual of a point at a level: how many standard deviations it lies above it.
  func residual(_ point: Point, _ level: Double) -> Double {
    (log(point.value_ng_per_mL) - log(level)) / sigma
  }

  /// Minus the logarithm of the likelihood of the logarithms, without terms in π, and its slopes by level.
  func misfit(_ levels: [Double]) -> (value: Double, slopes: [Double]) {
    var (value, slopes) = (0.0, Array(repeating: 0.0, count: levels.count))
    for point in points {
      let level = levels[point.index]
      if point.isBelow && level == 0 { continue }
      let r = residual(point, level)
      if point.isBelow {
        let (share, slope) = logNormalProbability(r)
        value -= share
        slopes[point.index] += slope / (sigma * level)
      } else {
        value += r * r / 2 + log(sigma)
        slopes[point.index] -= r / (sigma * level)
      }
    }
    return (value, slopes)
  }

  /// The logarithm of the likelihood, from the misfit.
  func logLikelihood(_ misfit: Double) -> Double { misfit.isFinite ? constant - misfit : -.infinity }
}
