/// Why a factorization, a decomposition or a fit could not be completed: a fact about the matrix.
public enum FactorizationError: Error, Equatable, Sendable {
  /// The leading block of this `order` is not positive definite.
  case notPositiveDefinite(order: Int)
  /// An eigenvalue iteration gave up; `count` of the values had not converged.
  case noConvergence(count: Int)
  /// The columns are linearly dependent; the triangular factor is zero in `column`, counted from zero.
  case rankDeficient(column: Int)
}
