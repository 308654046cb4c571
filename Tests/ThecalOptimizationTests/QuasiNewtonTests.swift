import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalOptimization

/// Rosenbrock's function of any number of variables, with its gradient. Source: Moré, Garbow and Hillstrom 1981, no. 21.
private func rosenbrock(_ x: [Double]) -> (value: Double, gradient: [Double]) {
  var (value, gradient) = (0.0, Array(repeating: 0.0, count: x.count))
  for i in stride(from: 0, to: x.count, by: 2) {
    let (a, b) = (10 * (x[i + 1] - x[i] * x[i]), 1 - x[i])
    value += a * a + b * b
    gradient[i] += -40 * a * x[i] - 2 * b
    gradient[i + 1] += 20 * a
  }
  return (value, gradient)
}

@Test(arguments: [2, 4, 8])
func `the valleys of Rosenbrock end at one`(dimensions: Int) throws {
  var search = QuasiNewton(dimensions: dimensions)
  try search.minimize(from: (0..<dimensions).map { $0 % 2 == 0 ? -1.2 : 1 }, rosenbrock)
  for x in search.point { #expect(abs(x - 1) < 1e-7) }
  #expect(search.value < 1e-13 && search.steps < 120)
}

@Test(arguments: 0..<10 as Range<UInt64>)
func `a bowl ends where its equations do, and its curvature is known`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let n = 4
  let root = (0..<n).map { _ in (0..<n).map { _ in Double.random(in: -1...1, using: &random) } }
  let bowl = (0..<n).map { i in
    (0..<n).map { j in (0..<n).reduce(i == j ? 1 : 0) { $0 + root[$1][i] * root[$1][j] } }
  }
  let center = (0..<n).map { _ in Double.random(in: -3...3, using: &random) }
  func gradient(_ x: [Double]) -> [Double] {
    bowl.map { row in zip(row, zip(x, center)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) } }
  }
  var search = QuasiNewton(dimensions: n)
  try search.minimize(from: Array(repeating: 0, count: n)) { x in
    (zip(gradient(x), zip(x, center)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) } / 2, gradient(x))
  }
  for (x, c) in zip(search.point, center) { #expect(abs(x - c) < 1e-6) }
  let curvature = try #require(Curvature(at: search.point) { $0.map(gradient) })
  for i in 0..<n {
    for j in 0..<n {
      #expect(abs(curvature.hessian[i][j] - bowl[i][j]) < 1e-9)
      let product = (0..<n).reduce(0.0) { $0 + bowl[i][$1] * curvature.covariance[$1][j] }
      #expect(abs(product - (i == j ? 1 : 0)) < 1e-8)
    }
  }
}

@Test func `the determinant of a curvature is that of its matrix`() throws {
  let curvature = try #require(Curvature([[4, 1], [1, 3]]))
  #expect(abs(curvature.logDeterminant - log(11)) < 1e-14)
  #expect(abs(curvature.covariance[0][0] - 3.0 / 11) < 1e-15)
}

@Test func `a saddle has no covariance`() {
  #expect(Curvature([[1, 2], [2, 1]]) == nil)
  #expect(Curvature(at: [0, 0]) { $0.map { _ in [Double.nan, 0] } } == nil)
}

@Test func `a wall is walked along, not through`() throws {
  // x − ln x has its lowest point at one and no value below zero.
  var search = QuasiNewton(dimensions: 1, longest: 10)
  try search.minimize(from: [30]) { x in x[0] > 0 ? (x[0] - log(x[0]), [1 - 1 / x[0]]) : (.infinity, [.nan]) }
  #expect(abs(search.point[0] - 1) < 1e-6)
}

@Test func `a search that cannot begin or cannot end says so`() {
  var search = QuasiNewton(dimensions: 1)
  #expect(throws: QuasiNewtonError.notFinite) { try search.minimize(from: [0]) { _ in (.nan, [1]) } }
  // A gradient that belongs to another function.
  #expect(throws: QuasiNewtonError.self) {
    try search.minimize(from: [1]) { x in (x[0] * x[0], [-2 * x[0]]) }
  }
}

@Test func `no coordinate goes further in a step than is allowed`() throws {
  var places: [Double] = []
  var search = QuasiNewton(dimensions: 1, longest: 0.5)
  try search.minimize(from: [0]) { x in
    places.append(x[0])
    return ((x[0] - 3) * (x[0] - 3) / 2, [x[0] - 3])
  }
  #expect(abs(search.point[0] - 3) < 1e-7 && places[1] == 0.5)
}
