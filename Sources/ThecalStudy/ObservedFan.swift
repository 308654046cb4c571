public import ThecalSweep

/// The spread of a sweep over time, with measured levels beside it: a visual predictive check.
public struct ObservedFan: Sendable {
  /// The spread of the sweep.
  public let fan: SweepFan
  /// Measured levels; nil where none were named.
  package let points: ObservedLevels?
  /// For each site the percentiles of what was measured there.
  package let observed: [ObservedSpread]
  /// The files that were read.
  package let inputs: [String]

  /// The spread of the sweep at `path`; `data` is a table of measured levels to be seen beside it.
  public init(path: String, data: String? = nil) throws(SimulationProblem) {
    inputs = [path] + [data].compactMap(\.self)
    let fan: SweepFan
    do throws(SweepProblem) { fan = try SweepFan(path: path) } catch {
      throw SimulationProblem(error)
    }
    self.fan = fan
    let points = try data.map { path throws(SimulationProblem) in
      try ObservedLevels(path: path, sites: fan.siteNames)
    }
    self.points = points
    observed = fan.siteNames.indices.map { site in
      ObservedSpread(points?.points.filter { $0.site == site } ?? [])
    }
  }

  /// Measured levels inside the bands of half and of nine tenths of the samples, of those that can be compared.
  package var inside: (compared: Int, half: Int, most: Int) {
    var found = (compared: 0, half: 0, most: 0)
    for point in points?.points ?? [] where !point.isBelowLimit {
      func level(_ k: Int) -> Double? { fan.level(site: point.site, percentile: k, at: point.time_h) }
      guard let p5 = level(0), let p25 = level(1), let p75 = level(3), let p95 = level(4) else { continue }
      found.compared += 1
      if (p25...max(p25, p75)).contains(point.level) { found.half += 1 }
      if (p5...max(p5, p95)).contains(point.level) { found.most += 1 }
    }
    return found
  }
}
