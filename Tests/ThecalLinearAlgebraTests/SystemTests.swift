import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

/// A diagonally dominant tridiagonal system and a solution to find again.
struct TridiagonalProblem {
  var lower: [Double], diagonal: [Double], upper: [Double], solution: [Double]

  init(order: Int, seed: UInt64, symmetric: Bool = false) {
    var random = SeededGenerator(seed: seed)
    lower = (1..<order).map { _ in .random(in: -1...1, using: &random) }
    upper = symmetric ? lower : lower.map { _ in .random(in: -1...1, using: &random) }
    diagonal = (0..<order).map { _ in .random(in: 2.5...4, using: &random) }
    solution = (0..<order).map { _ in .random(in: -1...1, using: &random) }
  }

  func element(_ i: Int, _ j: Int) -> Double {
    switch i - j {
    case 0: diagonal[i]
    case 1: lower[j]
    case -1: upper[i]
    default: 0
    }
  }

  var right: [Double] {
    diagonal.indices.map { i in
      diagonal.indices.reduce(0) { $0 + element(i, $1) * solution[$1] }
    }
  }

  func error(of found: [Double]) -> Double { zip(found, solution).map { abs($0 - $1) }.max()! }
}

@Test(arguments: 0..<10 as Range<UInt64>)
func `tridiagonal, banded and positive solvers find the solution again`(seed: UInt64) throws {
  let problem = TridiagonalProblem(order: 40, seed: seed)
  var x = problem.right
  var tridiagonal = TridiagonalLU(order: 40)
  try tridiagonal.factor(lower: problem.lower, diagonal: problem.diagonal, upper: problem.upper)
  tridiagonal.solve(&x)
  #expect(problem.error(of: x) < 1e-13)

  x = problem.right
  var banded = BandedLU(order: 40, below: 1, above: 1)
  try banded.factor(problem.element)
  banded.solve(&x)
  #expect(problem.error(of: x) < 1e-13)

  let symmetric = TridiagonalProblem(order: 40, seed: seed, symmetric: true)
  x = symmetric.right
  var positive = PositiveTridiagonal(order: 40)
  try positive.factor(diagonal: symmetric.diagonal, beside: symmetric.lower)
  positive.solve(&x)
  #expect(symmetric.error(of: x) < 1e-13)

  var dense = Matrix(rows: 40, columns: 40)
  for i in 0..<40 { for j in 0..<40 { dense[i, j] = symmetric.element(i, j) } }
  x = symmetric.right
  var cholesky = Cholesky(order: 40)
  try cholesky.factor(dense)
  cholesky.solve(&x)
  #expect(symmetric.error(of: x) < 1e-13)
}

@Test func `facts about the matrix are typed errors`() {
  #expect(throws: FactorizationError.singular(column: 1)) {
    var lu = TridiagonalLU(order: 2)
    try lu.factor(lower: [1], diagonal: [1, 1], upper: [1])
  }
  #expect(throws: FactorizationError.notPositiveDefinite(order: 2)) {
    var factors = PositiveTridiagonal(order: 2)
    try factors.factor(diagonal: [1, 1], beside: [2])
  }
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
