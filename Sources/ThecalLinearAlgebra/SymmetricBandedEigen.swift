import CThecalLapack

/// All eigenvalues and eigenvectors of a symmetric banded matrix (`dsbevd`).
public struct SymmetricBandedEigen: ~Copyable {
  /// Number of rows.
  public let order: Int
  /// Number of diagonals beside the main one, on each side.
  public let bandwidth: Int
  /// The values found last, ascending.
  public private(set) var values: [Double]
  /// The vectors found last, one per column, in the order of `values`.
  public private(set) var vectors: Matrix
  private var band: [Double]
  private var work: [Double]
  private var indices: [Int32]

  /// Workspace for matrices of this shape.
  public init(order: Int, bandwidth: Int) {
    precondition(order >= 1 && bandwidth >= 0 && bandwidth < order)
    self.order = order
    self.bandwidth = bandwidth
    values = Array(repeating: 0, count: order)
    vectors = Matrix(rows: order, columns: order)
    band = Array(repeating: 0, count: (bandwidth + 1) * order)
    work = Array(repeating: 0, count: 1 + 5 * order + 2 * order * order)
    indices = Array(repeating: 0, count: 3 + 5 * order)
  }

  /// Decomposes the matrix whose element in row *i* ≥ *j*, column *j* is `element(i, j)`; only elements
  /// inside the lower half of the band are asked for.
  ///
  /// - Complexity: O(*n*³), no allocation.
  public mutating func decompose(_ element: (Int, Int) -> Double) throws(FactorizationError) {
    for j in 0..<order {
      for i in 0...bandwidth {
        band[j * (bandwidth + 1) + i] = j + i < order ? element(j + i, j) : 0
      }
    }
    let info = onOneThread {
      LAPACKE_dsbevd_work(
        LAPACK_COL_MAJOR, withVectors, lowerTriangle, Int32(order), Int32(bandwidth), &band,
        Int32(bandwidth + 1), &values, &vectors.elements, Int32(order), &work, Int32(work.count), &indices,
        Int32(indices.count))
    }
    precondition(info >= 0, "argument \(-info) of dsbevd")
    if info > 0 { throw .noConvergence(count: Int(info)) }
  }
}
