import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalSolvers

/// What any linear network must do, whatever its numbers.
@Suite struct `A linear network` {
  private static let times = [0, 0.5, 2, 7, 20.0]

  private func drawn(_ seed: UInt64, layers: Int = 0) -> LinearNetwork {
    var random = SeededGenerator(seed: seed)
    return .random(24, layers: layers, using: &random)
  }

  /// The concentrations of all `places` after `events` through sources that are one unit into each of `into`.
  private func levels(
    _ network: LinearNetwork, into nodes: [Int], events: [Experiment.Event], at places: [Int],
    times: [Double] = Self.times
  ) throws -> [[Double]] {
    let sources = nodes.map { node in (0..<network.chainCount).map { $0 == node ? 1.0 : 0 } }
    return try SpectralPropagator(network).run(
      Experiment(
        sources: sources, events: events, probes: places.map { Probe(nodes: [$0], weights: [1]) },
        times: times)
    ).values
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `adds up what is put in, and scales with it`(seed: UInt64) throws {
    let network = drawn(seed, layers: Int(seed % 2))
    let (a, b) = (
      Experiment.Event(time: 0, source: 0, amount: 3), Experiment.Event(time: 1, source: 1, rateChange: 2)
    )
    let one = try levels(network, into: [3, 20], events: [a], at: [0, 11, 23])
    let other = try levels(network, into: [3, 20], events: [b], at: [0, 11, 23])
    let both = try levels(network, into: [3, 20], events: [a, b], at: [0, 11, 23])
    var twice = a
    twice.amount = 6
    let doubled = try levels(network, into: [3, 20], events: [twice], at: [0, 11, 23])
    for p in 0..<3 {
      let peak = try #require(both[p].max())
      for t in Self.times.indices {
        #expect(abs(both[p][t] - one[p][t] - other[p][t]) <= 1e-12 * peak)
        #expect(abs(doubled[p][t] - 2 * one[p][t]) <= 1e-12 * peak)
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `does later what it would do now`(seed: UInt64) throws {
    let network = drawn(seed)
    let now = try levels(
      network, into: [10], events: [.init(time: 0, source: 0, amount: 1, rateChange: 2)], at: [10, 2])
    let later = try levels(
      network, into: [10], events: [.init(time: 5, source: 0, amount: 1, rateChange: 2)], at: [10, 2],
      times: Self.times.map { $0 + 5 })
    for (a, b) in zip(now.joined(), later.joined()) { #expect(abs(a - b) <= 1e-12 * (1 + abs(a))) }
  }

  /// Along each edge the weights π make what flows there and back equal, so that the mass which one node sends to
  /// another is, times π, what comes the other way (Onsager, Kolmogorov).
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `sends from one node to another what it gets from there, weighed`(seed: UInt64) throws {
    let network = drawn(seed)
    var weight = [1.0]
    for i in 0..<23 {
      let (there, here) = (network.onward[i] / network.volume[i], network.back[i] / network.volume[i + 1])
      weight.append(weight[i] * there / here)
    }
    for (i, j) in [(0, 23), (4, 17), (9, 10)] {
      let pulse = [Experiment.Event(time: 0, source: 0, amount: 1)]
      let out = try levels(network, into: [i], events: pulse, at: [j], times: [1, 10])[0]
      let back = try levels(network, into: [j], events: pulse, at: [i], times: [1, 10])[0]
      for t in 0..<2 {
        let (sent, got) = (out[t] * network.volume[j] * weight[i], back[t] * network.volume[i] * weight[j])
        #expect(abs(sent / got - 1) < 1e-6, "\(i) \(j)")
      }
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `never goes below zero, and keeps what it does not lose`(seed: UInt64) throws {
    var network = drawn(seed, layers: Int(seed % 3))
    for i in network.loss.indices { network.loss[i] = 0 }
    for k in network.sides.indices { for i in network.loss.indices { network.sides[k].loss[i] = 0 } }
    let pulse = [Experiment.Event(time: 0, source: 0, amount: 5)]
    let found = try levels(network, into: [7], events: pulse, at: Array(0..<network.count))
    let volumes = network.allVolumes
    for t in Self.times.indices {
      let mass = found.indices.reduce(0) { $0 + found[$1][t] * volumes[$1] }
      #expect(abs(mass - 5) < 1e-10)
      #expect(found.allSatisfy { $0[t] > -1e-11 })
    }
  }

  /// Without loss everything ends as the weights say, wherever it began: equal where exchange is.
  @Test func `forgets where it began`() throws {
    var network = drawn(3)
    for i in network.loss.indices { network.loss[i] = 0 }
    network.back = network.onward
    let pulse = [Experiment.Event(time: 0, source: 0, amount: 2)]
    let whole = network.volume.reduce(0, +)
    for node in [0, 12, 23] {
      let end = try levels(network, into: [node], events: pulse, at: Array(0..<24), times: [1e6])
      for level in end { #expect(abs(level[0] * whole / 2 - 1) < 1e-7) }
    }
  }

  @Test(arguments: 0..<5 as Range<UInt64>, [0.0, 0.3, 40])
  func `is solved by elimination to rounding, at any shift and with any sides`(seed: UInt64, shift: Double) {
    let network = drawn(seed, layers: Int(seed % 3))
    var random = SeededGenerator(seed: seed + 50)
    let right = (0..<network.count).map { _ in Double.random(in: 0...1, using: &random) }
    var state = right
    NetworkElimination(network, shift: shift).solve(&state)
    // z V x − M x = s.
    var inflow = right
    network.netInflow(state, into: &inflow)
    let volumes = network.allVolumes
    for i in right.indices {
      let residual = shift * volumes[i] * state[i] - inflow[i] - right[i]
      #expect(abs(residual) < 1e-9 * (1 + abs(inflow[i])), "\(i)")
      #expect(state[i] > 0)
    }
  }

  @Test func `takes another shift without being made anew, and says where a pivot fails`() {
    var network = drawn(1)
    var moved = NetworkElimination(network)
    let (isMoved, isSealed): (Bool, Bool)
    isMoved = moved.refactor(2.5)
    let fresh = NetworkElimination(network, shift: 2.5)
    var (a, b) = (Array(repeating: 1.0, count: 24), Array(repeating: 1.0, count: 24))
    moved.solve(&a)
    fresh.solve(&b)
    #expect(a == b)
    for i in network.loss.indices { network.loss[i] = 0 }
    var sealed = NetworkElimination(network, shift: 1)
    isSealed = !sealed.refactor(0)
    #expect(isMoved && isSealed && network.steadyState(source: b) == nil)
  }

  @Test func `is proper only with numbers that mean something`() {
    let good = drawn(2, layers: 1)
    #expect(good.isProper)
    let spoil: [(inout LinearNetwork) -> Void] = [
      { $0.volume[3] = 0 }, { $0.onward[0] = -1 }, { $0.back[5] = .nan }, { $0.loss[2] = -1e-9 },
      { $0.loss[2] = .infinity }, { $0.sides[0].volume[1] = 0 }, { $0.sides[0].into[1] = 0 },
      { $0.sides[0].out[1] = .infinity }, { $0.sides[0].loss[1] = -1 },
    ]
    for change in spoil {
      var bad = good
      change(&bad)
      #expect(!bad.isProper)
    }
  }
}

@Suite struct `The slowest rate` {
  /// One node: loss over volume. Two: the smaller root of the characteristic polynomial.
  @Test func `is that of the closed forms`() throws {
    let one = LinearNetwork(volume: [4], onward: [], back: [], loss: [0.5])
    #expect(abs(try #require(one.slowestRate()) - 0.125) < 1e-12)
    let two = LinearNetwork(volume: [2, 5], onward: [3], back: [1], loss: [0.4, 0.1])
    let (a, b) = ((3.0 + 0.4) / 2, (1.0 + 0.1) / 5)
    let exchange = 3.0 / 2 * 1.0 / 5
    let root = (a + b - ((a - b) * (a - b) + 4 * exchange).squareRoot()) / 2
    #expect(abs(try #require(two.slowestRate()) / root - 1) < 1e-9)
  }

  /// Sealed at one end and held at zero at the other: π² D / 4 L² (`crank1975`, 4.3), with second order.
  @Test func `of a line comes closer to its limit with the square of the cell`() throws {
    let limit = Double.pi * Double.pi / 4
    func error(_ cells: Int) throws -> Double {
      let step = 1 / Double(cells)
      let exchange = Array(repeating: 1 / step, count: cells - 1)
      var loss = Array(repeating: 0.0, count: cells)
      loss[0] = 2 / step
      let network = LinearNetwork(
        volume: Array(repeating: step, count: cells), onward: exchange, back: exchange, loss: loss)
      return abs(try #require(network.slowestRate()) - limit)
    }
    #expect(abs(order(try error(40), try error(80)) - 2) < 0.1)
  }

  /// The pivots of the shifted system are all positive just below the rate, and no longer just above it.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `is where the shifted system loses its positive pivots`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let network = LinearNetwork.random(20, layers: Int(seed % 3), using: &random)
    let rate = try #require(network.slowestRate())
    var elimination = NetworkElimination(network)
    let below = elimination.refactor(-rate * (1 - 1e-7))
    let above = elimination.refactor(-rate * (1 + 1e-7))
    #expect(below && !above, "\(rate)")
  }

  @Test func `is none where nothing is lost, and rises with the loss`() throws {
    var random = SeededGenerator(seed: 9)
    var network = LinearNetwork.random(20, using: &random)
    let before = try #require(network.slowestRate())
    for i in network.loss.indices { network.loss[i] *= 2 }
    let after = try #require(network.slowestRate())
    #expect(after > before && after <= 2 * before * (1 + 1e-9))
    for i in network.loss.indices { network.loss[i] = 0 }
    #expect(network.slowestRate() == nil)
  }
}
