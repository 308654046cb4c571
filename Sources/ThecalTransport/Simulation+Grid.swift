import ThecalSolvers

extension Simulation {
  /// What the cells cost: the change that half as many cells make, as a share of the peak at each site.
  ///
  /// The scheme is of second order, so the error of the finer grid is a third of the change; half of it is given, for
  /// grids on which the order does not show yet.
  package func gridError() throws(SimulationError) -> Double {
    let readings = Self.few(times)
    let coarse = try coarser()
    let fine = try course(at: readings, tolerance: Self.gridTolerance, needsPlasma: false).values
    let rough = try coarse.course(at: readings, tolerance: Self.gridTolerance, needsPlasma: false).values
    return Self.change(fine, rough) / 2
  }

  /// The same for the level that the last rate settles at.
  func steadyGridError() throws(SimulationError) -> Double {
    let fine = try steadyLevels().filter { !$0.isEmpty }
    let rough = try coarser().steadyLevels().filter { !$0.isEmpty }
    return Self.change(fine, rough) / 2
  }

  /// The same with half as many cells.
  private func coarser() throws(SimulationError) -> Simulation {
    let grid = CanalGrid(model.grid.anatomy, cells: max(2, model.grid.cells / 2))
    return replacing(CanalModel(grid, model.parameters))
  }

  private static func change(_ fine: [[Double]], _ rough: [[Double]]) -> Double {
    zip(fine, rough).reduce(0) { worst, pair in
      let peak = pair.0.reduce(0) { max($0, abs($1)) }
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

  private static var gridTolerance: Double { 1e-6 }
}
