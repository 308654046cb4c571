import CThecalLapack

/// The LU factorization, with partial pivoting, of a tridiagonal matrix (`dgttrf`, `dgttrs`).
public struct TridiagonalLU: ~Copyable {
  /// Number of rows.
  public let order: Int
  private var lower: [Double]
  private var diagonal: [Double]
  private var upper: [Double]
  private var secondUpper: [Double]
  private var pivots: [Int32]

  /// Workspace for matrices of this `order`.
  public init(order: Int) {
    precondition(order >= 1)
    self.order = order
    lower = Array(repeating: 0, count: max(order - 1, 1))
    diagonal = Array(repeating: 1, count: order)
    upper = Array(repeating: 0, count: max(order - 1, 1))
    secondUpper = Array(repeating: 0, count: max(order - 2, 1))
    pivots = (0..<order).map { Int32($0) + 1 }
  }

  /// Factors the matrix with these diagonals, replacing what was factored before.
  ///
  /// - Complexity: O(*n*), no allocation.
  public mutating func factor(
    lower: [Double], diagonal: [Double], upper: [Double]
  ) throws(FactorizationError) {
    precondition(lower.count == order - 1 && diagonal.count == order && upper.count == order - 1)
    for i in 0..<order { self.diagonal[i] = diagonal[i] }
    for i in 0..<(order - 1) {
      self.lower[i] = lower[i]
      self.upper[i] = upper[i]
    }
    let info = LAPACKE_dgttrf_work(
      Int32(order), &self.lower, &self.diagonal, &self.upper, &secondUpper, &pivots)
    precondition(info >= 0, "argument \(-info) of dgttrf")
    if info > 0 { throw .singular(column: Int(info) - 1) }
  }

  /// Replaces `vector` by the solution with the matrix that was factored last.
  ///
  /// - Complexity: O(*n*), no allocation.
  public func solve(_ vector: inout [Double]) {
    precondition(vector.count == order, "vector of the wrong length")
    let info = LAPACKE_dgttrs_work(
      LAPACK_COL_MAJOR, noTranspose, Int32(order), 1, lower, diagonal, upper, secondUpper, pivots,
      &vector, Int32(order))
    precondition(info == 0, "argument \(-info) of dgttrs")
  }
}

/// The letters by which LAPACK names its variants.
let noTranspose = CChar(UInt8(ascii: "N"))
let lowerTriangle = CChar(UInt8(ascii: "L"))
let withVectors = CChar(UInt8(ascii: "V"))
let valuesOnly = CChar(UInt8(ascii: "N"))
let byIndex = CChar(UInt8(ascii: "I"))
let everything = CChar(UInt8(ascii: "A"))
