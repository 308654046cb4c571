import CThecalLapack

/// The LU factorization, with partial pivoting, of a banded matrix (`dgbtrf`, `dgbtrs`).
public struct BandedLU: ~Copyable {
  /// Number of rows.
  public let order: Int
  /// Number of diagonals below the main one.
  public let below: Int
  /// Number of diagonals above the main one.
  public let above: Int
  private var band: [Double]
  private var pivots: [Int32]
  private var stride: Int { 2 * below + above + 1 }

  /// Workspace for matrices of this shape.
  public init(order: Int, below: Int, above: Int) {
    precondition(order >= 1 && below >= 0 && above >= 0)
    self.order = order
    self.below = below
    self.above = above
    band = Array(repeating: 0, count: (2 * below + above + 1) * order)
    pivots = Array(repeating: 0, count: order)
  }

  /// Factors the matrix whose element in row *i*, column *j* is `element(i, j)`; only elements inside the
  /// band are asked for.
  ///
  /// - Complexity: O(*n* · below · (below + above)), no allocation.
  public mutating func factor(_ element: (Int, Int) -> Double) throws(FactorizationError) {
    for j in 0..<order {
      for i in 0..<stride { band[j * stride + i] = 0 }
      for i in max(0, j - above)...min(order - 1, j + below) {
        band[j * stride + below + above + i - j] = element(i, j)
      }
    }
    let info = onOneThread {
      LAPACKE_dgbtrf_work(
        LAPACK_COL_MAJOR, Int32(order), Int32(order), Int32(below), Int32(above), &band, Int32(stride),
        &pivots)
    }
    precondition(info >= 0, "argument \(-info) of dgbtrf")
    if info > 0 { throw .singular(column: Int(info) - 1) }
  }

  /// Replaces `vector` by the solution with the matrix that was factored last.
  ///
  /// - Complexity: O(*n* · (2 below + above)), no allocation.
  public func solve(_ vector: inout [Double]) {
    precondition(vector.count == order, "vector of the wrong length")
    let info = onOneThread {
      LAPACKE_dgbtrs_work(
        LAPACK_COL_MAJOR, noTranspose, Int32(order), Int32(below), Int32(above), 1, band, Int32(stride),
        pivots, &vector, Int32(order))
    }
    precondition(info == 0, "argument \(-info) of dgbtrs")
  }
}
