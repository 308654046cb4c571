import Glibc
import ThecalLinearAlgebra
import ThecalResponse
import ThecalOptimization

/// Scores as a function of two unknowns with standard normal priors: ln EC₅₀ and baseline, each in units of its
/// spread between patients.
struct ScoreModel: Hashable, Sendable {
  /// The curve of the median patient.
  let curve: SigmoidEffect
  /// Whether the effect is a share of the baseline, as relief is, or points off it.
  let isRelief: Bool
  /// Spread of ln EC₅₀.
  let sigma: Double
  /// Expected baseline and its spread.
  let prior: Double, priorSpread: Double
  /// Standard deviation of a score about the model.
  let noise: Double

  /// A most probable point with its covariance, row by row.
  struct Fit: Hashable, Sendable {
    let point: [Double]
    let covariance: [Double]
    let scatter: Double
  }

  /// EC₅₀, ng/mL.
  func half(_ z: Double) -> Double { curve.half * exp(sigma * z) }

  /// The score without drug.
  func baseline(_ z: Double) -> Double { prior + priorSpread * z }

  /// The score at a level.
  func score(_ point: [Double], _ level: Double) -> Double {
    let own = SigmoidEffect(largest: curve.largest, half: half(point[0]), steepness: curve.steepness)
    let size = own.effect(at: level)
    return isRelief ? baseline(point[1]) * (1 - size) : baseline(point[1]) - size
  }

  /// d score / d unknown, over the noise.
  func slopes(_ point: [Double], _ level: Double) -> [Double] {
    let own = SigmoidEffect(largest: curve.largest, half: half(point[0]), steepness: curve.steepness)
    let fall = own.slope(at: level) * sigma  // how the effect falls with ln EC₅₀
    return isRelief
      ? [baseline(point[1]) * fall / noise, priorSpread * (1 - own.effect(at: level)) / noise]
      : [fall / noise, priorSpread / noise]
  }

  /// The most probable point given scores at levels; nil where the fit does not converge.
  func fit(_ points: [(level: Double, score: Double)]) -> Fit? {
    var search = LevenbergMarquardt(rows: points.count + 2, parameters: 2)
    do {
      try search.minimize(from: [0, 0]) { point, residual, jacobian in
        for (row, seen) in points.enumerated() {
          residual[row] = (score(point, seen.level) - seen.score) / noise
          let slope = slopes(point, seen.level)
          jacobian[row, 0] = slope[0]
          jacobian[row, 1] = slope[1]
        }
        for k in 0..<2 {
          residual[points.count + k] = point[k]
          jacobian[points.count + k, 0] = k == 0 ? 1 : 0
          jacobian[points.count + k, 1] = k == 1 ? 1 : 0
        }
      }
      let covariance = try search.covariance()
      let point = search.point
      let squares = points.reduce(0) {
        let gap = score(point, $1.level) - $1.score
        return $0 + gap * gap
      }
      return Fit(
        point: point, covariance: [covariance[0, 0], covariance[0, 1], covariance[1, 0], covariance[1, 1]],
        scatter: (squares / Double(points.count)).squareRoot())
    } catch {
      return nil
    }
  }
}
