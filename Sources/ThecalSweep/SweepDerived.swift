import ThecalResponse

/// The courses of one sample, and what is derived from them.
struct SweepCourse {
  /// Times of the rows, h.
  let times: [Double]
  /// Levels, site after site, time running fastest.
  var levels: [Double]
  /// Number of sites.
  let sites: Int

  init(times: [Double], sites: Int) {
    self.times = times
    self.sites = sites
    levels = Array(repeating: 0, count: times.count * sites)
  }

  func level(_ site: Int, _ time: Int) -> Double { levels[site * times.count + time] }

  /// ∫ C dt, linear between rows.
  func area(_ site: Int) -> Double {
    var sum = 0.0
    for t in times.indices.dropFirst() {
      sum += (times[t] - times[t - 1]) * (level(site, t) + level(site, t - 1)) / 2
    }
    return sum
  }

  /// The row of the largest level, the first of several.
  func peak(_ site: Int) -> Int {
    var best = 0
    for t in times.indices where level(site, t) > level(site, best) { best = t }
    return best
  }

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
  func column(_ site: Int) -> [Double] { Array(levels[(site * times.count)..<((site + 1) * times.count)]) }

  /// Writes an output into `values` from `offset` on. Steady levels come from elsewhere.
  func write(_ output: SweepOutput, into values: inout [Double], at offset: Int) {
    switch output.quantity {
    case .csf:
      for t in times.indices { for s in 0..<sites { values[offset + t * sites + s] = level(s, t) } }
    case .steady: break
    case .auc: for s in 0..<sites { values[offset + s] = area(s) }
    case .peak: for s in 0..<sites { values[offset + s] = level(s, peak(s)) }
    case .timeToPeak: for s in 0..<sites { values[offset + s] = times[peak(s)] }
    case .timeAbove(let level): for s in 0..<sites { values[offset + s] = timeAbove(level, s) }
    case .timeBelow(let level):
      let all = (times.last ?? 0) - (times.first ?? 0)
      for s in 0..<sites { values[offset + s] = all - timeAbove(level, s) }
    case .ratio(let cranial):
      let below = area(cranial)
      values[offset] = below > 0 ? area(0) / below : .nan
    case .effect(let model):
      var inside = column(0)
      model.site.apply(&inside, at: times)
      for t in times.indices { values[offset + t] = model.curve.effect(at: inside[t]) }
    case .risk(let model, let cranial):
      var inside = column(cranial)
      model.site.apply(&inside, at: times)
      let needed = model.toxic.flatMap { model.curve.level(for: $0) } ?? .infinity
      values[offset] = model.share(toxicAt: inside.max() ?? 0, threshold: needed)
    }
  }
}
