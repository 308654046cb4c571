import BenchmarkSupport
import ThecalSolvers
import ThecalTransport

/// A thousand people, from their parameters to 169 × 5 levels each.
func measureBatch(_ task: Task, _ peerTime: Double) throws {
  print("\n## 1,000 parameter sets, from parameters to levels")
  let sets = (0..<1_000).map { k -> TransportSample in
    var parameters = task.simulation.parameters
    parameters[.dispersionC1] *= 0.5 + 1.5 * Double(k) / 1_000
    parameters[.loss] *= 0.7 + 0.6 * Double(k * 7 % 1_000) / 1_000
    parameters[.spinalFraction] = 0.05 + 0.5 * Double(k * 13 % 1_000) / 1_000
    return TransportSample(parameters)
  }
  for tolerance in [1e-6, 1e-8] {
    var batch = SimulationBatch(task.simulation, tolerance: tolerance)
    let time = median(3) {
      for start in stride(from: 0, to: 1_000, by: 8) {
        batch.compute(Array(sets[start..<(start + 8)]))
      }
    }
    // The last eight again, each against the reference of its own.
    batch.compute(Array(sets[992..<1_000]))
    var worst = 0.0
    for k in 0..<8 {
      var model = task.simulation
      model = try model.with(sets[992 + k].parameters)
      let reference = try SpectralPropagator(model.network).run(model.experiment()).values
      let values = task.experiment.probes.indices.map { p in
        task.experiment.times.indices.map { batch.concentration(site: p, time: $0, set: k) }
      }
      worst = max(worst, error(values, reference))
    }
    print(
      "tolerance \(tolerance), \(written(time / 1_000)) per set, error \(rounded(worst)); "
        + "ratio to CVODE \(rounded(peerTime / (time / 1_000)))")
  }
}

/// How time grows with the number of cells.
func measureGrowth() throws {
  print("\n## Growth with the number of cells\ncells  CVODE  contour  spectral  ratio")
  for cells in [50, 100, 200, 400, 800, 1_600, 3_200] {
    let task = try Task(cells: cells)
    let peer = median(0.5) { _ = task.cvode(relative: 1e-6, absolute: 1e-6) }
    var contour = ContourPropagator(shape: task.network, task.experiment, tolerance: 1e-6)!
    let fast = median(0.3) { contour.run(task.network, sources: task.experiment.sources) }
    let exact = cells <= 800 ? written(median(0.5) { _ = try? task.reference() }) : "-"
    print("\(cells)  \(written(peer))  \(written(fast))  \(exact)  \(rounded(peer / fast))")
  }
}
