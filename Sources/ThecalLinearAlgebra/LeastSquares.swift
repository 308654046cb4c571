import CThecalLapack

/// Least squares by a QR factorization (`dgels`): the vector that leaves the smallest sum of squares.
public struct LeastSquares: ~Copyable {
  /// Number of equations.
  public let rows: Int
  /// Number of unknowns, at most the number of equations.
  public let columns: Int
  private var matrix: [Double]
  private var right: [Double]
  private var work: [Double]

  /// Workspace for problems of this shape.
  public init(rows: Int, columns: Int) {
    precondition(columns >= 1 && rows >= columns)
    self.rows = rows
    self.columns = columns
    matrix = Array(repeating: 0, count: rows * columns)
    right = Array(repeating: 0, count: rows)
    var size = 0.0
    _ = LAPACKE_dgels_work(
      LAPACK_COL_MAJOR, noTranspose, Int32(rows), Int32(columns), 1, &matrix, Int32(rows), &right,
      Int32(rows), &size, -1)
    work = Array(repeating: 0, count: max(Int(size), rows + columns))
  }

  /// Writes into `solution` the *x* for which ‖`design` · x − `observed`‖ is smallest; returns that norm.
  ///
  /// - Complexity: O(rows · columns²), no allocation.
  public mutating func solve(
    _ design: Matrix, _ observed: [Double], into solution: inout [Double]
  ) throws(FactorizationError) -> Double {
    precondition(design.rows == rows && design.columns == columns && observed.count == rows)
    precondition(solution.count == columns)
    for i in matrix.indices { matrix[i] = design.elements[i] }
    for i in 0..<rows { right[i] = observed[i] }
    let info = onOneThread {
      LAPACKE_dgels_work(
        LAPACK_COL_MAJOR, noTranspose, Int32(rows), Int32(columns), 1, &matrix, Int32(rows), &right,
        Int32(rows), &work, Int32(work.count))
    }
    precondition(info >= 0, "argument \(-info) of dgels")
    if info > 0 { throw .rankDeficient(column: Int(info) - 1) }
    for i in 0..<columns { solution[i] = right[i] }
    return right[columns...].reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
