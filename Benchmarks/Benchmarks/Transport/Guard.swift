import CTransportPeers
import FoundationEssentials
import ThecalSolvers
import ThecalTransport

/// The limits of `Thresholds/transport.json`.
private struct Thresholds: Decodable {
  struct Limit: Decodable {
    let limit: Double
    let reason: String
  }
  let ratios: [String: Limit]
}

/// The shortest of many runs: what else happens on the machine can only lengthen a run.
private func shortest(_ count: Int = 400, _ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<count {
    let start = now()
    body()
    best = min(best, now() - start)
  }
  return best
}

/// Compares the hot paths with a reference kernel in the same process; false if one has become too slow.
func isWithinThresholds(_ path: String) throws -> Bool {
  let thresholds = try JSONDecoder().decode(Thresholds.self, from: Data(contentsOf: URL(filePath: path)))
  let task = try Task()
  let ratios = try measuredRatios(task)
  var isFine = true
  for (name, ratio) in ratios {
    guard let limit = thresholds.ratios[name] else {
      print("\(name): no threshold")
      isFine = false
      continue
    }
    let holds = ratio <= limit.limit
    print(
      "\(holds ? "ok  " : "FAIL") \(name): \(rounded(ratio)) of at most \(limit.limit)\(holds ? "" : ". " + limit.reason)"
    )
    isFine = isFine && holds
  }
  return isFine
}

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
  let reference = shortest(4_000) { peer_dgtsv(1, n, lower, diagonal, upper, &solution, &work) }
  var contour = ContourPropagator(shape: network, task.experiment, tolerance: 1e-6)!
  let run = shortest { contour.run(network, sources: task.experiment.sources) }
  let plan = shortest {
    var fresh = ContourPropagator(shape: network, task.experiment, tolerance: 1e-6)!
    fresh.run(network, sources: task.experiment.sources)
  }
  let sets = Array(repeating: task.simulation.parameters, count: SimulationBatch.width)
  var batch = SimulationBatch(task.simulation, tolerance: 1e-6)
  let group = shortest { batch.compute(sets.span) }
  var steady = SteadyBatch(nodes: n)
  for slot in 0..<SteadyBatch.width { steady.set(slot: slot, network, source: source) }
  let pair = shortest {
    steady.reload(source)
    steady.solve()
  }
  return [
    ("contourRun", run / reference), ("contourPlan", plan / reference),
    ("batchSet", group / Double(SimulationBatch.width) / reference),
    ("steadySet", pair / Double(SteadyBatch.width) / reference),
  ]
}
