import ThecalSolvers

extension Simulation {
  /// What the cells cost: the change that a grid of four times as many makes, as a share of the peak at each site, and
  /// half of it again.
  ///
  /// The scheme is of second order, so that the finer grid has a sixteenth of the error. A coarser grid was rejected
  /// for comparison: where neither of the two resolves the tip, they agree on what is wrong.
  package func gridError() throws(SimulationError) -> Double {
    guard let fine = finer() else { return 1 }
    let readings = Self.few(times)
    let here = try course(at: readings, tolerance: Self.gridTolerance, needsPlasma: false).values
    let there = try fine.course(at: readings, tolerance: Self.gridTolerance, needsPlasma: false).values
    return Self.change(here, there) * Self.margin
  }

  /// The same for the level that the last rate settles at.
  func steadyGridError() throws(SimulationError) -> Double {
    guard let fine = finer() else { return 1 }
    let here = try steadyLevels().filter { !$0.isEmpty }
    let there = try fine.steadyLevels().filter { !$0.isEmpty }
    return Self.change(here, there) * Self.margin
  }

  /// The same with four times as many cells, or twice where that would be very many or the way through time is slow;
  /// nil where that cannot be computed, so that nothing is known.
  private func finer() -> Simulation? {
    let cells = model.grid.cells
    let isFast =
      model.drift == nil && uptake == nil
      && model.network.symmetrizerCondition <= LinearNetwork.largestCondition
    let grid = CanalGrid(
      model.grid.anatomy, cells: isFast ? max(2 * cells, min(4 * cells, Self.most)) : 2 * cells)
    let fine = CanalModel(grid, model.parameters)
    return fine.network.isProper ? replacing(fine) : nil
  }

  private static var most: Int { 1_600 }
  private static var margin: Double { 1.5 }
  private static var gridTolerance: Double { 1e-6 }

  private static func change(_ here: [[Double]], _ there: [[Double]]) -> Double {
    zip(here, there).reduce(0) { worst, pair in
      let peak = pair.1.reduce(0) { max($0, abs($1)) }
      guard peak > 0 else { return worst }
      return max(worst, zip(pair.0, pair.1).reduce(0) { max($0, abs($1.0 - $1.1)) } / peak)
    }
  }

  /// At most so many of the times, the first and the last among them.
  private static func few(_ times: [Double]) -> [Double] {
    let step = max(1, (times.count - 1) / 48)
    var few = stride(from: 0, to: times.count, by: step).map { times[$0] }
    if let last = times.last, few.last != last { few.append(last) }
    return few
  }
}
