import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalSolvers

@Suite struct `A drift that fades` {
  private let faces = 11

  private func drift(_ size: Double, limit: Double = 8) -> SaturatingDrift {
    SaturatingDrift(
      conductance: (0..<faces).map { 2 + Double($0) / 5 }, flow: (0..<faces).map { 1 - Double($0) / 11 },
      drift: Array(repeating: size, count: faces), limit: limit)
  }

  private func network(_ drift: SaturatingDrift) -> LinearNetwork {
    var (onward, back) = (drift.flow, drift.flow)
    Bernoulli.fit(conductance: drift.conductance, flow: drift.flow, onward: &onward, back: &back)
    return LinearNetwork(
      volume: Array(repeating: 1.5, count: faces + 1), onward: onward, back: back,
      loss: Array(repeating: 0.02, count: faces + 1))
  }

  private func inflow(_ drift: SaturatingDrift, _ c: [Double]) -> [Double] {
    let network = network(drift)
    var inflow = Array(repeating: 0.0, count: c.count)
    network.netInflow(c, into: &inflow)
    drift.addDifference(c, network: network, to: &inflow)
    return inflow
  }

  @Test func `moves nothing away, and is none at all where its size is zero or its limit is reached`() {
    let c = (0...faces).map { 3 + sin(Double($0)) }
    let (plain, with) = (inflow(drift(0), c), inflow(drift(4), c))
    // What one cell gains another loses: sums differ in nothing.
    #expect(abs(plain.reduce(0, +) - with.reduce(0, +)) < 1e-12)
    #expect(zip(plain, with).contains { abs($0 - $1) > 0.1 })
    let full = Array(repeating: 8.0, count: faces + 1)
    for (a, b) in zip(inflow(drift(0), full), inflow(drift(4), full)) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `has the Jacobian of its flux`() {
    let drift = drift(4)
    let c = (0...faces).map { 2 + cos(Double($0)) }
    var (onward, back) = (drift.flow, drift.flow)
    drift.jacobian(c, onward: &onward, back: &back)
    let h = 1e-6
    for face in 0..<faces {
      // The flux over a face is what its left cell loses beside loss and its other face.
      func flux(_ left: Double, _ right: Double) -> Double {
        var moved = c
        moved[face] = left
        moved[face + 1] = right
        let all = inflow(drift, moved)
        let losses = (0...face).reduce(0) { $0 + 0.02 * moved[$1] }
        return -(all[0...face].reduce(0, +) + losses)
      }
      let (l, r) = (c[face], c[face + 1])
      let byLeft = (flux(l + h, r) - flux(l - h, r)) / (2 * h)
      let byRight = (flux(l, r + h) - flux(l, r - h)) / (2 * h)
      #expect(abs(byLeft - onward[face]) < 1e-6 && abs(byRight + back[face]) < 1e-6, "\(face)")
    }
  }

  @Test func `takes the implicit way, keeps account of everything, and follows its tolerance`() throws {
    let drift = drift(4)
    let network = network(drift)
    let source = (0...faces).map { $0 == 6 ? 1.0 : 0 }
    let experiment = Experiment(
      sources: [source], events: [.init(time: 0, source: 0, amount: 20)],
      probes: [Probe(nodes: [6], weights: [1]), Probe(nodes: [1], weights: [1])], times: [0, 0.5, 2, 10])
    #expect(network.method(for: experiment, need: .init(), drift: drift) == .implicit)
    var coarse = ImplicitPropagator(network, drift: drift, tolerance: 1e-5)
    var fine = ImplicitPropagator(network, drift: drift, tolerance: 1e-10)
    let (one, other) = (try coarse.run(experiment), try fine.run(experiment))
    #expect(one.difference(to: other) < 1e-5 && one.balance.allSatisfy { $0.defect < 1e-10 })
    // Twice the dose is not twice the level: that is what a drift with a limit is.
    var more = experiment
    more.events[0].amount = 40
    let doubled = try fine.run(more)
    #expect(abs(doubled.values[1][1] - 2 * other.values[1][1]) > 1e-3 * doubled.values[1][1])
  }
}

@Suite struct `Modes of compartments` {
  private func lanes(_ sides: Int, _ v: Double, _ cl: Double, _ s: [(Double, Double)]) -> MammillaryLanes {
    var lanes = MammillaryLanes(sides: sides, capacity: 1, amounts: true)
    let pad = s + Array(repeating: (1, 1), count: 2 - s.count)
    for lane in 0..<MammillaryLanes.width {
      lanes.set(
        lane: lane, depotRate: 1, volume: v, clearance: cl,
        sides: ((exchange: pad[0].0, volume: pad[0].1), (exchange: pad[1].0, volume: pad[1].1)))
    }
    lanes.begin()
    return lanes
  }

  @Test func `of one are CL over V`() {
    let found = lanes(0, 20, 5, []).impulse(lane: 3)
    #expect(found.count == 1 && abs(found[0].rate - 0.25) < 1e-15)
    #expect(abs(found[0].level - 0.05) < 1e-16 && abs(found[0].held - 1) < 1e-15)
  }

  /// α and β are the roots of s² − (k₁₀ + k₁₂ + k₂₁) s + k₁₀ k₂₁ (`gibaldi1982`, any text of two compartments).
  @Test func `of two are the roots of their quadratic`() {
    let (v, cl, q, v2) = (10.0, 4.0, 6.0, 30.0)
    let (k10, k12, k21) = (cl / v, q / v, q / v2)
    let sum = k10 + k12 + k21
    let root = (sum * sum - 4 * k10 * k21).squareRoot()
    let rates = lanes(1, v, cl, [(q, v2)]).rates(lane: 0).sorted()
    #expect(abs(rates[0] / ((sum - root) / 2) - 1) < 1e-13 && abs(rates[1] / ((sum + root) / 2) - 1) < 1e-13)
  }

  @Test(arguments: 0..<6 as Range<UInt64>, 0...2)
  func `hold one unit, begin at one over V and clear it by CL`(seed: UInt64, sides: Int) {
    var random = SeededGenerator(seed: seed)
    let (v, cl) = (random.logUniform(1, 100), random.logUniform(0.5, 50))
    let s = (0..<sides).map { _ in (random.logUniform(0.5, 50), random.logUniform(1, 300)) }
    let found = lanes(sides, v, cl, s).impulse(lane: 1)
    #expect(abs(found.reduce(0) { $0 + $1.held } - 1) < 1e-12)
    #expect(abs(found.reduce(0) { $0 + $1.level } * v - 1) < 1e-12)
    #expect(abs(found.reduce(0) { $0 + $1.level / $1.rate } * cl - 1) < 1e-11)
    // The mean time in the body is the volume at steady state over CL.
    let moment = found.reduce(0) { $0 + $1.level / ($1.rate * $1.rate) } * cl
    #expect(abs(moment / ((v + s.reduce(0) { $0 + $1.1 }) / cl) - 1) < 1e-10)
  }
}

@Suite struct `The way through time` {
  private let event = Experiment.Event(time: 0, source: 0, amount: 1)

  private func experiment(_ n: Int, times: [Double], receiver: Receiver? = nil) -> Experiment {
    Experiment(
      sources: [(0..<n).map { $0 == n / 2 ? 1 : 0 }], events: [event],
      probes: [Probe(nodes: [0], weights: [1])],
      times: times, receiver: receiver)
  }

  @Test func `is chosen by what is asked and what the network bears`() {
    var random = SeededGenerator(seed: 2)
    let network = LinearNetwork.random(300, using: &random)
    let hours = (1...48).map(Double.init)
    let plain = experiment(300, times: hours)
    #expect(network.method(for: plain, need: .init(tolerance: 1e-6, needsBalance: false)) == .contour)
    #expect(network.method(for: plain, need: .init(tolerance: 1e-6)) == .spectral)
    #expect(network.method(for: plain, need: .init(tolerance: 1e-11, needsBalance: false)) == .spectral)
    let heard = experiment(300, times: hours, receiver: twoExponentials)
    #expect(network.method(for: heard, need: .init(tolerance: 1e-6, needsBalance: false)) == .spectral)
    let steep = LinearNetwork(
      volume: Array(repeating: 1, count: 60), onward: Array(repeating: 30, count: 59),
      back: Array(repeating: 10, count: 59), loss: Array(repeating: 0.1, count: 60))
    #expect(steep.method(for: experiment(60, times: hours), need: .init()) == .implicit)
    let long = LinearNetwork.random(1_601, using: &random)
    #expect(long.method(for: experiment(1_601, times: hours), need: .init()) == .implicit)
  }

  @Test func `passes the instants in their order, each once, with the events before the reading`() {
    let events = [
      Experiment.Event(time: 2, source: 0, amount: 1), .init(time: 0, source: 0, rateChange: 1),
      .init(time: 2, source: 0, rateChange: -1), .init(time: 9, source: 0, amount: 1),
    ]
    let line = Timeline(Experiment(sources: [[1]], events: events, probes: [], times: [1, 2, 5]))
    #expect(line.instants.map(\.time) == [0, 1, 2, 5])
    #expect(line.instants.map(\.reading) == [nil, 0, 1, 2])
    #expect(line.instants.map(\.events.count) == [1, 0, 2, 0])
  }

  @Test func `shows at the instant of a pulse the level after it`() throws {
    var random = SeededGenerator(seed: 5)
    let network = LinearNetwork.random(20, using: &random)
    let given = Experiment(
      sources: [(0..<20).map { $0 == 4 ? 1 : 0 }],
      events: [.init(time: 1, source: 0, amount: 3)], probes: [Probe(nodes: [4], weights: [1])],
      times: [0.5, 1, 2])
    var contour = ContourPropagator(shape: network, given, tolerance: 1e-8)!
    var implicit = ImplicitPropagator(network, tolerance: 1e-8)
    contour.run(network, sources: given.sources)
    let after = 3 / network.volume[4]
    for course in [contour.course(), try implicit.run(given), try SpectralPropagator(network).run(given)] {
      #expect(abs(course.values[0][0]) < 1e-9 && abs(course.values[0][1] / after - 1) < 1e-9)
      #expect(course.values[0][2] < after)
    }
  }
}

@Test func `modes are those of the matrix, and rates beyond a double have none`() throws {
  func modes(_ rate: Double) throws -> [Double] {
    let network = LinearNetwork(volume: [1 / rate, 1], onward: [rate], back: [1], loss: [rate, 1])
    return try SpectralPropagator(network).rates.map { abs($0) }.sorted()
  }
  // The matrix is [-2, 1; 1, -2].
  let found = try modes(1)
  #expect(abs(found[0] - 1) < 1e-14 && abs(found[1] - 3) < 1e-14)
  #expect(throws: PropagationError.self) { try modes(1e308) }
}

@Test func `more nodes than a workspace of 32 bits holds are refused before it is asked for`() {
  let ones = Array(repeating: 1.0, count: 32_001)
  let faces = Array(ones.dropLast())
  let network = LinearNetwork(volume: ones, onward: faces, back: faces, loss: ones)
  #expect(throws: PropagationError.noConvergence(description: "more than 32000 nodes")) {
    _ = try SpectralPropagator(network)
  }
}
