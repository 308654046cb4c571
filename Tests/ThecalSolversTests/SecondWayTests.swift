import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalSolvers

/// A square matrix as plain rows, with the textbook's algorithms: a way to every number that shares no line with the solvers.
private struct Dense {
  var rows: [[Double]]

  var order: Int { rows.count }

  /// What `network` does to concentrations, 1/h: V⁻¹ times the net inflow, column by column.
  init(rates network: LinearNetwork) {
    let (n, volumes) = (network.count, network.allVolumes)
    rows = Array(repeating: Array(repeating: 0, count: n), count: n)
    var (unit, flow) = (Array(repeating: 0.0, count: n), Array(repeating: 0.0, count: n))
    for column in 0..<n {
      unit[column] = 1
      network.netInflow(unit, into: &flow)
      unit[column] = 0
      for row in 0..<n { rows[row][column] = flow[row] / volumes[row] }
    }
  }

  private init(rows: [[Double]]) { self.rows = rows }

  func times(_ other: Dense) -> Dense {
    Dense(
      rows: rows.map { row in
        (0..<order).map { column in (0..<order).reduce(0) { $0 + row[$1] * other.rows[$1][column] } }
      })
  }

  func times(_ vector: [Double]) -> [Double] {
    rows.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// e^{A t} by its series at t / 2ᵏ, squared k times.
  func exponential(_ time: Double) -> Dense {
    let size = rows.flatMap { $0 }.reduce(0) { max($0, abs($1)) } * Double(order) * time
    let halvings = max(0, Int(log2(max(size, 1)).rounded(.up)) + 4)
    let scale = time / exp2(Double(halvings))
    var (sum, term) = (Dense(identity: order), Dense(identity: order))
    for k in 1...14 {
      term = term.times(self)
      for i in 0..<order {
        for j in 0..<order {
          term.rows[i][j] *= scale / Double(k)
          sum.rows[i][j] += term.rows[i][j]
        }
      }
    }
    for _ in 0..<halvings { sum = sum.times(sum) }
    return sum
  }

  private init(identity order: Int) {
    rows = (0..<order).map { i in (0..<order).map { $0 == i ? 1 : 0 } }
  }

  /// The solution of A x = `right`, by elimination with the largest pivot.
  func solution(_ right: [Double]) -> [Double] {
    var (a, b) = (rows, right)
    for k in 0..<order {
      let pivot = (k..<order).max { abs(a[$0][k]) < abs(a[$1][k]) } ?? k
      a.swapAt(k, pivot)
      b.swapAt(k, pivot)
      for i in (k + 1)..<max(order, k + 1) {
        let factor = a[i][k] / a[k][k]
        for j in k..<order { a[i][j] -= factor * a[k][j] }
        b[i] -= factor * b[k]
      }
    }
    for k in stride(from: order - 1, through: 0, by: -1) {
      for j in (k + 1)..<max(order, k + 1) { b[k] -= a[k][j] * b[j] }
      b[k] /= a[k][k]
    }
    return b
  }
}

private let times = [0.0, 0.3, 1, 4, 15]

/// Levels of every node of the chain at `times` after one unit into `node` at once.
private func pulse(_ network: LinearNetwork, into node: Int) -> Experiment {
  Experiment(
    sources: [(0..<network.chainCount).map { $0 == node ? 1 : 0 }],
    events: [.init(time: 0, source: 0, amount: 1)],
    probes: (0..<network.chainCount).map { Probe(nodes: [$0], weights: [1]) }, times: times)
}

@Suite struct `Another way to a course` {
  /// Two nodes: the roots of a quadratic, by hand.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `of two nodes is their closed form, on each of the three paths`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let network = LinearNetwork.random(2, using: &random)
    let a = -(network.onward[0] + network.loss[0]) / network.volume[0]
    let d = -(network.back[0] + network.loss[1]) / network.volume[1]
    let (b, c) = (network.back[0] / network.volume[0], network.onward[0] / network.volume[1])
    let root = ((a - d) * (a - d) / 4 + b * c).squareRoot()
    let (slow, fast) = ((a + d) / 2 + root, (a + d) / 2 - root)
    let experiment = pulse(network, into: 0)
    var stepper = ImplicitPropagator(network, tolerance: 1e-9)
    let spectral = try SpectralPropagator(network).run(experiment)
    var courses = [spectral, try stepper.run(experiment)]
    if var contour = ContourPropagator(shape: network, experiment, tolerance: 1e-9) {
      contour.run(network, sources: experiment.sources)
      courses.append(contour.course())
    }
    #expect(courses.count == 3)
    for course in courses {
      for (row, t) in times.enumerated() {
        let (e, f) = (exp(slow * t), exp(fast * t))
        let first = ((slow - d) * e - (fast - d) * f) / (slow - fast) / network.volume[0]
        let second = c * (e - f) / (slow - fast) / network.volume[0]
        #expect(abs(course.values[0][row] - first) < 1e-7 / network.volume[0], "\(course.method) \(t)")
        #expect(abs(course.values[1][row] - second) < 1e-7 / network.volume[0], "\(course.method) \(t)")
      }
    }
    #expect(abs((network.slowestRate() ?? 0) / -slow - 1) < 1e-8)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `of a tree is the exponential of its matrix`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed + 50)
    let network = LinearNetwork.random(6, layers: Int(seed % 3), using: &random)
    let matrix = Dense(rates: network)
    let course = try SpectralPropagator(network).run(pulse(network, into: 4))
    var start = Array(repeating: 0.0, count: network.count)
    start[4] = 1 / network.volume[4]
    for (row, t) in times.enumerated() {
      let levels = matrix.exponential(t).times(start)
      for node in 0..<6 { #expect(abs(course.values[node][row] - levels[node]) < 1e-9 * start[4]) }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `to a steady state is elimination with pivots`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed + 90)
    let network = LinearNetwork.random(9, layers: Int(seed % 3), using: &random)
    let source = (0..<9).map { _ in random.logUniform(0.1, 10) }
    let found = try #require(network.steadyState(source: source))
    let volumes = network.allVolumes
    let right = (0..<network.count).map { $0 < 9 ? -source[$0] / volumes[$0] : 0 }
    for (one, other) in zip(found, Dense(rates: network).solution(right)) {
      #expect(one > 0 && abs(one / other - 1) < 1e-9)
    }
    // What comes in goes out.
    let lost = zip(network.allLosses, found).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(lost / source.reduce(0, +) - 1) < 1e-12)
  }

  /// With x = ω c the matrix is symmetric: element by element the one of the symmetrizer.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `to the scaled matrix is the scaling of its elements`(seed: UInt64) {
    var random = SeededGenerator(seed: seed + 130)
    let network = LinearNetwork.random(7, layers: Int(seed % 2), using: &random)
    let (scaling, matrix) = (Symmetrizer(network), Dense(rates: network))
    let weight = scaling.weight
    for i in 0..<network.count {
      for j in 0..<network.count where matrix.rows[i][j] != 0 {
        let scaled = weight[i] * matrix.rows[i][j] / weight[j]
        #expect(abs(scaled / (weight[j] * matrix.rows[j][i] / weight[i]) - 1) < 1e-12)
        if i == j { #expect(abs(scaled / scaling.diagonal[i] - 1) < 1e-12) }
        if j == i + 1, j < 7 { #expect(abs(scaled / scaling.along[i] - 1) < 1e-12) }
      }
    }
    #expect(abs(scaling.condition * (weight.min() ?? 0) - 1) < 1e-12 && weight.max() == 1)
  }
}

/// B(−z) − B(z) = z, B falls, and the series meets the formula at its border.
@Test(arguments: [-700.0, -30, -1, -1.01e-5, -0.99e-5, 0, 0.99e-5, 1.01e-5, 0.5, 30, 700])
func `Bernoulli's function keeps its identities on both sides of every border`(z: Double) {
  let (here, there) = Bernoulli.pair(z)
  #expect(abs(there - here - z) <= 1e-15 * max(1, abs(z)) && here >= 0 && there >= 0)
  #expect(Bernoulli.pair(-z).0 == there && Bernoulli.pair(-z).1 == here)
  #expect(abs(here * expm1(z) - z) <= 1e-10 * max(1, abs(z)) || expm1(z).isInfinite)
  #expect((-1.0...0).contains(Bernoulli.derivative(z, (here, there))))
}

@Test func `an act keeps what it is, where and how much`() {
  for kind in [
    MammillaryAction.Kind.advance, .read, .coast, .give, .feed, .rest, .clear, .aside, .join, .close, .settle,
  ] {
    let act = MammillaryAction(kind, at: 3, -0.25)
    #expect(act.kind == kind && act.at == 3 && act.value == -0.25)
  }
}
