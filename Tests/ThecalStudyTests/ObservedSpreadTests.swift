import Testing

@testable import ThecalStudy

/// Levels of one site at `time`.
private func points(_ time: Double, _ levels: [Double], below: Int = 0) -> [ObservedLevels.Point] {
  levels.map { ObservedLevels.Point(time_h: time, site: 0, level: $0, isBelowLimit: false) }
    + (0..<below).map { _ in ObservedLevels.Point(time_h: time, site: 0, level: 1, isBelowLimit: true) }
}

@Suite struct `The percentiles of measured levels` {
  @Test func `are those of each time, where there are few times`() throws {
    // Of 10 … 50 in steps of 10 the fifth percentile lies 0.2 of a step above the lowest.
    let groups = ObservedSpread(points(4, [50, 10, 30, 20, 40]) + points(1, [5, 5, 5, 5, 5, 5])).groups
    #expect(groups.map(\.time_h) == [1, 4] && groups.map(\.count) == [6, 5])
    #expect(groups[0].levels_ng_per_mL == [5, 5, 5])
    let levels = groups[1].levels_ng_per_mL.compactMap(\.self)
    #expect(levels.count == 3 && zip(levels, [12, 30, 48]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func `count what was below the limit as lowest, and give no figure for it`() throws {
    // Two of eleven below: the median is the fourth of the nine that were measured.
    let groups = ObservedSpread(points(2, [10, 20, 30, 40, 50, 60, 70, 80, 90], below: 2)).groups
    let group = try #require(groups.first)
    #expect(group.count == 11 && group.belowLimit == 2)
    #expect(group.levels_ng_per_mL[0] == nil && group.levels_ng_per_mL[1] == 40)
    #expect(ObservedSpread(points(2, [], below: 6)).groups.first?.levels_ng_per_mL == [nil, nil, nil])
  }

  @Test func `are not made of fewer than five`() {
    #expect(ObservedSpread(points(1, [1, 2, 3, 4])).groups.isEmpty && ObservedSpread([]).groups.isEmpty)
  }

  @Test func `stand for parts of about the same number where times are many, equal times together`() {
    let scattered = (0..<80).flatMap { points(Double($0) / 10, [Double($0)]) }
    let groups = ObservedSpread(scattered).groups
    #expect(groups.map(\.count) == Array(repeating: 10, count: 8))
    #expect(groups[0].time_h == 0.45 && groups[0].levels_ng_per_mL[1] == 4.5)
    let tied = ObservedSpread(scattered + points(0.9, Array(repeating: 9, count: 20))).groups
    #expect(tied[0].count == 30 && tied.map(\.count).reduce(0, +) == 100)
  }
}
