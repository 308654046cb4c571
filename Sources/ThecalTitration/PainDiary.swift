package import ThecalQuantities

/// Scores of pain and tone that a patient wrote down, with the clock time where there is one.
package struct PainDiary: Sendable {
  /// One line of a diary.
  package struct Entry: Hashable, Sendable {
    /// The day.
    package let day: CalendarDate
    /// Minutes after midnight by the patient's clock; nil where only the day is known.
    package let minute: Int?
    /// Pain, 0 to 10.
    package let pain: Double?
    /// Muscle tone on Ashworth's scale, 0 to 4.
    package let ashworth: Double?
    /// The daily dose in force.
    package let dose: DoseRate?
    /// A side effect in the patient's words; empty for none.
    package let sideEffect: String

    /// An entry.
    package init(
      day: CalendarDate, minute: Int?, pain: Double?, ashworth: Double? = nil, dose: DoseRate? = nil,
      sideEffect: String = ""
    ) {
      precondition(minute.map((0..<1_440).contains) ?? true)
      precondition(pain.map((0...10).contains) ?? true)
      precondition(ashworth.map((0...4).contains) ?? true)
      (self.day, self.minute, self.pain, self.ashworth) = (day, minute, pain, ashworth)
      (self.dose, self.sideEffect) = (dose, sideEffect)
    }

    /// The hour of the day, 0 to 23.
    package var hour: Int? { minute.map { $0 / 60 } }
  }

  /// The entries in order of time; those of a day without a time come first.
  package let entries: [Entry]

  /// A diary of `entries`, at least one, in any order.
  package init(_ entries: [Entry]) {
    precondition(!entries.isEmpty)
    self.entries = entries.enumerated().sorted {
      ($0.element.day, $0.element.minute ?? -1, $0.offset)
        < ($1.element.day, $1.element.minute ?? -1, $1.offset)
    }.map(\.element)
  }

  /// The first day.
  package var firstDay: CalendarDate { entries[0].day }
  /// The last day.
  package var lastDay: CalendarDate { entries[entries.count - 1].day }
  /// The days from the first to the last.
  package var span: Int { lastDay - firstDay + 1 }

  /// The days without any entry, between the first and the last.
  package var missingDays: [CalendarDate] {
    let covered = Set(entries.map(\.day))
    return (0..<span).map { firstDay + $0 }.filter { !covered.contains($0) }
  }

  /// The hours of the day in which nobody ever wrote; all of them where no entry has a time.
  package var hoursWithoutRating: [Int] {
    let rated = Set(entries.compactMap(\.hour))
    return (0..<24).filter { !rated.contains($0) }
  }

  /// The longest time between two entries that have a time, h; nil where there are not two.
  package var longestGap: Double? {
    let minutes = entries.compactMap { entry in entry.minute.map { entry.day.dayNumber * 1_440 + $0 } }
    return zip(minutes.dropFirst(), minutes).map { Double($0 - $1) / 60 }.max()
  }

  /// The daily means of one score, days without it left out.
  package func daily(_ score: KeyPath<Entry, Double?> & Sendable) -> DailySeries {
    var sums: [CalendarDate: (sum: Double, count: Int)] = [:]
    for entry in entries {
      guard let value = entry[keyPath: score] else { continue }
      let before = sums[entry.day] ?? (0, 0)
      sums[entry.day] = (before.sum + value, before.count + 1)
    }
    let days = sums.keys.sorted()
    return DailySeries(
      days: days.map(\.dayNumber),
      values: days.map { sums[$0].map { $0.sum / Double($0.count) } ?? 0 },
      counts: days.map { sums[$0]?.count ?? 0 })
  }

  /// Side effects in the words of the diary, the most frequent first.
  package var sideEffects: [(text: String, count: Int, first: CalendarDate, last: CalendarDate)] {
    var found: [(text: String, count: Int, first: CalendarDate, last: CalendarDate)] = []
    for entry in entries where !entry.sideEffect.isEmpty {
      let text = entry.sideEffect.lowercased()
      if let index = found.firstIndex(where: { $0.text == text }) {
        found[index].count += 1
        found[index].last = entry.day
      } else {
        found.append((text, 1, entry.day, entry.day))
      }
    }
    return found.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(
      \.element)
  }

  /// Mean pain at each daily dose, in the order in which the doses were given first.
  package func byDose(confidence: Double) -> [(dose: DoseRate, days: Int, pain: DiaryEstimate)] {
    let doses = entries.compactMap(\.dose).reduce(into: [DoseRate]()) { list, dose in
      if !list.contains(dose) { list.append(dose) }
    }
    return doses.compactMap { dose in
      let own = entries.filter { $0.dose == dose && $0.pain != nil }
      guard !own.isEmpty else { return nil }
      let series = PainDiary(own).daily(\.pain)
      return series.mean(confidence: confidence).map { (dose, series.days.count, $0) }
    }
  }
}
