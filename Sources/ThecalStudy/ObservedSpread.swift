import ThecalSweep

/// The percentiles of measured levels at one site, in groups of neighbouring times: what stands beside the simulated ones in a
/// visual predictive check.
package struct ObservedSpread {
  /// The levels of one group of times.
  package struct Group {
    /// The middle one of their times.
    package let time_h: Double
    /// How many there are, and how many of them were below what can be measured.
    package let count: Int, belowLimit: Int
    /// The percentiles of `percentages`, ng/mL; nil where one lies among those that were below.
    package let levels_ng_per_mL: [Double?]
  }

  /// The percentiles, in percent.
  package static let percentages = [5.0, 50, 95]
  /// The groups, by time.
  package let groups: [Group]

  /// More groups would hold too few levels of the usual studies.
  private static let most = 8
  /// Fewer levels show themselves, and have no percentiles.
  private static let fewest = 5

  /// The groups of `points`, which are of one site: each time by itself where there are few, else parts of about the same
  /// number of levels; equal times stay together.
  package init(_ points: [ObservedLevels.Point]) {
    let sorted = points.sorted { $0.time_h < $1.time_h }
    let parts = min(Self.most, Set(points.map(\.time_h)).count)
    let isEachTime = parts < Self.most
    let size = parts == 0 ? 0 : (sorted.count + parts - 1) / parts
    var groups: [[ObservedLevels.Point]] = []
    for point in sorted {
      let isTied = groups.last?.last?.time_h == point.time_h
      let isFull = isEachTime || groups.last.map { $0.count >= size } ?? true
      if isTied || !isFull, !groups.isEmpty {
        groups[groups.count - 1].append(point)
      } else {
        groups.append([point])
      }
    }
    self.groups = groups.filter { $0.count >= Self.fewest }.map(Self.group)
  }

  private static func group(_ points: [ObservedLevels.Point]) -> Group {
    let seen = points.filter { !$0.isBelowLimit }.map(\.level).sorted()
    let below = points.count - seen.count
    let ranks = Array(repeating: -Double.infinity, count: below) + seen
    let levels = percentages.map { percentage -> Double? in
      let level = SweepFan.quantile(percentage / 100, of: ranks)
      return level.isFinite ? level : nil
    }
    let time = SweepFan.quantile(0.5, of: points.map(\.time_h))
    return Group(time_h: time, count: points.count, belowLimit: below, levels_ng_per_mL: levels)
  }
}
