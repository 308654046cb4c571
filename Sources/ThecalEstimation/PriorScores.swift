import ThecalOptimization
import ThecalSampling

/// The priors in coordinates in which each is standard normal: its normal scores.
struct PriorScores: Sendable {
  let priors: [EstimationRequest.Prior]
  /// The inverse of the correlation of the scores.
  private let precision: [[Double]]
  let logDeterminant: Double

  init(_ request: EstimationRequest) throws(EstimationProblem) {
    priors = request.priors
    var correlation = request.priors.indices.map { i in request.priors.indices.map { $0 == i ? 1.0 : 0 } }
    for (i, j, rho) in request.correlations { (correlation[i][j], correlation[j][i]) = (rho, rho) }
    guard let inverted = Curvature(correlation) else { throw .correlations }
    precision = inverted.covariance
    logDeterminant = inverted.logDeterminant
  }

  var count: Int { priors.count }

  /// The values that belong to scores, and their slopes.
  func values(_ scores: [Double]) -> (values: [Double], slopes: [Double]) {
    let found = zip(priors, scores).map { $0.distribution.value(latent: $1) }
    return (found.map(\.value), found.map(\.slope))
  }

  /// Minus the logarithm of the density of scores, without its constant, and its gradient.
  func penalty(_ scores: [Double]) -> (value: Double, gradient: [Double]) {
    let gradient = precision.map { row in zip(row, scores).reduce(0) { $0 + $1.0 * $1.1 } }
    return (zip(gradient, scores).reduce(0) { $0 + $1.0 * $1.1 } / 2, gradient)
  }
}
