import Glibc
import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

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
}

@Test(arguments: 0..<5 as Range<UInt64>)
func `banded and tridiagonal decompositions agree and rebuild the matrix`(seed: UInt64) throws {
  let n = 60
  let problem = TridiagonalProblem(order: n, seed: seed)
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

/// Robin end: eigenvalues μ of μ tan μ = Bi, five for each Bi. Source: `carslaw1959`, Appendix IV, table I;
/// digits recomputed.
private let robin: [(bi: Double, mu: [Double])] = [
  (0.01, [0.09983363855, 3.144772523, 6.284776452, 9.425838874, 12.56716634]),
  (0.1, [0.3110528482, 3.173097177, 6.29905936, 9.435375976, 12.57432316]),
  (1, [0.860333589, 3.425618459, 6.437298179, 9.529334405, 12.64528722]),
  (10, [1.428870011, 4.305801413, 7.228109772, 10.20026259, 13.21418568]),
  (100, [1.555245129, 4.665765142, 7.776374078, 10.8871301, 13.99808974]),
]

/// Second order: the relative error of √λ is (μ h)² / 24 and less.
@Test(arguments: robin, [100, 400])
private func `a wall that leaks has the eigenvalues of Carslaw and Jaeger`(
  row: (bi: Double, mu: [Double]), order n: Int
) throws {
  let h = 1 / Double(n)
  var diagonal = Array(repeating: 2 / (h * h), count: n)
  diagonal[0] = 1 / (h * h)
  diagonal[n - 1] = 1 / (h * h) + 1 / (h * (1 / row.bi + h / 2))  // half a cell and the wall in series
  var eigen = SymmetricTridiagonalEigen(order: n)
  try eigen.decompose(diagonal: diagonal, beside: Array(repeating: -1 / (h * h), count: n - 1))
  for (value, mu) in zip(eigen.values, row.mu) {
    #expect(abs(value.squareRoot() / mu - 1) < mu * mu * h * h / 12 + h * h + 1e-9)
  }
}

/// A symmetric tridiagonal matrix with a dominant diagonal.
private struct TridiagonalProblem {
  let diagonal: [Double], lower: [Double]

  init(order: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    lower = (1..<order).map { _ in .random(in: -1...1, using: &random) }
    diagonal = (0..<order).map { _ in .random(in: 2.5...4, using: &random) }
  }

  func element(_ i: Int, _ j: Int) -> Double {
    switch abs(i - j) {
    case 0: diagonal[i]
    case 1: lower[min(i, j)]
    default: 0
    }
  }
}
