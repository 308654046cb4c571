import Glibc
import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

/// A symmetric positive definite matrix: M Mᵀ + I.
private func positive(_ n: Int, _ random: inout SeededGenerator) -> Matrix {
  var m = Matrix(rows: n, columns: n)
  for i in 0..<n { for j in 0..<n { m[i, j] = .random(in: -1...1, using: &random) } }
  var product = Matrix(rows: n, columns: n)
  for i in 0..<n {
    for j in 0..<n { product[i, j] = (0..<n).reduce(i == j ? 1 : 0) { $0 + m[i, $1] * m[j, $1] } }
  }
  return product
}

@Test(arguments: 0..<6 as Range<UInt64>)
func `the minimizer is where the gradient vanishes`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let n = 7
  let hessian = positive(n, &random)
  let gradient = (0..<n).map { _ in Double.random(in: -1...1, using: &random) }
  var factors = ActiveSetFactorization(order: n)
  try factors.factor(hessian)
  var (point, image) = (Array(repeating: 0.0, count: n), Array(repeating: 0.0, count: n))
  factors.minimizer(gradient, into: &point)
  hessian.multiply(point, into: &image)
  for i in 0..<n { #expect(abs(image[i] + gradient[i]) < 1e-12) }
}

/// A step that keeps the active constraints is orthogonal to their normals, and the way a normal goes with its own
/// direction is its length in the metric of H⁻¹ less what the active ones take.
@Test(arguments: 0..<6 as Range<UInt64>)
func `active normals bound every direction, in whatever order they come and go`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed + 20)
  let n = 6
  var normals = Matrix(rows: n, columns: 4)
  for i in 0..<n { for j in 0..<4 { normals[i, j] = .random(in: -1...1, using: &random) } }
  var factors = ActiveSetFactorization(order: n)
  try factors.factor(positive(n, &random))
  var (direction, rates) = (Array(repeating: 0.0, count: n), Array(repeating: 0.0, count: n))
  func along(_ column: Int) -> Double { (0..<n).reduce(0) { $0 + normals[$1, column] * direction[$1] } }
  for column in 0..<3 {
    let gain = factors.explore(normals, column: column, direction: &direction, rates: &rates)
    #expect(gain > 0 && abs(along(column) - gain) < 1e-12)
    for active in 0..<column { #expect(abs(along(active)) < 1e-12) }
    factors.append()
  }
  #expect(factors.count == 3)
  factors.remove(at: 1)
  let gain = factors.explore(normals, column: 3, direction: &direction, rates: &rates)
  #expect(
    factors.count == 2 && abs(along(0)) < 1e-12 && abs(along(2)) < 1e-12 && abs(along(3) - gain) < 1e-12)
  // A normal that depends on the active ones leaves no direction.
  var twice = Matrix(rows: n, columns: 1)
  for i in 0..<n { twice[i, 0] = 2 * normals[i, 0] - normals[i, 2] }
  #expect(factors.explore(twice, column: 0, direction: &direction, rates: &rates) < 1e-20)
  #expect(abs(rates[0] - 2) < 1e-10 && abs(rates[1] + 1) < 1e-10)
  factors.clear()
  #expect(factors.count == 0)
}

@Test func `a matrix that bends the wrong way has no factors`() {
  var factors = ActiveSetFactorization(order: 2)
  #expect(throws: FactorizationError.notPositiveDefinite(order: 2)) {
    try factors.factor(Matrix(rows: 2, columns: 2, elements: [1, 3, 3, 1]))
  }
}
