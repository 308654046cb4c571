extension TransportModel {
  /// The logarithm of the likelihood of `data` for `rows` sets, and what it gains per unit of each free parameter.
  ///
  /// - Parameters:
  ///   - theta: The sets, one after another, a number per free parameter.
  ///   - values: Receives a number per set; −∞ where there are no levels, or none where one was measured.
  ///   - gradient: Receives rows × parameters numbers; nil where they are not wanted.
  /// - Returns: The sets that could not be computed, or have no gradient; see `gradient`.
  /// - Complexity: At most four times that of `levels` with the gradient, whatever the number of parameters; that of
  ///   `levels` without it.
  /// - Precondition: The arrays have these sizes, and the measurements are of levels of the model.
  public func logLikelihood(
    _ theta: UnsafeBufferPointer<Double>, rows: Int, of data: MeasuredLevels,
    into values: UnsafeMutableBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>? = nil,
    threads: Int = 1
  ) -> [Failure] {
    precondition(values.count == rows && data.points.allSatisfy { $0.index < size })
    let values = SharedRow(values)
    for row in 0..<rows { values[row] = -.infinity }
    guard let gradient else {
      return visit(theta, rows: rows, threads: threads) { row, levels in
        values[row] = data.logLikelihood(data.misfit(levels).value)
      }
    }
    return self.gradient(theta, rows: rows, into: gradient, threads: threads) { row, levels in
      let (misfit, slopes) = data.misfit(levels)
      values[row] = data.logLikelihood(misfit)
      return slopes.map { $0.isFinite ? -$0 : 0 }
    }
  }
}

/// Numbers of the caller, of which each row is written by whoever computes it.
struct SharedRow: @unchecked Sendable {
  // Every index is written by one thread alone, and read after all have ended.
  private let numbers: UnsafeMutableBufferPointer<Double>

  init(_ numbers: UnsafeMutableBufferPointer<Double>) { self.numbers = numbers }

  subscript(row: Int) -> Double {
    get { numbers[row] }
    nonmutating set { numbers[row] = newValue }
  }
}
