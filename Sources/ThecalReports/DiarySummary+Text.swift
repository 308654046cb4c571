import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalStudy
import ThecalTitration

extension DiarySummary {
  /// The summary for a person.
  var text: String {
    var lines = [
      "Pain diary, \(diary.firstDay.text) to \(diary.lastDay.text)",
      "Status: \(status.rawValue.uppercased())", "",
      row(
        "entries", "\(diary.entries.count) on \(diary.span - diary.missingDays.count) of \(diary.span) days"),
    ]
    if let mean = meanPain { lines.append(row("mean pain", shown(mean))) }
    if let mean = meanTone { lines.append(row("mean Ashworth", shown(mean))) }
    if let lastWeek { lines.append(row("last week", shown(lastWeek))) }
    if let slope = trend(mainSeries) {
      let week = [slope.value, slope.low ?? slope.value, slope.high ?? slope.value].map { $0 * 7 }
      lines.append(
        row("trend", "\(digits(week[0])) per week (\(digits(week[1])) to \(digits(week[2])))"))
      lines.append(row("", "the interval allows for days that resemble their neighbors"))
    }
    lines += reductionLines + doseLines + hourLines + sideEffectLines + flexLines
    if !message.isEmpty { lines += ["", message] }
    return lines.joined(separator: "\n")
  }

  private var reductionLines: [String] {
    guard let reduction, let percent = relief else { return [] }
    let range = percent.low.flatMap { low in
      percent.high.map { " (\(digits(low)) % to \(digits($0)) %)" }
    }
    let fifty = reduction.reached(rules.substantialRelief.value.double).rawValue
    return [
      row("baseline", digits(reduction.baseline.value)),
      row("reduction", "\(digits(percent.value)) %\(range ?? ", no interval"); at least 50 %: \(fifty)"),
    ]
  }

  private var doseLines: [String] {
    doses.map { dose, days, pain in
      let count = "\(days) day\(days == 1 ? "" : "s")"
      return row("at dose", "\(ClinicalText.quantity(dose, in: doseUnit(dose))): \(shown(pain)), \(count)")
    }
  }

  private var hourLines: [String] {
    let hours = rhythm.hours.filter { Double($0.pain.count) >= rules.minRatings.value.double }
    guard !hours.isEmpty else { return [] }
    return ["by hour"]
      + hours.map {
        row("  \(FlexSuggestion.clock($0.hour))", shown($0.pain.within(DiaryScale.pain.range)))
      }
  }

  private var sideEffectLines: [String] {
    diary.sideEffects.map {
      row(
        "side effect",
        $0.count == 1
          ? "\($0.text), on \($0.first.text)"
          : "\($0.text), \($0.count) times, \($0.first.text) to \($0.last.text)")
    }
  }

  private var flexLines: [String] {
    guard let flex else { return [] }
    let steps = flex.steps.map { "\(FlexSuggestion.clock($0.hour)) \(digits($0.percent)) %" }.joined(
      separator: ", ")
    return [
      row(
        "to discuss", "more by \(flex.isByNight ? "night" : "day"), \(flex.periods.joined(separator: ", "))"),
      row("", "rate in percent of the mean, daily total unchanged: \(steps)"),
    ]
  }

  private func shown(_ estimate: DiaryEstimate) -> String {
    guard let low = estimate.low, let high = estimate.high else { return digits(estimate.value) }
    return "\(digits(estimate.value)) (\(digits(low)) to \(digits(high))), n = \(estimate.count)"
  }

  private func row(_ label: String, _ value: String) -> String {
    label.padded(to: 15) + value
  }

  /// Two decimals are more than a score holds.
  private func digits(_ value: Double) -> String {
    ClinicalText.number(ExactNumber(value).rounded(toPlaces: 2))
  }
}
