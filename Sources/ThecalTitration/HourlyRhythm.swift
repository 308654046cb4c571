import ThecalQuantities

/// Pain by the hour of the day: the mean of each hour, and by how much it differs from the mean of its own day.
package struct HourlyRhythm: Sendable {
  /// One hour of the day.
  package struct Hour: Sendable {
    /// 0 to 23.
    package let hour: Int
    /// Ratings in it.
    package let ratings: Int
    /// Mean pain over the days, an interval from day to day.
    package let pain: DiaryEstimate
    /// Mean difference from the mean of the same day; nil where no day has another hour to compare with.
    package let deviation: DiaryEstimate?
  }

  /// The hours in which somebody wrote.
  package let hours: [Hour]
  /// Days with a rating that has a time.
  package let days: Int

  /// The rhythm of `diary`; the intervals of the deviations hold for all hours together (Bonferroni).
  package init(_ diary: PainDiary, confidence: Double) {
    // Ratings of one hour of one day count once, so that a busy hour does not outweigh the others.
    var cells: [[Int: (sum: Double, count: Int)]] = Array(repeating: [:], count: 24)
    for entry in diary.entries {
      guard let hour = entry.hour, let pain = entry.pain else { continue }
      let before = cells[hour][entry.day.dayNumber] ?? (0, 0)
      cells[hour][entry.day.dayNumber] = (before.sum + pain, before.count + 1)
    }
    let means = cells.map { $0.mapValues { $0.sum / Double($0.count) } }
    var daily: [Int: (sum: Double, count: Int)] = [:]
    for hour in means {
      for (day, value) in hour.sorted(by: { $0.key < $1.key }) {
        let before = daily[day] ?? (0, 0)
        daily[day] = (before.sum + value, before.count + 1)
      }
    }
    let compared = means.count { !$0.isEmpty }
    let strict = 1 - (1 - confidence) / Double(max(1, compared))
    days = daily.count
    hours = (0..<24).compactMap { hour in
      let own = means[hour].sorted { $0.key < $1.key }
      guard !own.isEmpty else { return nil }
      let deviations = own.compactMap { day, value -> Double? in
        guard let (sum, count) = daily[day], count > 1 else { return nil }
        return value - sum / Double(count)
      }
      return Hour(
        hour: hour, ratings: cells[hour].values.reduce(0) { $0 + $1.count },
        pain: Self.estimate(own.map(\.value), confidence),
        deviation: deviations.isEmpty ? nil : Self.estimate(deviations, strict))
    }
  }

  /// Mean with the interval of independent values: one a day, a day apart.
  private static func estimate(_ values: [Double], _ confidence: Double) -> DiaryEstimate {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error: Double? = values.count < 2 ? nil : (squares / (n - 1) / n).squareRoot()
    return DiaryEstimate(
      value: mean, error: error, degrees: values.count - 1, count: values.count, confidence: confidence)
  }
}
