import CThecalLapack
import Glibc

/// The Cholesky factorization of a symmetric positive definite matrix (`dpotrf`, `dpotrs`).
public struct Cholesky: ~Copyable {
  /// Number of rows.
  public let order: Int
  private var factors: [Double]

  /// Workspace for matrices of this `order`.
  public init(order: Int) {
    precondition(order >= 1)
    self.order = order
    factors = Array(repeating: 0, count: order * order)
  }

  /// Factors `matrix`, of which the lower triangle is read.
  ///
  /// - Complexity: O(*n*³), no allocation.
  public mutating func factor(_ matrix: Matrix) throws(FactorizationError) {
    precondition(matrix.rows == order && matrix.columns == order)
    for i in factors.indices { factors[i] = matrix.elements[i] }
    let info = onOneThread {
      LAPACKE_dpotrf_work(
        LAPACK_COL_MAJOR, lowerTriangle, Int32(order), &factors, Int32(order))
    }
    precondition(info >= 0, "argument \(-info) of dpotrf")
    if info > 0 { throw .notPositiveDefinite(order: Int(info)) }
  }

  /// Replaces `vector` by the solution with the matrix that was factored last.
  ///
  /// - Complexity: O(*n*²), no allocation.
  public func solve(_ vector: inout [Double]) {
    precondition(vector.count == order, "vector of the wrong length")
    let info = onOneThread {
      LAPACKE_dpotrs_work(
        LAPACK_COL_MAJOR, lowerTriangle, Int32(order), 1, factors, Int32(order), &vector, Int32(order))
    }
    precondition(info == 0, "argument \(-info) of dpotrs")
  }

  /// The lower factor's element in `row` and `column ≤ row`.
  public func lower(_ row: Int, _ column: Int) -> Double {
    precondition(column <= row)
    return factors[column * order + row]
  }

  /// The logarithm of the determinant of the matrix that was factored last.
  public var logarithmOfDeterminant: Double {
    var sum = 0.0
    for i in 0..<order { sum += log(factors[i * order + i]) }
    return 2 * sum
  }
}
