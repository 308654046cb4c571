/// Correlation between quantities of any distribution: points in the unit cube become correlated normal numbers
/// and then probabilities again, so that each quantity keeps its own distribution (a Gaussian copula).
///
/// For log-normal quantities the correlation is that of their logarithms.
package struct Copula: Hashable, Sendable {
  /// Number of quantities.
  package let count: Int
  /// The lower Cholesky factor of the correlation matrix, row by row; nil where nothing is correlated.
  private let factor: [Double]?

  /// A copula that leaves `count` quantities independent.
  package init(independent count: Int) {
    self.count = count
    factor = nil
  }

  /// A copula for `count` quantities with correlations between some pairs of them.
  ///
  /// - Throws: `CopulaError` where no quantities can be correlated like this.
  package init(count: Int, correlations: [(Int, Int, Double)]) throws(CopulaError) {
    precondition(correlations.allSatisfy { (0..<count).contains($0.0) && (0..<count).contains($0.1) })
    self.count = count
    guard !correlations.isEmpty else {
      factor = nil
      return
    }
    var matrix = Array(repeating: 0.0, count: count * count)
    for i in 0..<count { matrix[i * count + i] = 1 }
    for (i, j, rho) in correlations where i != j {
      matrix[i * count + j] = rho
      matrix[j * count + i] = rho
    }
    // Ten quantities at most in practice: the textbook's loop says more than a call to LAPACK would.
    for row in 0..<count {
      for column in 0...row {
        var sum = matrix[row * count + column]
        for k in 0..<column { sum -= matrix[row * count + k] * matrix[column * count + k] }
        if row == column {
          guard sum > 0 else { throw .impossible }
          matrix[row * count + row] = sum.squareRoot()
        } else {
          matrix[row * count + column] = sum / matrix[column * count + column]
        }
      }
      for column in (row + 1)..<max(count, row + 1) { matrix[row * count + column] = 0 }
    }
    factor = matrix
  }

  /// Correlates the independent probabilities of one sample in place.
  package func apply(_ point: inout [Double]) {
    guard let factor else { return }
    precondition(point.count == count)
    let normal = point.map(normalQuantile)
    for row in 0..<count {
      var sum = 0.0
      var isAlone = true
      for k in 0...row {
        let weight = factor[row * count + k]
        sum += weight * normal[k]
        if k < row, weight != 0 { isAlone = false }
      }
      if isAlone { continue }  // a quantity on its own keeps its number bit for bit
      point[row] = min(max(normalProbability(sum), .leastNonzeroMagnitude), 1 - 0x1p-53)
    }
  }
}

/// Why quantities cannot be correlated as asked.
package enum CopulaError: Error, Equatable, Sendable {
  /// The correlations contradict each other: the matrix is not positive definite.
  case impossible
}
