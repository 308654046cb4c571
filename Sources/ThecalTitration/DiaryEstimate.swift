import ThecalStatistics

/// A figure with its interval, and the number of values behind it.
package struct DiaryEstimate: Hashable, Sendable {
  /// The figure.
  package let value: Double
  /// The lower end; nil where there are too few values.
  package let low: Double?
  /// The upper end; nil where there are too few values.
  package let high: Double?
  /// The number of values.
  package let count: Int

  /// Value ± t · standard error, or the value alone where there is no standard error.
  init(value: Double, error: Double?, degrees: Int, count: Int, confidence: Double) {
    self.value = value
    self.count = count
    let reach = error.map { $0 * StudentT.quantile((1 + confidence) / 2, degrees: Double(degrees)) }
    low = reach.map { value - $0 }
    high = reach.map { value + $0 }
  }

  init(value: Double, low: Double?, high: Double?, count: Int) {
    (self.value, self.low, self.high, self.count) = (value, low, high, count)
  }

  /// The same with its interval cut at the ends of what the figure can be.
  package func within(_ possible: ClosedRange<Double>) -> DiaryEstimate {
    DiaryEstimate(
      value: value, low: low.map { max($0, possible.lowerBound) },
      high: high.map { min($0, possible.upperBound) },
      count: count)
  }
}
