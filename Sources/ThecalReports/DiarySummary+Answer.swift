import ThecalFormulary
import ThecalQuantities
public import ThecalStudy
import ThecalTitration

extension DiarySummary {
  /// The summary as text and as one JSON object.
  public var answer: Answer {
    Answer(
      text: text, status: status, codes: codes, message: message, sources: sources,
      fields: overview + course + comparison + [
        AnswerField(
          "side_effects",
          .list(
            diary.sideEffects.map {
              .object([
                AnswerField("text", .text($0.text)), AnswerField("count", .whole($0.count)),
                AnswerField("first", .text($0.first.text)), AnswerField("last", .text($0.last.text)),
              ])
            })),
        AnswerField("flex", flex.map(AnswerValue.suggestion) ?? .null),
        AnswerField(
          "bad_rows",
          .list(
            bad.map {
              .object([
                AnswerField("line", .whole($0.line)), AnswerField("column", .text($0.column)),
                AnswerField("message", .text($0.message)),
              ])
            })),
        AnswerField("duplicate_lines", .list(repeated.map(AnswerValue.whole))),
        AnswerField("unknown_columns", .list(unknownColumns.map { .text($0) })),
      ])
  }

  private var overview: [AnswerField] {
    [
      AnswerField("n", .whole(diary.entries.count)),
      AnswerField("days_covered", .whole(diary.span - diary.missingDays.count)),
      AnswerField("span_days", .whole(diary.span)), AnswerField("first_day", .text(diary.firstDay.text)),
      AnswerField("last_day", .text(diary.lastDay.text)),
      AnswerField("missing_days", .list(diary.missingDays.map { .text($0.text) })),
      AnswerField("entries_without_time", .whole(diary.entries.count { $0.minute == nil })),
      AnswerField("hours_without_rating", .list(diary.hoursWithoutRating.map(AnswerValue.whole))),
      AnswerField("longest_gap_hours", .shown(diary.longestGap)),
      AnswerField("confidence_percent", .number(rules.confidence.value)),
      AnswerField("pain", .estimate(meanPain)),
      AnswerField("ashworth", .estimate(meanTone)),
      AnswerField("last_week", .estimate(lastWeek)),
    ]
  }

  private var course: [AnswerField] {
    let tone = Dictionary(zip(ashworth.days, ashworth.values)) { first, _ in first }
    let score = Dictionary(uniqueKeysWithValues: zip(pain.days, zip(pain.values, pain.counts)))
    let days = Set(pain.days).union(ashworth.days).sorted().map { day -> AnswerValue in
      .object([
        AnswerField("day", .text(CalendarDate(dayNumber: day).text)),
        AnswerField("n", .whole(score[day]?.1 ?? 0)),
        AnswerField("pain", .shown(score[day]?.0)),
        AnswerField("ashworth", .shown(tone[day])),
      ])
    }
    let doses = doses.map { row -> AnswerValue in
      .object(
        [
          AnswerField("dose", .text(ClinicalText.quantity(row.dose, in: doseUnit(row.dose)))),
          AnswerField("days", .whole(row.days)),
        ] + AnswerValue.parts(row.pain))
    }
    return [
      AnswerField("by_hour", .list(rhythm.hours.map(AnswerValue.hour))), AnswerField("by_day", .list(days)),
      AnswerField("by_dose", .list(doses)), AnswerField("trend", trendValue(pain)),
      AnswerField("ashworth_trend", trendValue(ashworth)),
    ]
  }

  private func trendValue(_ series: DailySeries) -> AnswerValue {
    guard let slope = trend(series) else { return .null }
    return .object([
      AnswerField("per_week", .shown(slope.value * 7)),
      AnswerField("low", .shown(slope.low.map { $0 * 7 })),
      AnswerField("high", .shown(slope.high.map { $0 * 7 })),
      AnswerField("days", .whole(slope.count)), AnswerField("method", .text(trendMethod)),
    ])
  }

  private var comparison: [AnswerField] {
    guard let reduction, let percent = relief else {
      return [AnswerField("baseline", .null), AnswerField("reduction", .null)]
    }
    return [
      AnswerField("baseline", .estimate(reduction.baseline)),
      AnswerField(
        "reduction",
        .object([
          AnswerField("score", .text(mainName)), AnswerField("percent", .shown(percent.value)),
          AnswerField("low", .shown(percent.low)),
          AnswerField("high", .shown(percent.high)),
          AnswerField("at_least_30", .text(reduction.reached(rules.moderateRelief.value.double).rawValue)),
          AnswerField("at_least_50", .text(reduction.reached(rules.substantialRelief.value.double).rawValue)),
        ])),
    ]
  }

  var trendMethod: String {
    "least squares over daily means; the interval is averaged over how much neighboring days resemble each other, "
      + "correlations from 0 to 0.95 counting as much as the diary says"
  }

  /// Milligrams from 1 mg/day up, else micrograms.
  func doseUnit(_ dose: DoseRate) -> DoseRate.Unit {
    dose < DoseRate(1, .milligramsPerDay) ? .microgramsPerDay : .milligramsPerDay
  }
}

extension AnswerValue {
  fileprivate static func whole(_ number: Int) -> AnswerValue { .number(ExactNumber(number)) }

  fileprivate static func parts(_ estimate: DiaryEstimate) -> [AnswerField] {
    [
      AnswerField("n", .whole(estimate.count)), AnswerField("mean", .shown(estimate.value)),
      AnswerField("low", .shown(estimate.low)),
      AnswerField("high", .shown(estimate.high)),
    ]
  }

  fileprivate static func estimate(_ estimate: DiaryEstimate?) -> AnswerValue {
    estimate.map { .object(parts($0)) } ?? .null
  }

  fileprivate static func hour(_ hour: HourlyRhythm.Hour) -> AnswerValue {
    let pain = hour.pain.within(DiaryScale.pain.range)
    return .object([
      AnswerField("hour", .whole(hour.hour)), AnswerField("n", .whole(hour.ratings)),
      AnswerField("days", .whole(pain.count)), AnswerField("mean", .shown(pain.value)),
      AnswerField("low", .shown(pain.low)),
      AnswerField("high", .shown(pain.high)),
      AnswerField("above_day_mean", .shown(hour.deviation?.value)),
      AnswerField("above_low", .shown(hour.deviation?.low)),
      AnswerField("above_high", .shown(hour.deviation?.high)),
    ])
  }

  fileprivate static func suggestion(_ flex: FlexSuggestion) -> AnswerValue {
    .object([
      AnswerField("more_by", .text(flex.isByNight ? "night" : "day")),
      AnswerField("periods", .list(flex.periods.map { .text($0) })),
      AnswerField(
        "steps",
        .list(
          flex.steps.map {
            .object([
              AnswerField("from", .text(FlexSuggestion.clock($0.hour))),
              AnswerField("percent_of_mean", .shown($0.percent)),
            ])
          })), AnswerField("daily_total_percent", .whole(100)),
      AnswerField("use", .text("to be discussed; no order")),
    ])
  }
}
