/// How much less pain than before, in percent, with an interval.
package struct PainReduction: Sendable {
  /// What the diary is compared with.
  package enum Baseline: Hashable, Sendable {
    /// A score that was known before the diary, above zero.
    case score(Double)
    /// The first days of the diary.
    case days(Int)
  }

  /// Whether a reduction of a given size was reached.
  package enum Reached: String, Sendable {
    /// The whole interval lies at or above it.
    case yes
    /// The whole interval lies below it.
    case no
    /// The interval holds it.
    case open
  }

  /// The baseline score.
  package let baseline: DiaryEstimate
  /// The score after it.
  package let current: DiaryEstimate
  /// The reduction in percent; its interval is nil where the data are too few.
  package let percent: DiaryEstimate

  /// The reduction in `series` against `baseline`; nil where nothing is left to compare.
  ///
  /// The interval against days of the diary is Fieller's, for a ratio of two means that are taken as independent.
  package init?(_ series: DailySeries, baseline: Baseline, confidence: Double) {
    let before: DiaryEstimate
    var after = series
    switch baseline {
    case .score(let score):
      guard score > 0 else { return nil }
      before = DiaryEstimate(value: score, low: score, high: score, count: 0)
    case .days(let count):
      guard let first = series.days.first else { return nil }
      let early = series.filtered { $0 < first + count }
      guard let mean = early.mean(confidence: confidence), mean.value > 0 else { return nil }
      before = mean
      after = series.filtered { $0 >= first + count }
    }
    guard let mean = after.mean(confidence: confidence) else { return nil }
    self.baseline = before
    current = mean
    percent = Self.ratio(mean, before)
  }

  /// 100 (1 − after / before). With half-widths a and b of the two intervals, Fieller's limits of the ratio r solve
  /// (after − r before)² = a² + r² b²; they exist where before is surely above zero, b < before.
  private static func ratio(_ after: DiaryEstimate, _ before: DiaryEstimate) -> DiaryEstimate {
    let value = 100 * (1 - after.value / before.value)
    guard let a = after.halfWidth, let b = before.halfWidth else {
      return DiaryEstimate(value: value, low: nil, high: nil, count: after.count)
    }
    let denominator = before.value * before.value - b * b
    guard denominator > 0 else { return DiaryEstimate(value: value, low: nil, high: nil, count: after.count) }
    let middle = after.value * before.value
    let discriminant = middle * middle - denominator * (after.value * after.value - a * a)
    let root = max(0, discriminant).squareRoot()
    return DiaryEstimate(
      value: value, low: 100 * (1 - (middle + root) / denominator),
      high: 100 * (1 - (middle - root) / denominator), count: after.count)
  }

  /// Whether a reduction of `wanted` percent was reached.
  package func reached(_ wanted: Double) -> Reached {
    guard let low = percent.low, let high = percent.high else { return .open }
    return low >= wanted ? .yes : high < wanted ? .no : .open
  }
}

extension DiaryEstimate {
  /// Half of the interval's length; nil without one.
  fileprivate var halfWidth: Double? { low.flatMap { low in high.map { ($0 - low) / 2 } } }
}
