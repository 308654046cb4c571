import Glibc

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
}

/// One value a day, with gaps, and what can be said of it although neighboring days resemble each other.
///
/// Standard errors are those of Newey and West: Bartlett weights, 4 (n / 100)^(2/9) lags, n / (n − k) for the k
/// fitted parameters, pairs of days counted by their true distance so that a gap is a gap. Intervals take t with
/// n − k degrees of freedom. Source: `newey1987`.
package struct DailySeries: Sendable {
  /// Day numbers, ascending.
  package let days: [Int]
  /// One value for each.
  package let values: [Double]
  /// Ratings behind each value.
  package let counts: [Int]

  init(days: [Int], values: [Double], counts: [Int]) {
    precondition(days.count == values.count && days.count == counts.count)
    precondition(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
    (self.days, self.values, self.counts) = (days, values, counts)
  }

  /// The part of it on days that `isIncluded` admits.
  package func filtered(_ isIncluded: (Int) -> Bool) -> DailySeries {
    let kept = days.indices.filter { isIncluded(days[$0]) }
    return DailySeries(
      days: kept.map { days[$0] }, values: kept.map { values[$0] }, counts: kept.map { counts[$0] })
  }

  /// The mean of the days; nil without any.
  package func mean(confidence: Double) -> DiaryEstimate? {
    guard !values.isEmpty else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let residuals = values.map { $0 - mean }
    let error: Double? =
      values.count < 2
      ? nil : (longRun(residuals, residuals.map { _ in 1 }) / (n * n) * n / (n - 1)).squareRoot()
    return DiaryEstimate(
      value: mean, error: error, degrees: values.count - 1, count: counts.reduce(0, +), confidence: confidence
    )
  }

  /// The least-squares line: change per day; nil with fewer than three days.
  package func slope(confidence: Double) -> DiaryEstimate? {
    guard let line else { return nil }
    let n = Double(values.count)
    let residuals = days.indices.map { values[$0] - line.level - line.slope * centered[$0] }
    let spread = centered.reduce(0) { $0 + $1 * $1 }
    let variance = longRun(residuals, centered) / (spread * spread) * n / (n - 2)
    return DiaryEstimate(
      value: line.slope, error: max(0, variance).squareRoot(), degrees: values.count - 2, count: values.count,
      confidence: confidence)
  }

  /// Level at the middle of the days and change per day.
  package var line: (level: Double, slope: Double, middle: Double)? {
    guard days.count >= 3 else { return nil }
    let n = Double(days.count)
    let level = values.reduce(0, +) / n
    let spread = centered.reduce(0) { $0 + $1 * $1 }
    let slope = zip(centered, values).reduce(0) { $0 + $1.0 * $1.1 } / spread
    return (level, slope, middle)
  }

  private var middle: Double { Double(days.reduce(0, +)) / Double(days.count) }
  private var centered: [Double] { days.map { Double($0) - middle } }

  /// Number of lags that count.
  var lags: Int { Int(floor(4 * pow(Double(values.count) / 100, 2 / 9.0))) }

  /// Σ over pairs of days within reach of w(distance) · (u x)ᵢ (u x)ⱼ.
  private func longRun(_ residuals: [Double], _ weights: [Double]) -> Double {
    let moments = zip(residuals, weights).map { $0 * $1 }
    var sum = moments.reduce(0) { $0 + $1 * $1 }
    for i in days.indices {
      for j in days.indices.dropFirst(i + 1) {
        let distance = days[j] - days[i]
        if distance > lags { break }
        sum += 2 * (1 - Double(distance) / Double(lags + 1)) * moments[i] * moments[j]
      }
    }
    return max(0, sum)
  }
}
