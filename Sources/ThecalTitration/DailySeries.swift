import ThecalStatistics

/// One value a day, with gaps, and what can be said of it although neighboring days resemble each other.
///
/// Days that lie d apart are taken to have the correlation ρ^d. Nobody knows ρ of a patient, and a few weeks do not
/// tell it: every ρ from 0 to 0.95 counts before, and after as much as the restricted likelihood of the data says.
/// An interval is that of the mixture of t-distributions (flat prior for the coefficients, 1/σ for the scatter).
/// Newey and West's errors were rejected: on four weeks with ρ = 0.7 their 95 % hold 75 %, and these 95 %.
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
    let mean = values.reduce(0, +) / Double(values.count)
    let interval = AutocorrelatedMean(days: days, values: values, slope: nil)?.interval(confidence)
    return DiaryEstimate(
      value: mean, low: interval.map { min($0.low, mean) }, high: interval.map { max($0.high, mean) },
      count: counts.reduce(0, +))
  }

  /// The least-squares line: change per day; nil with fewer than three days.
  package func slope(confidence: Double) -> DiaryEstimate? {
    guard let line else { return nil }
    let centered = days.map { Double($0) - line.middle }
    let interval = AutocorrelatedMean(days: days, values: values, slope: centered)?.interval(confidence)
    return DiaryEstimate(
      value: line.slope, low: interval.map { min($0.low, line.slope) },
      high: interval.map { max($0.high, line.slope) }, count: values.count)
  }

  /// Level at the middle of the days and change per day.
  package var line: (level: Double, slope: Double, middle: Double)? {
    guard days.count >= 3 else { return nil }
    let n = Double(days.count)
    let middle = Double(days.reduce(0, +)) / n
    let level = values.reduce(0, +) / n
    let spread = days.reduce(0) { $0 + (Double($1) - middle) * (Double($1) - middle) }
    let moment = zip(days, values).reduce(0) { $0 + (Double($1.0) - middle) * $1.1 }
    return (level, moment / spread, middle)
  }
}
