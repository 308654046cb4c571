import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

@Test(arguments: 0..<10 as Range<UInt64>)
func `a positive definite system finds its solution again`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let solution = (0..<40).map { _ in Double.random(in: -1...1, using: &random) }
  var dense = Matrix(rows: 40, columns: 40)
  for i in 0..<40 { dense[i, i] = .random(in: 2.5...4, using: &random) }
  for i in 1..<40 {
    dense[i, i - 1] = .random(in: -1...1, using: &random)
    dense[i - 1, i] = dense[i, i - 1]
  }
  var x = Array(repeating: 0.0, count: 40)
  dense.multiply(solution, into: &x)
  var cholesky = Cholesky(order: 40)
  try cholesky.factor(dense)
  cholesky.solve(&x)
  #expect(zip(x, solution).allSatisfy { abs($0 - $1) < 1e-13 })
}

@Test func `facts about the matrix are typed errors`() {
  #expect(throws: FactorizationError.notPositiveDefinite(order: 2)) {
    var cholesky = Cholesky(order: 2)
    try cholesky.factor(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1]))
  }
  #expect(throws: FactorizationError.rankDeficient(column: 1)) {
    var fit = LeastSquares(rows: 3, columns: 2)
    var x = [0.0, 0]
    _ = try fit.solve(Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 0, 0, 0]), [1, 1, 1], into: &x)
  }
}

/// A straight line through (0, 1), (1, 3), (2, 4): slope 3/2, intercept 7/6, residual 1/√6 (by hand).
@Test func `least squares finds the line by hand`() throws {
  var fit = LeastSquares(rows: 3, columns: 2)
  var x = [0.0, 0]
  let residual = try fit.solve(
    Matrix(rows: 3, columns: 2, elements: [1, 1, 1, 0, 1, 2]), [1, 3, 4], into: &x)
  #expect(abs(x[0] - 7.0 / 6) < 1e-14 && abs(x[1] - 1.5) < 1e-14)
  #expect(abs(residual - 1 / 6.0.squareRoot()) < 1e-14)
}

@Test func `products by BLAS are products by hand`() {
  let a = Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6])
  let b = Matrix(rows: 3, columns: 2, elements: [1, 0, -1, 2, 1, 0])
  var c = Matrix(rows: 2, columns: 2)
  c.becomeProduct(a, b)
  #expect(c.elements == [-2, -2, 4, 13])
  var d = Matrix(rows: 3, columns: 3)
  d.becomeProduct(a, a, transposingLeft: true)
  #expect(d[0, 0] == 17 && d[2, 1] == 36)
  var y = [0.0, 0]
  a.multiply([1, 1, 1], into: &y)
  #expect(y == [6, 15])
  var z = [0.0, 0, 0]
  a.multiply([1, 1], into: &z, transposed: true)
  #expect(z == [5, 7, 9])
}
