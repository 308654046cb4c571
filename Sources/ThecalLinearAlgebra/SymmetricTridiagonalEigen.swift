import CThecalLapack

/// Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer (`dstevd`).
///
/// - Accuracy: Values are exact to a few units in the last place of the matrix's norm, vectors orthonormal to
///   the same.
public struct SymmetricTridiagonalEigen: ~Copyable {
  /// Number of rows.
  public let order: Int
  /// The values found last, ascending.
  public private(set) var values: [Double]
  /// The vectors found last, one per column, in the order of `values`.
  public private(set) var vectors: Matrix
  private var beside: [Double]
  private var work: [Double]
  private var indices: [Int32]

  /// Workspace for matrices of this `order`.
  public init(order: Int) {
    precondition(order >= 1)
    self.order = order
    values = Array(repeating: 0, count: order)
    vectors = Matrix(rows: order, columns: order)
    beside = Array(repeating: 0, count: order)
    work = Array(repeating: 0, count: 1 + 4 * order + order * order)
    indices = Array(repeating: 0, count: 3 + 5 * order)
  }

  /// Decomposes the matrix with this `diagonal` and these elements `beside` it.
  ///
  /// - Complexity: O(*n*³) at worst, often O(*n*²); no allocation.
  public mutating func decompose(diagonal: [Double], beside: [Double]) throws(FactorizationError) {
    precondition(diagonal.count == order && beside.count == order - 1)
    for i in 0..<order { values[i] = diagonal[i] }
    for i in 0..<(order - 1) { self.beside[i] = beside[i] }
    let info = onOneThread {
      LAPACKE_dstevd_work(
        LAPACK_COL_MAJOR, withVectors, Int32(order), &values, &self.beside, &vectors.elements,
        Int32(order), &work, Int32(work.count), &indices, Int32(indices.count))
    }
    precondition(info >= 0, "argument \(-info) of dstevd")
    if info > 0 { throw .noConvergence(count: Int(info)) }
  }
}
