import Glibc
import ThecalSolvers

/// The times at which a course is computed so that areas and peaks do not depend on the rows that are shown.
///
/// Between events panels double in length, with eight nodes of Gauss and Legendre in each: a level is analytic there,
/// with its nearest singularity at the event before, so that the rule loses 2 log₁₀ 5.8 digits per node, 12 in all.
package struct MeasureGrid: Sendable {
  /// All times, h, rising from 0.
  package let times: [Double]
  /// The indices of the rows among them.
  package let rows: [Int]
  /// The weights of ∫ C dt from 0 to the end; 0 where a time is no node.
  package let weights: [Double]
  /// The instants at which something happens, h.
  package let events: [Double]

  /// The first panel after an event, h: too short for a level to bend.
  private static let first = 2e-3

  /// A grid for rows that are shown, events, and an end.
  package init(rows shown: [Double], events: [Double], until: Double) {
    let happening = Set(events.filter { $0 < until } + [0])
    self.events = happening.sorted()
    var weight: [Double: Double] = [until: 0]
    let edges = self.events + [until]
    for (low, high) in zip(edges, edges.dropFirst()) where high > low { Self.fill(low, high, &weight) }
    for time in shown where weight[time] == nil { weight[time] = 0 }
    let times = weight.keys.sorted()
    self.times = times
    weights = times.map { weight[$0] ?? 0 }
    let index = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($0.element, $0.offset) })
    rows = shown.compactMap { index[$0] }
  }

  /// ∫ C dt for the levels at `times`.
  package func area(_ levels: [Double]) -> Double { zip(weights, levels).reduce(0) { $0 + $1.0 * $1.1 } }

  /// ∫ t C dt for the levels at `times`.
  package func moment(_ levels: [Double]) -> Double {
    times.indices.reduce(0) { $0 + weights[$1] * times[$1] * levels[$1] }
  }

  private static func fill(_ low: Double, _ high: Double, _ weight: inout [Double: Double]) {
    let span = high - low
    let panels = max(0, Int(log2(span / first).rounded(.up)))
    let start = span * exp2(-Double(panels))
    // Simpson's rule up to the first panel.
    for (share, part) in [(0.0, 1.0 / 6), (0.5, 4.0 / 6), (1, 1.0 / 6)] {
      weight[share == 1 && panels == 0 ? high : low + share * start, default: 0] += part * start
    }
    for panel in 0..<panels {
      let left = span * exp2(Double(panel - panels))
      for (x, w) in gauss { weight[low + left * (1 + x), default: 0] += left * w }
    }
  }

  /// Nodes and weights of the rule of Gauss and Legendre with eight nodes on 0 … 1. Source: `abramowitz1964`,
  /// Table 25.4.
  private static let gauss: [(Double, Double)] = {
    let half: [(Double, Double)] = [
      (0.183434642495649805, 0.362683783378361983), (0.525532409916328986, 0.313706645877887287),
      (0.796666477413626740, 0.222381034453374471), (0.960289856497536232, 0.101228536290376259),
    ]
    var rule: [(Double, Double)] = []
    for (x, w) in half { rule += [((1 - x) / 2, w / 2), ((1 + x) / 2, w / 2)] }
    return rule.sorted { $0.0 < $1.0 }
  }()
}

extension SimulationBatch {
  /// The largest level at a site, ng/mL, and when, h, of set `set`; `grid` is that of the batch's own times.
  ///
  /// - Accuracy: 1e-8 of the level, and 1e-4 of the time since the event before.
  package func peak(
    site: Int, set: Int, _ grid: MeasureGrid
  ) throws(SimulationError) -> (level: Double, time: Double) {
    precondition(grid.times == times)
    var best = 0
    for t in times.indices
    where concentration(site: site, time: t, set: set) > concentration(site: site, time: best, set: set) {
      best = t
    }
    let here = (level: concentration(site: site, time: best, set: set), time: times[best])
    let last = times.count - 1
    // Right after an event the level jumps or turns: what is largest there is largest at that instant.
    let isEvent = grid.events.contains(here.time)
    let low = best > 0 ? times[best - 1] : here.time
    let high = isEvent || best == last ? here.time : times[best + 1]
    guard low < high else { return here }
    if let found = fastPeak(site, set, low, high, grid) { return found.level > here.level ? found : here }
    let found = try slowPeak(site, set, low, high)
    return found.level > here.level ? found : here
  }

  /// The root of the slope between two times; nil where the fast path was not taken or does not reach.
  private func fastPeak(
    _ site: Int, _ set: Int, _ low: Double, _ high: Double, _ grid: MeasureGrid
  ) -> (level: Double, time: Double)? {
    guard let before = grid.events.last(where: { $0 < high }) else { return nil }
    let shortest = grid.times.first { $0 > before } ?? high
    var (a, b) = (max(low, shortest), high)
    guard a < b, var rise = fastCourse(site: site, at: a, set: set)?.slope,
      var fall = fastCourse(site: site, at: b, set: set)?.slope
    else { return nil }
    // A course that does not turn in between is largest at an end, and that end is a reading.
    guard rise > 0, fall < 0 else { return low >= shortest ? (0, low) : nil }
    for _ in 0..<60 where b - a > 1e-7 * (b - before) {
      // The secant, kept away from the ends so that both of them move.
      let share = min(max(rise / (rise - fall), 0.02), 0.98)
      let middle = a + share * (b - a)
      guard let slope = fastCourse(site: site, at: middle, set: set)?.slope else { return nil }
      if slope > 0 { (a, rise) = (middle, slope) } else { (b, fall) = (middle, slope) }
    }
    let time = (a + b) / 2
    return fastCourse(site: site, at: time, set: set).map { ($0.value, time) }
  }

  /// The largest of ever finer readings between two times.
  private func slowPeak(
    _ site: Int, _ set: Int, _ low: Double, _ high: Double
  ) throws(SimulationError) -> (level: Double, time: Double) {
    let person = try alone(set: set)
    var (a, b) = (low, high)
    var best = (level: 0.0, time: low)
    for _ in 0..<4 {
      let fine = (0...16).map { a + (b - a) * Double($0) / 16 }
      let course = try person.course(
        at: fine, tolerance: 1e-9, needsPlasma: columns[site] == nil)
      var levels =
        columns[site].map { course.values[$0] } ?? course.received.map { $0 * Simulation.nanograms }
      if columns[site] == nil, let uptake = person.uptake {
        for (k, level) in uptake.levels(at: fine).enumerated() { levels[k] += level * Simulation.nanograms }
      }
      guard let k = levels.indices.max(by: { levels[$0] < levels[$1] }) else { break }
      best = (levels[k], fine[k])
      (a, b) = (fine[max(0, k - 1)], fine[min(16, k + 1)])
      if b - a <= 1e-9 * high { break }
    }
    return best
  }
}
