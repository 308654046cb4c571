import CTransportPeers
import ThecalScenario
import ThecalSolvers
import ThecalTransport

/// The work that is measured: a week of infusion with another rate every day, read every hour at five sites.
struct Task {
  let simulation: Simulation
  let network: LinearNetwork
  let experiment: Experiment

  init(cells: Int = 400) throws {
    let rates = [1.0, 1.2, 1.4, 1.3, 1.5, 1.1, 1.6]
    let program = rates.enumerated().map { "{at: \($0.offset * 24) h, rate: \($0.element) mg/day}" }
    let yaml = """
      drug: morphine
      catheter: {tip: L3}
      program: [\(program.joined(separator: ", "))]
      cells: \(cells)
      output: {every: 1 h, until: 7 day, at: [tip, L4, T12, T2, cranial]}
      """
    simulation = try Simulation(SimulationScenario(yaml: yaml, file: "task"))
    network = simulation.network
    experiment = simulation.experiment()
  }

  /// The reference: exact in time.
  func reference() throws -> Course { try SpectralPropagator(network).run(experiment) }

  /// What CVODE makes of it, in its banded form: values and number of steps.
  func cvode(relative: Double, absolute: Double) -> (values: [[Double]], steps: Int) {
    var rate = 0.0
    let rates = experiment.events.map { event -> Double in
      rate += event.rateChange
      return rate
    }
    let nodes = experiment.probes.flatMap { [$0.nodes[0], $0.nodes.last ?? 0] }
    let weights = experiment.probes.flatMap { [$0.weights[0], $0.nodes.count > 1 ? $0.weights[1] : 0] }
    var values = [Double](repeating: 0, count: experiment.probes.count * experiment.times.count)
    let source = experiment.sources[0]
    let steps = network.volume.withUnsafeBufferPointer { volume in
      network.onward.withUnsafeBufferPointer { onward in
        network.back.withUnsafeBufferPointer { back in
          network.loss.withUnsafeBufferPointer { loss in
            source.withUnsafeBufferPointer { source in
              var chain = peer_chain(
                nodes: network.chainCount, volume: volume.baseAddress, onward: onward.baseAddress,
                back: back.baseAddress, loss: loss.baseAddress, source: source.baseAddress)
              return peer_cvode(
                &chain, relative, absolute, rates.count, experiment.events.map(\.time), rates,
                experiment.times.count, 1, experiment.probes.count, nodes, weights, &values)
            }
          }
        }
      }
    }
    let count = experiment.times.count
    return (experiment.probes.indices.map { Array(values[($0 * count)..<(($0 + 1) * count)]) }, steps)
  }
}

/// The largest difference, as a share of the largest value of the reference.
func error(_ values: [[Double]], _ reference: [[Double]]) -> Double {
  let peak = reference.joined().reduce(0, max)
  return zip(values.joined(), reference.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) } / peak
}
