import Glibc
import Testing
import ThecalLinearAlgebra

/// The Toeplitz matrix (−1, 2, −1) of order n has the eigenvalues 2 − 2 cos(jπ/(n+1)); with the no-flux ends
/// (diagonal 1 at both) they are 2 − 2 cos(jπ/n), j from 0. Source: Toeplitz closed form, any text.
@Test(arguments: [5, 40, 200])
func `second differences have the eigenvalues of the closed form`(order n: Int) throws {
  var eigen = SymmetricTridiagonalEigen(order: n)
  let beside = Array(repeating: -1.0, count: n - 1)
  try eigen.decompose(diagonal: Array(repeating: 2, count: n), beside: beside)
  for j in 1...n {
    #expect(abs(eigen.values[j - 1] - (2 - 2 * cos(Double(j) * .pi / Double(n + 1)))) < 1e-13)
  }
  var sealed = Array(repeating: 2.0, count: n)
  sealed[0] = 1
  sealed[n - 1] = 1
  try eigen.decompose(diagonal: sealed, beside: beside)
  for j in 0..<n {
    #expect(abs(eigen.values[j] - (2 - 2 * cos(Double(j) * .pi / Double(n)))) < 1e-13)
  }
  let lowest = try eigen.lowestValues(3, diagonal: sealed, beside: beside)
  for j in 0..<3 { #expect(abs(lowest[j] - (2 - 2 * cos(Double(j) * .pi / Double(n)))) < 1e-13) }
}

@Test(arguments: 0..<5 as Range<UInt64>)
func `banded and tridiagonal decompositions agree and rebuild the matrix`(seed: UInt64) throws {
  let n = 60
  let problem = TridiagonalProblem(order: n, seed: seed, symmetric: true)
  var one = SymmetricTridiagonalEigen(order: n)
  try one.decompose(diagonal: problem.diagonal, beside: problem.lower)
  var other = SymmetricBandedEigen(order: n, bandwidth: 1)
  try other.decompose(problem.element)
  for j in 0..<n { #expect(abs(one.values[j] - other.values[j]) < 1e-13) }
  for i in 0..<n {
    for k in 0..<n {
      let sum = (0..<n).reduce(0) { $0 + one.vectors[i, $1] * one.values[$1] * one.vectors[k, $1] }
      #expect(abs(sum - problem.element(i, k)) < 1e-12)
    }
  }
}

/// Robin end, eigenvalues μ of μ tan μ = Bi, here Bi = 1: 0.860333589, 3.425618459, 6.437298179.
/// Source: `carslaw1959`, Appendix IV, table I.
@Test(arguments: [(100, 1e-4), (200, 2.5e-5), (400, 6.25e-6)])
func `a wall that leaks has the eigenvalues of Carslaw and Jaeger`(order n: Int, tolerance: Double) throws {
  let h = 1 / Double(n)
  var diagonal = Array(repeating: 2 / (h * h), count: n)
  diagonal[0] = 1 / (h * h)
  diagonal[n - 1] = 1 / (h * h) + 1 / (h * (1 + h / 2))  // conductance of half a cell and the wall in series
  var eigen = SymmetricTridiagonalEigen(order: n)
  let found = try eigen.lowestValues(
    3, diagonal: diagonal, beside: Array(repeating: -1 / (h * h), count: n - 1))
  for (value, mu) in zip(found, [0.860333589, 3.425618459, 6.437298179]) {
    #expect(abs(value.squareRoot() / mu - 1) < 3 * tolerance)
  }
}
