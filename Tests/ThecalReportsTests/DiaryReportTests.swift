import Testing
import ThecalDosing
import ThecalQuantities
import ThecalScenario
import ThecalTitration
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

/// Means by hand of `Sample.diary`: 58 over 14 scores; the days 7, 6, 5, 4, 3, 2, 2; mornings 22/7, evenings 36/7.
@Suite struct `The report of a diary` {
  @Test func `gives means of days, hours and the last week`() throws {
    let answer = try ReadAnswer(Sample.diary().answer)
    func near(_ path: String, _ value: Double) {
      #expect(abs((answer.number(path) ?? -1) - value) < 1e-5, "\(path)")
    }
    near("n", 14)
    near("pain.mean", 29.0 / 7)
    near("last_week.mean", 22.0 / 6)  // from 2 January on
    near("by_hour.0.mean", 22.0 / 7)
    near("by_hour.1.mean", 36.0 / 7)
    #expect(answer.column("by_day", "pain").compactMap(\.self) == [7, 6, 5, 4, 3, 2, 2])
    #expect(answer.column("by_hour", "hour").compactMap(\.self) == [8, 20])
    // Each morning lies 1 below its day, each evening 1 above.
    #expect(answer.number("by_hour.0.above_day_mean") == -1 && answer.number("by_hour.1.above_day_mean") == 1)
  }

  /// Days 1, 2, 4 … 8 have the mean 33/7 and the values 29/7; Σ(x−x̄)(y−ȳ) = −208/7, Σ(x−x̄)² = 276/7.
  @Test func `draws the line of least squares through the days`() throws {
    let answer = try ReadAnswer(Sample.diary().answer)
    #expect(abs((answer.number("trend.per_week") ?? 0) - -208.0 / 276 * 7) < 1e-4)
    #expect((answer.number("trend.low") ?? 0) < (answer.number("trend.high") ?? 0))
    #expect(answer.number("trend.days") == 7 && answer.isNull("ashworth_trend"))
  }

  /// 8 before and 29/7 now: less by 27/56.
  @Test func `compares with the score before, in percent`() throws {
    let report = try Sample.diary()
    let answer = try ReadAnswer(report.answer)
    #expect(abs((answer.number("reduction.percent") ?? 0) - 2_700.0 / 56) < 1e-4)
    #expect(answer.number("baseline.mean") == 8 && answer.text("reduction.at_least_50") == "open")
    #expect(report.answer.text.contains("reduction      48.21 %"))
    let none = try ReadAnswer(Sample.diary(baseline: nil).answer)
    #expect(none.isNull("baseline") && none.isNull("reduction"))
  }

  @Test(arguments: [
    Sample.diary, "date,pain\n2026-01-01,1\n2026-01-02,9\n2026-01-03,0\n",
    "date,pain\n2026-01-01,10\n2026-01-02,0\n",
    "date,ashworth\n2026-01-01,4\n2026-01-02,0\n2026-01-03,4\n2026-01-04,0\n2026-01-05,4\n2026-01-06,1\n2026-01-07,4\n",
  ])
  func `has no interval that leaves its scale`(text: String) throws {
    let report = try Sample.diary(text)
    let answer = try ReadAnswer(report.answer)
    for (path, most) in [("pain", 10.0), ("last_week", 10), ("ashworth", 4)]
    where answer.number("\(path).mean") != nil {
      guard let low = answer.number("\(path).low"), let high = answer.number("\(path).high") else { continue }
      #expect(0 <= low && low <= high && high <= most, "\(path): \(low) to \(high)")
    }
    for list in ["by_hour", "by_dose"] {
      for low in answer.column(list, "low").compactMap(\.self) { #expect(low >= 0) }
      for high in answer.column(list, "high").compactMap(\.self) { #expect(high <= 10) }
    }
    // No less than all the pain can go, and the worst score is the worst there is.
    if let low = answer.number("reduction.low"), let high = answer.number("reduction.high") {
      let worst = answer.text("reduction.score") == "pain" ? 10.0 : 4
      #expect(high <= 100 && low >= 100 * (1 - worst / 8) - 1e-6)
    }
    for line in report.answer.text.split(separator: "\n")
    where line.hasPrefix("mean") || line.hasPrefix("at dose") {
      #expect(!line.contains("(-"), "\(line)")
    }
  }

  @Test func `names the days without an entry and the hours without a rating`() throws {
    let answer = try ReadAnswer(Sample.diary().answer)
    #expect(answer.texts("missing_days") == ["2026-01-03"] && answer.number("days_covered") == 7)
    #expect(answer.number("span_days") == 8 && answer.numbers("hours_without_rating").count == 22)
    // From the evening of the 2nd to the morning of the 4th.
    #expect(answer.number("longest_gap_hours") == 36)
    #expect(answer.message.contains("Days without an entry: 1 of 8."))
  }

  @Test func `speaks of one day as of one`() throws {
    let text = try Sample.diary().answer.text
    #expect(text.contains("at dose        200 mcg/day: 6, 1 day\n") && !text.contains("1 days"))
    #expect(text.contains("\nby hour\n  08:00        3.14 (1.34 to 4.95), n = 7\n"))
    #expect(text.contains("side effect    itch, 2 times, 2026-01-01 to 2026-01-04"))
  }

  /// A rate in percent of the mean: what is more by day is less by night, and the day stays whole.
  @Test func `suggests nothing but to talk, and no more drug in a day`() throws {
    let report = try Sample.diary()
    let answer = try ReadAnswer(report.answer)
    let percents = answer.column("flex.steps", "percent_of_mean").compactMap(\.self)
    let starts = (0..<percents.count).compactMap { answer.text("flex.steps.\($0).from")?.prefix(2) }
      .compactMap {
        Double($0)
      }
    let lengths = zip(starts, Array(starts.dropFirst()) + [24 + starts[0]]).map { $1 - $0 }
    let total = zip(percents, lengths).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(total / 24 - 100) < 0.5, "\(percents) \(lengths)")
    #expect(
      answer.text("flex.use") == "to be discussed; no order" && answer.codes.contains("FLEX_SUGGESTION"))
  }

  @Test func `is review only with a code, and has no code where nothing is found`() throws {
    for text in [Sample.diary, "date,pain\n2026-01-01,1\n2026-01-02,9\n"] {
      let report = try Sample.diary(text)
      #expect((report.status == .review) == !report.codes.isEmpty)
    }
    let rows = (1...9).map { "2026-03-0\($0),\($0 < 5 ? 3 : 2)" }.joined(separator: "\n")
    let quiet = try Sample.diary("date,pain\n\(rows)\n", baseline: nil)
    #expect(quiet.codes.isEmpty && quiet.status == .ok && quiet.message.isEmpty)
  }

  @Test func `of too few days has no trend, and says how many it takes`() throws {
    let report = try Sample.diary("date,pain\n2026-01-01,1\n2026-01-02,9\n")
    #expect(
      report.codes.contains(.tooFewDays)
        && report.message.contains("No trend: it takes 7 days with a score."))
    #expect(
      !report.answer.text.contains("\ntrend")
        && ReadScript(DiaryPlot(diary: report, kind: "svg").script).curve("trend") == nil)
  }
}

@Suite struct `The picture of a diary` {
  @Test func `shows hours with their intervals on the scale, and days with their trend`() throws {
    let report = try Sample.diary()
    let script = ReadScript(DiaryPlot(diary: report, kind: "svg").script)
    #expect(script.faults.isEmpty, "\(script.faults)")
    let hours = script.curves[0].rows
    #expect(hours.map { $0[0] } == [8.5, 20.5])
    for row in hours { #expect(0 <= row[2] && row[2] <= row[1] && row[1] <= row[3] && row[3] <= 10) }
    #expect(
      script.curve("daily mean")?.rows == [[1, 7], [2, 6], [4, 5], [5, 4], [6, 3], [7, 2], [8, 2]])
    let trend = try #require(script.curve("trend")?.rows)
    let slope = (trend[1][1] - trend[0][1]) / (trend[1][0] - trend[0][0])
    #expect(trend.map { $0[0] } == [1, 8] && abs(slope * 7 - -208.0 / 276 * 7) < 1e-3)
    #expect(script.settings("xrange") == ["[0:24]", "[0:9]"] && script.settings("yrange").last == "[0:10]")
  }

  @Test func `of tone alone has the scale of Ashworth and no hours`() throws {
    let rows = (1...9).map { "2026-03-0\($0),\($0 < 5 ? 3 : 2)" }.joined(separator: "\n")
    let script = ReadScript(
      DiaryPlot(diary: try Sample.diary("date,ashworth\n\(rows)\n"), kind: "svg").script)
    #expect(script.faults.isEmpty && script.curves.count == 2)
    #expect(
      script.settings("yrange").last == "[0:4]" && script.settings("title") == ["'Ashworth score by day'"])
  }
}
