import Glibc
import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

/// A square matrix from a rule for its elements.
private func square(_ order: Int, _ element: (Int, Int) -> Double) -> Matrix {
  Matrix(
    rows: order, columns: order,
    elements: (0..<order).flatMap { j in (0..<order).map { i in element(i, j) } })
}

/// Binomial coefficients by Pascal's own rule.
private func binomial(_ n: Int, _ k: Int) -> Double {
  k == 0 || k == n ? 1 : binomial(n - 1, k - 1) + binomial(n - 1, k)
}

/// Pascal's matrix is the product of its triangle and the triangle's transpose; its determinant is 1.
@Test func `the Cholesky factor of Pascal's matrix is his triangle`() throws {
  var cholesky = Cholesky(order: 8)
  try cholesky.factor(square(8) { binomial($0 + $1, $0) })
  for row in 0..<8 {
    for column in 0...row { #expect(abs(cholesky.lower(row, column) - binomial(row, column)) < 1e-9) }
  }
  #expect(abs(cholesky.logarithmOfDeterminant) < 1e-8)
}

/// Determinants of Hilbert's matrices. Source: OEIS A005249, whose reciprocals they are.
@Test(arguments: [(2, 12.0), (3, 2_160), (4, 6_048_000), (5, 266_716_800_000)])
func `a Hilbert matrix has the determinant of its closed form`(order: Int, reciprocal: Double) throws {
  var cholesky = Cholesky(order: order)
  try cholesky.factor(square(order) { 1 / Double($0 + $1 + 1) })
  #expect(abs(cholesky.logarithmOfDeterminant + log(reciprocal)) < 1e-9)
}

/// The square of the second difference has the squares of its eigenvalues.
@Test(arguments: [6, 50])
func `fourth differences have the squares of the eigenvalues of second ones`(order n: Int) throws {
  var eigen = SymmetricBandedEigen(order: n, bandwidth: 2)
  try eigen.decompose { i, j in
    switch i - j {
    case 0: i == 0 || i == n - 1 ? 5 : 6
    case 1: -4
    default: 1
    }
  }
  for j in 1...n {
    let value = 2 - 2 * cos(Double(j) * .pi / Double(n + 1))
    #expect(abs(eigen.values[j - 1] - value * value) < 1e-12)
  }
  for a in 0..<n {
    let product = (0..<n).reduce(0) { $0 + eigen.vectors[$1, a] * eigen.vectors[$1, (a + 1) % n] }
    #expect(abs(product) < 1e-12)
  }
}

@Test func `the smallest shapes are no special case`() throws {
  var one = SymmetricTridiagonalEigen(order: 1)
  try one.decompose(diagonal: [3], beside: [])
  #expect(one.values == [3] && abs(one.vectors[0, 0]) == 1)
  var band = SymmetricBandedEigen(order: 3, bandwidth: 0)
  try band.decompose { i, _ in [5, 1, 3][i] }
  #expect(band.values == [1, 3, 5])
  var empty = Matrix(rows: 0, columns: 3)
  empty.becomeProduct(Matrix(rows: 0, columns: 2), Matrix(rows: 2, columns: 3))
  #expect(empty.elements.isEmpty)
}

@Test(arguments: 0..<5 as Range<UInt64>)
func `what least squares leaves is orthogonal to every column`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let (rows, columns) = (30, 5)
  var design = Matrix(rows: rows, columns: columns)
  for k in design.elements.indices { design.elements[k] = .random(in: -1...1, using: &random) }
  let observed = (0..<rows).map { _ in Double.random(in: -5...5, using: &random) }
  var fit = LeastSquares(rows: rows, columns: columns)
  var (solution, fitted) = (Array(repeating: 0.0, count: columns), Array(repeating: 0.0, count: rows))
  let norm = try fit.solve(design, observed, into: &solution)
  design.multiply(solution, into: &fitted)
  let rest = zip(observed, fitted).map { $0 - $1 }
  #expect(abs(rest.reduce(0) { $0 + $1 * $1 }.squareRoot() - norm) < 1e-12)
  var projected = solution
  design.multiply(rest, into: &projected, transposed: true)
  #expect(projected.allSatisfy { abs($0) < 1e-12 })
}

@Test func `a product is added to what is kept`() {
  let a = Matrix(rows: 2, columns: 2, elements: [1, 3, 2, 4] as [Double])
  var c = Matrix(rows: 2, columns: 2, elements: [1, 1, 1, 1])
  c.becomeProduct(a, a, keeping: -2)
  let expected: [Double] = [5, 13, 8, 20]  // [7, 15, 10, 22], less twice what was there
  #expect(c.elements == expected)
}

/// H = diag(4, ½): the diagonal of its inverse is ¼ and 2.
@Test func `the scale is the largest diagonal element of the inverse`() throws {
  var factors = ActiveSetFactorization(order: 2)
  try factors.factor(Matrix(rows: 2, columns: 2, elements: [4, 0, 0, 0.5]))
  #expect(abs(factors.scale - 2) < 1e-15)
}

@Test func `the same system has the same bits on every thread`() async throws {
  let matrix = square(60) { i, j in i == j ? 61 : 1 / Double(1 + i + j) }
  @Sendable func solved() throws -> [Double] {
    var cholesky = Cholesky(order: 60)
    try cholesky.factor(matrix)
    var x = (0..<60).map(Double.init)
    cholesky.solve(&x)
    return x
  }
  let alone = try solved()
  try await withThrowingTaskGroup(of: [Double].self) { group in
    for _ in 0..<16 { group.addTask { try solved() } }
    for try await other in group { #expect(other == alone) }
  }
}
