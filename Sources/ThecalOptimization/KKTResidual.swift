package import ThecalLinearAlgebra

/// How far a point is from satisfying the conditions of Karush, Kuhn and Tucker: the proof of an optimum.
///
/// It is computed from the problem and the answer alone, not from what the solver kept; each part is a share of
/// the size of the terms that cancel in it.
package struct KKTResidual: Hashable, Sendable {
  /// H x + g − N λ.
  package let stationarity: Double
  /// By how much a constraint is violated.
  package let infeasibility: Double
  /// By how much a multiplier is negative.
  package let negativity: Double
  /// λ times the slack of its constraint.
  package let complementarity: Double

  /// The largest of the four.
  package var largest: Double { max(stationarity, infeasibility, negativity, complementarity) }

  static let zero = KKTResidual(stationarity: 0, infeasibility: 0, negativity: 0, complementarity: 0)

  private init(stationarity: Double, infeasibility: Double, negativity: Double, complementarity: Double) {
    self.stationarity = stationarity
    self.infeasibility = infeasibility
    self.negativity = negativity
    self.complementarity = complementarity
  }

  /// The residual of `point` and `multipliers` for min ½ xᵀH x + gᵀx with `normals`ᵀ x ≥ `bounds`.
  package init(
    hessian: Matrix, gradient: [Double], normals: Matrix, bounds: [Double], point: [Double],
    multipliers: [Double]
  ) {
    let n = point.count
    var (defect, size) = (0.0, 0.0)
    for i in 0..<n {
      var (sum, terms) = (gradient[i], abs(gradient[i]))
      for j in 0..<n {
        let term = (i >= j ? hessian[i, j] : hessian[j, i]) * point[j]
        sum += term
        terms += abs(term)
      }
      for j in multipliers.indices where multipliers[j] != 0 {
        let term = normals[i, j] * multipliers[j]
        sum -= term
        terms += abs(term)
      }
      defect = max(defect, abs(sum))
      size = max(size, terms)
    }
    let unit = multipliers.reduce(size) { max($0, abs($1)) }
    var (infeasible, complementary, least) = (0.0, 0.0, 0.0)
    for j in bounds.indices {
      var (slack, terms) = (-bounds[j], abs(bounds[j]))
      for i in 0..<n where normals[i, j] != 0 {
        let term = normals[i, j] * point[i]
        slack += term
        terms += abs(term)
      }
      guard terms > 0 else { continue }
      infeasible = max(infeasible, -slack / terms)
      complementary = max(
        complementary, abs(multipliers[j] * slack) / (terms * max(unit, .leastNormalMagnitude)))
      least = min(least, multipliers[j])
    }
    self.init(
      stationarity: size > 0 ? defect / size : 0, infeasibility: infeasible,
      negativity: unit > 0 ? -least / unit : 0, complementarity: complementary)
  }
}
