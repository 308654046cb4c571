import ThecalLinearAlgebra

/// The second derivatives of a function at a point, from differences of its gradient, and what follows from them where
/// the point is a lowest one.
///
/// - Accuracy: About 1e-6 relative for a function whose derivatives are of the order of one.
package struct Curvature: Sendable {
  /// The second derivatives.
  package let hessian: [[Double]]
  /// Their inverse: the covariance of a normal density with this logarithm.
  package let covariance: [[Double]]
  /// The logarithm of their determinant.
  package let logDeterminant: Double

  /// The curvature at `point`; `gradients` gives the gradients at many points at once. Nil where the point is no lowest
  /// one, or has a neighbor without gradient.
  package init?(at point: [Double], step: Double = 1e-3, gradients: ([[Double]]) -> [[Double]]) {
    let n = point.count
    precondition(n >= 1 && step > 0)
    let places = (0..<n).flatMap { k in
      [step, -step].map { change in
        var place = point
        place[k] += change
        return place
      }
    }
    let found = gradients(places)
    guard found.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    var hessian = (0..<n).map { i in (0..<n).map { (found[2 * i][$0] - found[2 * i + 1][$0]) / (2 * step) } }
    for i in 0..<n {
      for j in 0..<i {
        let mean = (hessian[i][j] + hessian[j][i]) / 2
        (hessian[i][j], hessian[j][i]) = (mean, mean)
      }
    }
    self.init(hessian)
  }

  /// What follows from second derivatives; nil where they are not positive definite.
  package init?(_ hessian: [[Double]]) {
    let n = hessian.count
    let elements = (0..<n).flatMap { column in (0..<n).map { hessian[$0][column] } }
    var factor = Cholesky(order: n)
    do { try factor.factor(Matrix(rows: n, columns: n, elements: elements)) } catch { return nil }
    self.hessian = hessian
    logDeterminant = factor.logarithmOfDeterminant
    covariance = (0..<n).map { column in
      var unit = (0..<n).map { $0 == column ? 1.0 : 0 }
      factor.solve(&unit)
      return unit
    }
  }
}
