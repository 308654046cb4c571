import BenchmarkSupport
import CTransportPeers
import ThecalSolvers
import ThecalTransport

/// Compares the hot paths with a reference kernel in the same process; false if one has become too slow.
func isWithinThresholds(_ path: String) throws -> Bool { try areWithin(path, measuredRatios(Task())) }

private func measuredRatios(_ task: Task) throws -> [(String, Double)] {
  let n = task.network.count
  let network = task.network
  let source = task.experiment.sources[0]
  let diagonal = (0..<n).map { i in
    network.loss[i] + (i + 1 < n ? network.onward[i] : 0) + (i > 0 ? network.back[i - 1] : 0)
  }
  let lower = network.onward.map { -$0 } + [0]
  let upper = network.back.map { -$0 } + [0]
  var (solution, work) = (source, [Double](repeating: 0, count: 3 * n))
  let reference = shortest { peer_dgtsv(1, n, lower, diagonal, upper, &solution, &work) }
  var contour = ContourPropagator(shape: network, task.experiment, tolerance: 1e-6)!
  let run = shortest { contour.run(network, sources: task.experiment.sources) }
  let plan = shortest {
    var fresh = ContourPropagator(shape: network, task.experiment, tolerance: 1e-6)!
    fresh.run(network, sources: task.experiment.sources)
  }
  let sets = Array(
    repeating: TransportSample(task.simulation.parameters), count: SimulationBatch.width)
  var batch = SimulationBatch(task.simulation, tolerance: 1e-6)
  let group = shortest { batch.compute(sets) }
  return [
    ("contourRun", run / reference), ("contourPlan", plan / reference),
    ("batchSet", group / Double(SimulationBatch.width) / reference),
  ]
}
