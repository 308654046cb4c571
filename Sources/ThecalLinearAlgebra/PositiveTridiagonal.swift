import CThecalLapack

/// The L·D·Lᵀ factorization of a symmetric positive definite tridiagonal matrix (`dpttrf`, `dpttrs`).
public struct PositiveTridiagonal: ~Copyable {
  /// Number of rows.
  public let order: Int
  private var diagonal: [Double]
  private var beside: [Double]

  /// Workspace for matrices of this `order`; holds the identity until something is factored.
  public init(order: Int) {
    precondition(order >= 1)
    self.order = order
    diagonal = Array(repeating: 1, count: order)
    beside = Array(repeating: 0, count: max(order - 1, 1))
  }

  /// Factors the matrix with this `diagonal` and these elements `beside` it.
  ///
  /// - Complexity: O(*n*), no allocation.
  public mutating func factor(diagonal: [Double], beside: [Double]) throws(FactorizationError) {
    precondition(diagonal.count == order && beside.count == order - 1)
    for i in 0..<order { self.diagonal[i] = diagonal[i] }
    for i in 0..<(order - 1) { self.beside[i] = beside[i] }
    let info = LAPACKE_dpttrf_work(Int32(order), &self.diagonal, &self.beside)
    precondition(info >= 0, "argument \(-info) of dpttrf")
    if info > 0 { throw .notPositiveDefinite(order: Int(info)) }
  }

  /// Replaces `vector` by the solution with the matrix that was factored last.
  ///
  /// - Complexity: O(*n*), no allocation.
  public func solve(_ vector: inout [Double]) {
    precondition(vector.count == order, "vector of the wrong length")
    let info = LAPACKE_dpttrs_work(
      LAPACK_COL_MAJOR, Int32(order), 1, diagonal, beside, &vector, Int32(order))
    precondition(info == 0, "argument \(-info) of dpttrs")
  }
}
