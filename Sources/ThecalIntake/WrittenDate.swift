import ThecalQuantities

/// A date as an export writes it: one day, or the two that a slashed date may mean.
struct WrittenDate: Hashable {
  let earliest: CalendarDate
  let latest: CalendarDate

  /// Reads `1962-03-14`, `19620314`, `14.03.1962`, `03/14/1962`, each with or without a time behind it.
  init?(_ text: String) {
    let day = text.prefix { $0 != "T" && $0 != " " }
    if let date = try? CalendarDate(reading: String(day)) {
      (earliest, latest) = (date, date)
      return
    }
    let parts = day.split { "/.-".contains($0) }
    if parts.count == 1, day.utf8.count == 8, let number = Int(day) {
      guard let date = CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
      else { return nil }
      (earliest, latest) = (date, date)
      return
    }
    guard parts.count == 3, parts[2].count == 4, let year = Int(parts[2]), (1900...2200).contains(year),
      let first = Int(parts[0]), let second = Int(parts[1])
    else { return nil }
    // A point stands in dates that begin with the day.
    let american = day.contains(".") ? nil : CalendarDate(year: year, month: first, day: second)
    let days = [american, CalendarDate(year: year, month: second, day: first)].compactMap(\.self)
    guard let low = days.min(), let high = days.max() else { return nil }
    (earliest, latest) = (low, high)
  }
}

extension CalendarDate {
  /// Whole years from this day to `other`.
  func years(until other: CalendarDate) -> Int {
    let (born, now) = (components, other.components)
    let hasHadBirthday = (now.month, now.day) >= (born.month, born.day)
    return now.year - born.year - (hasHadBirthday ? 0 : 1)
  }
}
