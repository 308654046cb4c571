import ThecalResponse
import ThecalTransport

/// The courses of one sample, and what is derived from them.
struct SweepCourse {
  /// The times and which of them are rows.
  let grid: MeasureGrid
  /// Levels, site after site, time running fastest.
  var levels: [Double]
  /// Number of sites.
  let sites: Int
  /// The largest level at each site, and when, h.
  var peaks: [Double], peakTimes: [Double]

  init(_ grid: MeasureGrid, sites: Int) {
    self.grid = grid
    self.sites = sites
    levels = Array(repeating: 0, count: grid.times.count * sites)
    peaks = Array(repeating: 0, count: sites)
    peakTimes = peaks
  }

  private var times: [Double] { grid.times }

  func level(_ site: Int, _ time: Int) -> Double { levels[site * grid.times.count + time] }

  /// The levels of a site at all times.
  private func course(_ site: Int) -> [Double] {
    Array(levels[(site * times.count)..<((site + 1) * times.count)])
  }

  /// ∫ C dt from the start to the end.
  func area(_ site: Int) -> Double { grid.area(course(site)) }

  /// The time above `threshold`, linear between rows.
  func timeAbove(_ threshold: Double, _ site: Int) -> Double {
    var sum = 0.0
    for t in times.indices.dropFirst() {
      let (a, b, span) = (level(site, t - 1) - threshold, level(site, t) - threshold, times[t] - times[t - 1])
      if a > 0 && b > 0 { sum += span } else if a > 0 || b > 0 { sum += span * max(a, b) / (abs(a) + abs(b)) }
    }
    return sum
  }

  /// The levels of a site, for what lags behind them.
  private func felt(_ site: Int, _ lag: EffectSite) -> [Double] {
    var inside = course(site)
    lag.apply(&inside, at: times)
    return inside
  }

  /// Writes an output into `values` from `offset` on. Steady levels and half-lives come from elsewhere.
  func write(_ output: SweepOutput, into values: inout [Double], at offset: Int) {
    switch output.quantity {
    case .csf:
      for (row, t) in grid.rows.enumerated() {
        for s in 0..<sites { values[offset + row * sites + s] = level(s, t) }
      }
    case .steady, .halfLife: break
    case .aumc: for s in 0..<sites { values[offset + s] = grid.moment(course(s)) }
    case .average: for s in 0..<sites { values[offset + s] = area(s) / (times.last ?? 1) }
    case .auc: for s in 0..<sites { values[offset + s] = area(s) }
    case .peak: for s in 0..<sites { values[offset + s] = peaks[s] }
    case .timeToPeak: for s in 0..<sites { values[offset + s] = peakTimes[s] }
    case .timeAbove(let level): for s in 0..<sites { values[offset + s] = timeAbove(level, s) }
    case .timeBelow(let level):
      let all = (times.last ?? 0) - (times.first ?? 0)
      for s in 0..<sites { values[offset + s] = all - timeAbove(level, s) }
    case .ratio(let site, let cranial): values[offset] = area(site) / area(cranial)
    case .effect(let model, let site):
      let inside = felt(site, model.site)
      for (row, t) in grid.rows.enumerated() { values[offset + row] = model.curve.effect(at: inside[t]) }
    case .risk(let model, let cranial):
      let needed = model.toxic.flatMap { model.curve.level(for: $0) } ?? .infinity
      values[offset] = model.share(toxicAt: felt(cranial, model.site).max() ?? 0, threshold: needed)
    }
  }
}
