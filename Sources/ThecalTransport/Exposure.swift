import Glibc
import ThecalQuantities
import ThecalSolvers

/// What a course amounts to at one site, from 0 to the end of what is shown: found from the course itself, whatever
/// rows are shown.
public struct Exposure: Hashable, Sendable {
  /// The site.
  public let site: String
  /// ∫ C dt, ng·h/mL.
  public let auc_ng_h_per_mL: Double
  /// ∫ t C dt, ng·h²/mL.
  public let aumc_ng_h2_per_mL: Double
  /// The mean level, ng/mL.
  public let average_ng_per_mL: Double
  /// The largest level, ng/mL.
  public let peak_ng_per_mL: Double
  /// When it is reached, h.
  public let timeToPeak_h: Double
  /// How long the level takes to halve once the pump stops and the fast phases are over, h; nil where nothing is lost
  /// or the flow depends on the concentration.
  public let halfLife_h: Double?
}

extension Simulation {
  /// The exposure at each site; nil for plasma without kinetics.
  ///
  /// - Accuracy: 1e-6 of the area; peaks as `SimulationBatch.peak`.
  public func exposures() throws(SimulationError) -> [Exposure?] {
    let grid = measureGrid(rows: times)
    var batch = SimulationBatch(self, times: grid.times, tolerance: 1e-9)
    batch.compute([TransportSample(model.parameters)])
    if let failure = batch.failure(set: 0) { throw failure }
    var found: [Exposure?] = []
    for (s, site) in sites.enumerated() {
      if site == .plasma, !knowsPlasma {
        found.append(nil)
        continue
      }
      let levels = grid.times.indices.map { batch.concentration(site: s, time: $0, set: 0) }
      let peak = try batch.peak(site: s, set: 0, grid)
      let area = grid.area(levels)
      found.append(
        Exposure(
          site: siteNames[s], auc_ng_h_per_mL: area, aumc_ng_h2_per_mL: grid.moment(levels),
          average_ng_per_mL: area / until, peak_ng_per_mL: peak.level, timeToPeak_h: peak.time,
          halfLife_h: halfLife(site)))
    }
    return found
  }

  /// The terminal half-life at each site, h; nil where there is none.
  package func halfLives() -> [Double?] { sites.map(halfLife) }

  private func halfLife(_ site: Site) -> Double? {
    guard model.parameters.baricity == nil, let slowest = model.network.slowestRate() else { return nil }
    guard site == .plasma else { return log(2) / slowest }
    guard let plasma else { return nil }
    return log(2) / plasma.rates.reduce(slowest) { min($0, -$1) }
  }

  /// The times at which areas and peaks are found, with `rows` among them.
  package func measureGrid(rows: [Double]) -> MeasureGrid {
    let events = schedule.rates.map(\.start.base) + schedule.boluses.map(\.time.base) + (uptake?.turns ?? [])
    return MeasureGrid(rows: rows, events: events, until: until)
  }
}
