import Testing
import _ThecalTestSupport

@testable import ThecalSolvers

let twoExponentials = Receiver(rates: [-0.1, -2.5], amounts: [0.3, 0.7], levels: [1e-5, 4e-5])

/// Three independent ways to one number.
@Test(arguments: 0..<8 as Range<UInt64>, [0, 2])
func `three paths agree to 1e-7 of the peak on random trees`(seed: UInt64, layers: Int) throws {
  var random = SeededGenerator(seed: seed)
  let network = LinearNetwork.random(.random(in: 20...40, using: &random), layers: layers, using: &random)
  #expect(network.symmetrizerCondition < 1e6)
  let experiment = Experiment.random(network, using: &random)
  let reference = try SpectralPropagator(network).run(experiment)
  var contour = ContourPropagator(shape: network, experiment, tolerance: 1e-9)!
  contour.run(network, sources: experiment.sources)
  #expect(contour.course().difference(to: reference) < 1e-7)
  #expect(contour.course().difference(to: reference) < contour.errorBound * network.flowAmplification)
  let chosen = try network.course(of: experiment, need: .init(tolerance: 1e-5, needsBalance: false))
  #expect(chosen.difference(to: reference) < chosen.errorBound && chosen.errorBound <= 1e-5)
  var implicit = ImplicitPropagator(network, tolerance: 1e-7)
  let stepped = try implicit.run(experiment)
  #expect(stepped.difference(to: reference) < 1e-7)
  #expect(stepped.errorBound <= 1e-7)
}

@Test(arguments: 0..<4 as Range<UInt64>)
func `events before 0 h make the state that is found then, in all three ways`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let network = LinearNetwork.random(30, layers: 0, using: &random)
  let whole = Experiment.random(network, using: &random)
  // The same a day later, as seen from that day: rows that were before it are not asked for.
  let shift = whole.times[whole.times.count / 2]
  var later = whole
  later.times = whole.times.filter { $0 >= shift }.map { $0 - shift }
  for k in later.events.indices { later.events[k].time -= shift }
  var rest = whole
  rest.times = whole.times.filter { $0 >= shift }
  let reference = try SpectralPropagator(network).run(rest)
  #expect(try SpectralPropagator(network).run(later).difference(to: reference) < 1e-9)
  var contour = ContourPropagator(shape: network, later, tolerance: 1e-9)!
  contour.run(network, sources: later.sources)
  #expect(contour.course().difference(to: reference) < 1e-7)
  var implicit = ImplicitPropagator(network, tolerance: 1e-7)
  #expect(try implicit.run(later).difference(to: reference) < 1e-7)
}

@Test(arguments: 0..<6 as Range<UInt64>, [0, 1])
func `the receiver and the account agree, and everything put in is somewhere`(
  seed: UInt64, layers: Int
) throws {
  var random = SeededGenerator(seed: seed)
  let network = LinearNetwork.random(30, layers: layers, using: &random)
  let experiment = Experiment.random(network, receiver: twoExponentials, using: &random)
  let one = try SpectralPropagator(network).run(experiment)
  var stepper = ImplicitPropagator(network, tolerance: 1e-7)
  let other = try stepper.run(experiment)
  let peak = one.received.max()!
  for t in experiment.times.indices {
    #expect(abs(one.received[t] - other.received[t]) < 1e-7 * peak)
    #expect(one.balance[t].defect < 1e-10 && other.balance[t].defect < 1e-10)
    #expect(abs(one.balance[t].received - other.balance[t].received) < 1e-7 * one.balance[t].administered)
    #expect(abs(one.balance[t].lost - other.balance[t].lost) < 1e-7 * one.balance[t].administered)
  }
}

/// All volumes and exchanges equal and nothing lost but at the end: eigenvalues crowd at one side.
@Test func `paths agree where eigenvalues nearly coincide`() throws {
  let n = 80
  let ones = Array(repeating: 1.0, count: n)
  var loss = Array(repeating: 0.0, count: n)
  loss[0] = 1e-3
  var exchange = Array(repeating: 500.0, count: n - 1)
  exchange[n / 2] = 1e-6  // two halves that hardly see each other have pairs of equal eigenvalues
  let network = LinearNetwork(volume: ones, onward: exchange, back: exchange, loss: loss)
  var random = SeededGenerator(seed: 1)
  let experiment = Experiment.random(network, using: &random)
  let reference = try SpectralPropagator(network).run(experiment)
  var contour = ContourPropagator(shape: network, experiment, tolerance: 1e-10)!
  contour.run(network, sources: experiment.sources)
  #expect(contour.course().difference(to: reference) < 1e-7)
  var implicit = ImplicitPropagator(network, tolerance: 1e-7)
  #expect(try implicit.run(experiment).difference(to: reference) < 1e-7)
  #expect(reference.balance.allSatisfy { $0.defect < 1e-10 })
}

@Test(arguments: 0..<4 as Range<UInt64>)
func `lanes and single chains give the same course`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let networks = (0..<8).map { _ in LinearNetwork.random(33, using: &random) }
  let experiment = Experiment.random(networks[0], using: &random)
  var lanes = NetworkLanes(nodes: 33, sources: 2)
  for (lane, network) in networks.enumerated() {
    lanes.set(lane: lane, network, sources: experiment.sources)
  }
  var batch = ContourBatch(nodes: 33, experiment, tolerance: 1e-9)!
  batch.run(lanes)
  for (lane, network) in networks.enumerated() {
    let reference = try SpectralPropagator(network).run(experiment)
    for p in experiment.probes.indices {
      for t in experiment.times.indices {
        let difference = batch.value(probe: p, time: t, lane: lane) - reference.values[p][t]
        #expect(abs(difference) < 1e-7 * reference.peak)
      }
    }
  }
}

@Test(arguments: 0..<4 as Range<UInt64>)
func `steady states agree: elimination, and a long wait`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let network = LinearNetwork.random(40, using: &random)
  let source = (0..<40).map { _ in Double.random(in: 0...1, using: &random) }
  let probes = (0..<40).map { Probe(nodes: [$0], weights: [1]) }
  let experiment = Experiment(
    sources: [source], events: [.init(time: 0, source: 0, rateChange: 1)], probes: probes, times: [1e5])
  let steady = try #require(network.steadyState(source: source))
  let waited = try SpectralPropagator(network).run(experiment)
  for i in 0..<40 { #expect(abs(waited.values[i][0] / steady[i] - 1) < 1e-11) }
}

/// Far beyond what the spectral path can hold: cond √W above 1e20.
@Test func `the implicit path keeps its tolerance where modes are hopeless`() throws {
  let n = 90
  let network = LinearNetwork(
    volume: Array(repeating: 1, count: n), onward: Array(repeating: 30, count: n - 1),
    back: Array(repeating: 10, count: n - 1), loss: Array(repeating: 0.05, count: n))
  #expect(network.symmetrizerCondition > 1e20)
  var random = SeededGenerator(seed: 3)
  let experiment = Experiment.random(network, receiver: twoExponentials, using: &random)
  var coarse = ImplicitPropagator(network, tolerance: 1e-7)
  var fine = ImplicitPropagator(network, tolerance: 1e-10)
  let (one, reference) = (try coarse.run(experiment), try fine.run(experiment))
  #expect(one.difference(to: reference) < 1e-7)
  #expect(one.balance.allSatisfy { $0.defect < 1e-10 })
}
