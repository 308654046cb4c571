package import ThecalLinearAlgebra

/// Non-linear least squares: the parameters at which ½ ‖r(θ)‖² is smallest nearby.
///
/// Each step is a linear least-squares problem in the Jacobian and a damping that grows where the model bends
/// and vanishes where it does not, so that the end is Newton's and the beginning never overshoots. The step is
/// solved by QR, which sees the Jacobian itself and not its square. After Marquardt 1963.
package struct LevenbergMarquardt: ~Copyable {
  /// Number of residuals and of parameters.
  package let rows: Int, parameters: Int
  /// The point found last.
  package private(set) var point: [Double]
  /// ½ ‖r‖² there.
  package private(set) var objective = 0.0
  /// The largest share of a residual's length that lies along a parameter there: zero at a minimum.
  package private(set) var gradient = 0.0
  private var residual: [Double]
  private var trial: [Double]
  private var jacobian: Matrix
  private var damped: Matrix
  private var right: [Double]
  private var step: [Double]
  private var squares: LeastSquares

  /// Workspace for this many residuals and parameters.
  package init(rows: Int, parameters: Int) {
    precondition(parameters >= 1 && rows >= parameters)
    self.rows = rows
    self.parameters = parameters
    point = Array(repeating: 0, count: parameters)
    step = point
    residual = Array(repeating: 0, count: rows)
    trial = residual
    jacobian = Matrix(rows: rows, columns: parameters)
    damped = Matrix(rows: rows + parameters, columns: parameters)
    right = Array(repeating: 0, count: rows + parameters)
    squares = LeastSquares(rows: rows + parameters, columns: parameters)
  }

  /// Starts at `start` and goes downhill; `model` writes the residuals and their Jacobian at a point.
  package mutating func minimize(
    from start: [Double],
    _ model: (_ point: [Double], _ residual: inout [Double], _ jacobian: inout Matrix) -> Void
  ) throws(LevenbergMarquardtError) {
    precondition(start.count == parameters)
    point = start
    model(point, &residual, &jacobian)
    objective = half(residual)
    guard objective.isFinite else { throw .notFinite }
    var damping = Self.firstDamping
    for _ in 0..<Self.mostSteps {
      gradient = steepness()
      if gradient < Self.flat { return }
      let moved = try attempt(damping, model)
      damping = moved ? max(damping / Self.relief, Self.leastDamping) : damping * Self.strain
      // No step this short lowers the objective: rounding has the last word.
      if damping > Self.mostDamping { return }
    }
    throw .noConvergence(steps: Self.mostSteps)
  }

  /// The covariance of the parameters for residuals of unit variance: (JᵀJ)⁻¹ at the point found.
  package func covariance() throws(FactorizationError) -> Matrix {
    var information = Matrix(rows: parameters, columns: parameters)
    information.becomeProduct(jacobian, jacobian, transposingLeft: true)
    var cholesky = Cholesky(order: parameters)
    try cholesky.factor(information)
    var inverse = Matrix(rows: parameters, columns: parameters)
    for column in 0..<parameters {
      var unit = (0..<parameters).map { $0 == column ? 1.0 : 0 }
      cholesky.solve(&unit)
      for row in 0..<parameters { inverse[row, column] = unit[row] }
    }
    return inverse
  }

  /// Tries one step; whether it led downhill.
  private mutating func attempt(
    _ damping: Double,
    _ model: (_ point: [Double], _ residual: inout [Double], _ jacobian: inout Matrix) -> Void
  ) throws(LevenbergMarquardtError) -> Bool {
    for column in 0..<parameters {
      var square = 0.0
      for row in 0..<rows {
        damped[row, column] = jacobian[row, column]
        square += jacobian[row, column] * jacobian[row, column]
      }
      for row in 0..<parameters { damped[rows + row, column] = 0 }
      damped[rows + column, column] = (damping * max(square, .leastNormalMagnitude)).squareRoot()
    }
    for row in 0..<rows { right[row] = -residual[row] }
    do {
      _ = try squares.solve(damped, right, into: &step)
    } catch {
      throw .notFinite
    }
    let old = point
    for i in 0..<parameters { point[i] += step[i] }
    var next = jacobian
    model(point, &trial, &next)
    let reached = half(trial)
    guard reached < objective else {
      point = old
      return false
    }
    swap(&residual, &trial)
    jacobian = next
    objective = reached
    return true
  }

  private func half(_ residual: [Double]) -> Double { residual.reduce(0) { $0 + $1 * $1 } / 2 }

  /// |cos| of the angle between the residual and the column of the Jacobian nearest to it.
  private func steepness() -> Double {
    let length = (2 * objective).squareRoot()
    guard length > 0 else { return 0 }
    var largest = 0.0
    for column in 0..<parameters {
      var (product, square) = (0.0, 0.0)
      for row in 0..<rows {
        product += jacobian[row, column] * residual[row]
        square += jacobian[row, column] * jacobian[row, column]
      }
      if square > 0 { largest = max(largest, abs(product) / (square.squareRoot() * length)) }
    }
    return largest
  }

  private static let firstDamping = 1e-3
  private static let leastDamping = 1e-12
  private static let mostDamping = 1e16
  private static let relief = 5.0
  private static let strain = 3.0
  private static let flat = 1e-12
  private static let mostSteps = 500
}

/// Why a fit ended without an answer.
package enum LevenbergMarquardtError: Error, Equatable, Sendable {
  /// A residual is not a number.
  case notFinite
  /// This many steps were not enough.
  case noConvergence(steps: Int)
}
