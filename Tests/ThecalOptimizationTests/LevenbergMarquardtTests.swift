import Glibc
import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

@testable import ThecalOptimization

@Test func `Rosenbrock's valley ends at (1, 1)`() throws {
  var fit = LevenbergMarquardt(rows: 2, parameters: 2)
  try fit.minimize(from: [-1.2, 1]) { x, r, j in
    r = [10 * (x[1] - x[0] * x[0]), 1 - x[0]]
    j = Matrix(rows: 2, columns: 2, elements: [-20 * x[0], -1, 10, 0])
  }
  #expect(abs(fit.point[0] - 1) < 1e-10 && abs(fit.point[1] - 1) < 1e-10)
}

/// NIST StRD Misra1a: y = b₁ (1 − exp(−b₂ x)), certified b₁ = 238.94212918, b₂ = 5.5015643181E-04, with standard
/// deviations 2.7070075241 and 7.2668688436E-06 at a residual standard deviation of 0.10187876330.
@Test(arguments: [[500, 0.0001], [250, 0.0005]])
func `Misra1a has its certified values`(start: [Double]) throws {
  let x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0]
  let y = [
    10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
  ]
  var fit = LevenbergMarquardt(rows: 14, parameters: 2)
  try fit.minimize(from: start) { b, r, j in
    for i in x.indices {
      let decay = exp(-b[1] * x[i])
      r[i] = b[0] * (1 - decay) - y[i]
      j[i, 0] = 1 - decay
      j[i, 1] = b[0] * x[i] * decay
    }
  }
  #expect(abs(fit.point[0] / 238.94212918 - 1) < 1e-9)
  #expect(abs(fit.point[1] / 5.5015643181e-04 - 1) < 1e-9)
  let deviation = (2 * fit.objective / 12).squareRoot()
  #expect(abs(deviation / 0.10187876330 - 1) < 1e-8)
  let covariance = try fit.covariance()
  #expect(abs(deviation * covariance[0, 0].squareRoot() / 2.7070075241 - 1) < 1e-7)
  #expect(abs(deviation * covariance[1, 1].squareRoot() / 7.2668688436e-06 - 1) < 1e-7)
}

@Test(arguments: 0..<10 as Range<UInt64>)
func `a linear model ends where linear least squares does`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let design = Matrix(
    rows: 9, columns: 3, elements: (0..<27).map { _ in .random(in: -1...1, using: &random) })
  let observed = (0..<9).map { _ in Double.random(in: -5...5, using: &random) }
  var expected = [0.0, 0, 0]
  var squares = LeastSquares(rows: 9, columns: 3)
  let norm = try squares.solve(design, observed, into: &expected)
  var fit = LevenbergMarquardt(rows: 9, parameters: 3)
  try fit.minimize(from: [0, 0, 0]) { x, r, j in
    design.multiply(x, into: &r)
    for i in r.indices { r[i] -= observed[i] }
    j = design
  }
  for i in 0..<3 { #expect(abs(fit.point[i] - expected[i]) < 1e-9) }
  #expect(abs((2 * fit.objective).squareRoot() - norm) < 1e-10 * norm)
}

@Test func `a model that is not a number is refused`() {
  var fit = LevenbergMarquardt(rows: 1, parameters: 1)
  #expect(throws: LevenbergMarquardtError.notFinite) {
    try fit.minimize(from: [0]) { _, r, _ in r = [.nan] }
  }
}
