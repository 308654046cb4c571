import Testing
import ThecalLinearAlgebra
import _ThecalTestSupport

@testable import ThecalOptimization

/// A random convex programme that has a solution.
struct RandomProgram {
  var hessian: Matrix, gradient: [Double], normals: Matrix, bounds: [Double]

  init(variables n: Int, constraints m: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in .random(in: -1...1, using: &random) } }
    let root = Matrix(rows: n, columns: n, elements: numbers(n * n))
    hessian = Matrix(rows: n, columns: n)
    hessian.becomeProduct(root, root, transposingLeft: true)
    for i in 0..<n { hessian[i, i] += 0.01 }
    gradient = numbers(n)
    normals = Matrix(rows: n, columns: m, elements: numbers(n * m))
    let inside = numbers(n)
    bounds = Array(repeating: 0, count: m)
    normals.multiply(inside, into: &bounds, transposed: true)
    for j in 0..<m { bounds[j] -= Double.random(in: 0...0.5, using: &random) }
  }

  func value(_ x: [Double]) -> Double {
    var product = x
    hessian.multiply(x, into: &product)
    return zip(product, x).reduce(0) { $0 + $1.0 * $1.1 } / 2
      + zip(gradient, x).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func solved() throws -> ([Double], KKTResidual) {
    var program = QuadraticProgram(variables: gradient.count, constraints: bounds.count)
    try program.solve(hessian: hessian, gradient: gradient, normals: normals, bounds: bounds)
    return (program.point, program.residual)
  }
}

@Test(arguments: quadraticPrograms.indices)
func `quadratic programmes have the answers of scipy`(index: Int) throws {
  let reference = quadraticPrograms[index]
  let (n, m) = (reference.gradient.count, reference.bounds.count)
  var program = QuadraticProgram(variables: n, constraints: m)
  try program.solve(
    hessian: Matrix(rows: n, columns: n, elements: reference.hessian), gradient: reference.gradient,
    normals: Matrix(rows: n, columns: m, elements: reference.normals), bounds: reference.bounds)
  for i in 0..<n {
    #expect(abs(program.point[i] - reference.point[i]) < 1e-6 * (1 + abs(reference.point[i])))
  }
  #expect(program.residual.largest < 1e-12)
}

@Test(arguments: 0..<40 as Range<UInt64>)
func `no feasible neighbor is better than the answer, and the residual proves it`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed &+ 1_000)
  let (n, m) = (Int.random(in: 1...25, using: &random), Int.random(in: 0...80, using: &random))
  let problem = RandomProgram(variables: n, constraints: m, seed: seed)
  let (point, residual) = try problem.solved()
  #expect(residual.largest < 1e-9)
  let best = problem.value(point)
  for _ in 0..<200 {
    let size = Double.random(in: 1e-4...1, using: &random)
    let other = point.map { $0 + size * Double.random(in: -1...1, using: &random) }
    var sides = problem.bounds
    problem.normals.multiply(other, into: &sides, transposed: true)
    guard zip(sides, problem.bounds).allSatisfy({ $0 >= $1 }) else { continue }
    #expect(problem.value(other) >= best - 1e-9 * (1 + abs(best)))
  }
}

@Test func `the residual sees a wrong answer`() throws {
  let problem = RandomProgram(variables: 6, constraints: 10, seed: 3)
  var program = QuadraticProgram(variables: 6, constraints: 10)
  try program.solve(
    hessian: problem.hessian, gradient: problem.gradient, normals: problem.normals, bounds: problem.bounds)
  func residual(_ point: [Double], _ multipliers: [Double]) -> Double {
    KKTResidual(
      hessian: problem.hessian, gradient: problem.gradient, normals: problem.normals, bounds: problem.bounds,
      point: point, multipliers: multipliers
    ).largest
  }
  var moved = program.point
  moved[2] += 0.01
  #expect(residual(moved, program.multipliers) > 1e-4)
  #expect(residual(program.point, program.multipliers.map { -$0 }) > 1e-4)
  #expect(residual(program.point, program.multipliers) < 1e-12)
}

@Test func `what cannot be satisfied and what is not convex is refused`() {
  var program = QuadraticProgram(variables: 1, constraints: 2)
  let up = Matrix(rows: 1, columns: 2, elements: [1, -1])
  #expect(throws: QuadraticProgramError.infeasible(constraint: 1)) {
    try program.solve(
      hessian: Matrix(rows: 1, columns: 1, elements: [1]), gradient: [0], normals: up, bounds: [1, 0])
  }
  #expect(throws: QuadraticProgramError.notConvex) {
    try program.solve(
      hessian: Matrix(rows: 1, columns: 1, elements: [-1]), gradient: [0], normals: up, bounds: [0, 0])
  }
}

@Test func `dependent and doubled constraints do no harm`() throws {
  var program = QuadraticProgram(variables: 2, constraints: 5)
  // x + y ≥ 2 three times, x ≤ 1.5, y ≤ 1.5; nearest to the origin.
  try program.solve(
    hessian: Matrix(rows: 2, columns: 2, elements: [1, 0, 0, 1]), gradient: [0, 0],
    normals: Matrix(rows: 2, columns: 5, elements: [1, 1, 2, 2, 1, 1, -1, 0, 0, -1]),
    bounds: [2, 4, 2, -1.5, -1.5])
  #expect(program.point.allSatisfy { abs($0 - 1) < 1e-12 })
}

/// The factors of a chain that is hardly coupled hold numbers near the smallest there are.
@Test func `a long, hardly coupled chain is solved`() throws {
  let n = 60
  var hessian = Matrix(rows: n, columns: n)
  for i in 0..<n {
    hessian[i, i] = 2
    if i > 0 {
      hessian[i, i - 1] = -1e-6
      hessian[i - 1, i] = -1e-6
    }
  }
  // Rise by at most 1 from 0.5, wishing for 100 everywhere.
  var normals = Matrix(rows: n, columns: n)
  for i in 0..<n {
    normals[i, i] = -1
    if i > 0 { normals[i - 1, i] = 1 }
  }
  var program = QuadraticProgram(variables: n, constraints: n)
  try program.solve(
    hessian: hessian, gradient: Array(repeating: -200, count: n), normals: normals,
    bounds: [-0.5] + Array(repeating: -1, count: n - 1))
  for i in 0..<n { #expect(abs(program.point[i] - (Double(i) + 0.5)) < 1e-9) }
}
