import CThecalLapack

/// A dense matrix, column by column.
public struct Matrix: Equatable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// The elements, column after column.
  public var elements: [Double]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0)
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: 0, count: rows * columns)
  }

  /// A matrix whose `elements` stand column after column.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "expected \(rows) × \(columns) elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element in `row` and `column`, counted from zero.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[column * rows + row] }
    set { elements[column * rows + row] = newValue }
  }

  /// Becomes `scale · left · right + keep · self`; `left` is transposed first if asked.
  ///
  /// - Complexity: O(rows · columns · inner), no allocation.
  public mutating func becomeProduct(
    _ left: Matrix, _ right: Matrix, transposingLeft: Bool = false, keeping keep: Double = 0
  ) {
    let inner = transposingLeft ? left.rows : left.columns
    precondition(rows == (transposingLeft ? left.columns : left.rows), "rows differ")
    precondition(columns == right.columns && inner == right.rows, "inner sizes differ")
    guard rows > 0, columns > 0, inner > 0 else { return }
    onOneThread {
      cblas_dgemm(
        CblasColMajor, transposingLeft ? CblasTrans : CblasNoTrans, CblasNoTrans,
        Int32(rows), Int32(columns), Int32(inner), 1, left.elements, Int32(left.rows),
        right.elements, Int32(right.rows), keep, &elements, Int32(rows))
    }
  }

  /// Writes `self · vector`, or the transposed product, into `result`.
  ///
  /// - Complexity: O(rows · columns), no allocation.
  public func multiply(_ vector: [Double], into result: inout [Double], transposed: Bool = false) {
    precondition(vector.count == (transposed ? rows : columns), "vector of the wrong length")
    precondition(result.count == (transposed ? columns : rows), "result of the wrong length")
    onOneThread {
      cblas_dgemv(
        CblasColMajor, transposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), 1,
        elements, Int32(Swift.max(rows, 1)), vector, 1, 0, &result, 1)
    }
  }
}
