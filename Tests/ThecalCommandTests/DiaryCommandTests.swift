import Testing
import _ThecalTestSupport

/// Three weeks, four ratings a day, evenings worse, pain falling.
private let weeks = (0..<21).map { day in
  [8, 12, 17, 21].map { hour in
    let pain = 7 - Double(day) * 0.15 + (hour >= 17 ? 1.5 : -0.5)
    let dose = day < 7 ? "0.2 mg/day" : "0.4 mg/day"
    let clock = hour < 10 ? "0\(hour):00" : "\(hour):00"
    return "2026-01-\(day < 9 ? "0" : "")\(day + 1) \(clock),\((pain * 10).rounded() / 10),\(dose),"
  }.joined(separator: "\n")
}.joined(separator: "\n")

@Suite struct `thecal diary` {
  let folder = Folder()

  private func run(
    _ command: String, _ rows: String = weeks, header: String = "Date,Pain,Dose,Side effect"
  ) -> ThecalProcess.Outcome {
    _ = folder.write("d.csv", header + "\n" + rows + "\n")
    return ThecalProcess.run(command, in: folder)
  }

  @Test func `prints means, trend, relief and what could be talked about`() {
    let outcome = run("thecal diary d.csv --baseline 8")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    for part in [
      "Status: REVIEW", "84 on 21 of 21 days", "-1.05 per week", "resemble", "at least 50 %: no",
      "at dose        400 mcg/day", "more by day, 15:00 to 01:00", "to discuss", "17:00",
    ] { #expect(outcome.output.contains(part), "\(part)\n\(outcome.output)") }
  }

  @Test func `answers with one JSON object`() {
    let outcome = run("thecal diary d.csv --baseline '7 day' --json")
    #expect(outcome.code == 0 && outcome.output.filter { $0 == "\n" }.count == 1)
    for part in [
      #""status":"review""#, #""codes":["FLEX_SUGGESTION","UNVERIFIED_SOURCE"]"#, #""n":84"#,
      #""span_days":21"#, #""missing_days":[]"#, #""by_hour":[{"hour":8,"#,
      #""trend":{"per_week":-1.05"#, #""reduction":{"score":"pain","#, #""daily_total_percent":100"#,
      #""bad_rows":[]"#, #""side_effects":[]"#,
    ] { #expect(outcome.output.contains(part), "\(part)\n\(outcome.output)") }
  }

  @Test func `reads a score with its scale behind it`() {
    let plain = run("thecal diary d.csv --json", "2026-01-05,5,,\n2026-01-06,7,,").output
    #expect(run("thecal diary d.csv --json", "2026-01-05,5/10,,\n2026-01-06,7 / 10,,").output == plain)
    let other = run("thecal diary d.csv", "2026-01-05,5/11,,\n2026-01-06,7,,")
    #expect(other.code == 1 && other.output.contains("a score is one number from 0 to 10"))
  }

  @Test func `is the same from standard input, with semicolons, in any order of rows`() {
    let one = run("thecal diary d.csv --json").output
    #expect(run("thecal diary - --json < d.csv").output == one)
    let turned = weeks.split(separator: "\n").reversed().joined(separator: "\n")
    #expect(run("thecal diary d.csv --json", turned).output == one)
    let semicolons = weeks.replacing(",", with: ";")
    #expect(run("thecal diary d.csv --json", semicolons, header: "date;pain;dose;side_effect").output == one)
  }

  @Test(arguments: [
    ("2026-01-05,11", "Line 2, pain: 11 lies outside 0 to 10"), ("2026-01-05,-1", "Line 2, pain"),
    ("05/01/2026,5", "2026-01-05 or 2026-05-01"), ("2026-02-30,5", "does not exist"),
    ("2026-01-05 8 Uhr,5", "no clock time"), ("2026-01-05T08:00Z,5", "without a zone"),
    ("2026-01-05 24:00,5", "no clock time"), ("2026-01-05,\"6,5\"", "Line 2, pain"),
    ("2026-01-05,five", "Line 2, pain"), ("2026-01-05,", "there is no score"), (",5", "there is no date"),
    ("2026-01-05,5,400", "Line 2, dose"), ("2026-01-05,5,\"400 mcg/day\"x", "Line 2: the row"),
  ])
  func `a bad row is named by its line and spoils no other`(row: String, words: String) {
    let outcome = run("thecal diary d.csv --json", row + "\n" + weeks)
    #expect(outcome.code == 1 && outcome.output.contains(#""n":84"#))
    #expect(
      outcome.output.contains(#""codes":["BAD_ROW""#) && outcome.output.contains(words), "\(outcome.output)")
    #expect(outcome.output.contains(#""bad_rows":[{"line":2,"#))
  }

  @Test func `the same minute twice and columns that nobody reads are named`() {
    let outcome = run(
      "thecal diary d.csv", "2026-01-05 08:00,5,,,x\n2026-01-05 08:00,6,,,x",
      header: "date,pain,dose,side_effect,mood")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("The same minute again on line 3.") && outcome.output.contains("mood"))
    #expect(outcome.output.contains("No trend"))
  }

  @Test func `a diary of muscle tone alone is summarized too`() {
    let rows = (1...9).map { "2026-03-0\($0),\($0 < 5 ? 3 : 2)" }.joined(separator: "\n")
    let outcome = run("thecal diary d.csv --baseline 3 --json", rows, header: "date,ashworth")
    #expect(outcome.code == 0 && outcome.output.contains(#""reduction":{"score":"ashworth""#))
  }

  @Test func `draws hours and days`() {
    let outcome = run("thecal diary d.csv --plot p.svg >/dev/null && cat p.svg")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for label in ["Pain by hour of the day", "Pain by day", "trend", "daily mean"] {
      #expect(outcome.output.contains(label), "\(label)")
    }
    #expect(run("thecal diary d.csv --plot p.png >/dev/null && head -c 4 p.png").output.contains("PNG"))
  }

  @Test(arguments: [
    ("thecal diary nothing.csv", 66), ("thecal diary", 64), ("thecal diary d.csv --plot x.gif", 64),
    ("thecal diary d.csv --baseline 0", 64), ("thecal diary d.csv --baseline 12", 64),
    ("thecal diary d.csv --baseline '90 min'", 64), ("thecal diary d.csv --plot d.svg --plot d.csv", 64),
    ("sed -i s/Pain/Mood/ d.csv; thecal diary d.csv", 65), ("head -1 d.csv > e.csv; thecal diary e.csv", 65),
    ("thecal diary d.csv --plot nowhere/x.svg", 73),
  ])
  func `says by its exit code what went wrong`(command: String, code: Int32) {
    let outcome = run(command)
    #expect(outcome.code == code && !outcome.errors.isEmpty, "\(outcome.errors)")
  }
}
