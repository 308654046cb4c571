import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalStudy

@testable import ThecalReports

@Test func `the refill date stands within the first ten lines, and nothing wrong is ok`() throws {
  let lines = try Sample.refill().report.text.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.prefix(10).contains("Refill by: 2026-03-26") && lines[1] == "Status: OK")
}

@Test func `a report echoes its inputs, and the blank sheet keeps the answers to itself`() throws {
  let report = try Sample.refill().report
  #expect(report.text.contains("Concentration: 10 mg/mL") && report.text.contains("Checks that were met"))
  #expect(!report.blankSheet.contains("2026-03-26") && !report.blankSheet.contains("84.28"))
  #expect(report.blankSheet.contains("Refill by: ____"))
}

@Test func `figures that nobody has read are one line of the message and a list apart`() throws {
  let report = try Sample.refill().report
  #expect(report.message.split(separator: "not read", omittingEmptySubsequences: false).count == 2)
  #expect(
    report.answer.json.contains(#""unverified":["#) && report.answer.json.contains("synchromed2_manual"))
  #expect(report.text.contains("Figures that nobody has read in their source"))
}

@Test func `a slip is named, and nothing else is offered or printed`() throws {
  let report = try Sample.refill("4 mg/h").report
  #expect(report.message.contains("per hour typed for per day (4 mg/day)"))
  #expect(!report.message.contains("Nearest") && report.answer.json.contains(#""alternative":null"#))
  for withheld in ["flow_mL_per_day", "refill_by", "days_to_alarm"] {
    #expect(report.answer.json.contains("\"\(withheld)\":null"))
  }
}

@Test func `a drug that must never be there is named with its reason`() throws {
  let report = try Sample.refill(drug: "vincristine").report
  #expect(
    report.message
      == "vincristine must never be given intrathecally. Vinca alkaloids injected intrathecally are nearly always fatal."
  )
  #expect(report.answer.json.hasPrefix(#"{"status":"blocked","codes":["NEVER_INTRATHECAL"],"#))
}

@Test func `a refusal that another request mends explains itself and names it`() throws {
  let report = try Sample.refill("0.2 mg/day").report
  #expect(
    report.message.contains(
      "Nearest that works: The strongest solution that runs at the minimum flow is 4.16 mg/mL."))
  #expect(report.message.contains("Flow 0.02 mL/day is below the minimum of 0.048 mL/day"))
}

@Test
func
  `a bridge between two drugs has no percentage of one by the other, and no hour of its curve in the text`()
  throws
{
  var request = BridgePlan.Request(
    device: try Sample.device(),
    strengths: (try Sample.q("500 mcg/mL"), try Sample.q("10 mg/mL")),
    doses: (try Sample.q("200 mcg/day"), try Sample.q("1 mg/day")),
    path: FluidPath(stated: try Sample.q("0.331 mL")))
  request.changesDrug = true
  let report = BridgePlan(request).report
  #expect(
    report.answer.json.contains(#""unbridged_percent":null"#) && !report.text.contains(" % of the new dose"))
  #expect(report.text.split(separator: "\n").count < 70 && report.answer.json.contains(#""curve":[[0,"#))
}

@Test func `a blocked bridge prints no dose`() throws {
  let request = BridgePlan.Request(
    device: try Sample.device(),
    strengths: (try Sample.q("20 mg/mL"), try Sample.q("1 mg/mL")),
    doses: (try Sample.q("0.5 mg/day"), try Sample.q("0.5 mg/day")),
    path: FluidPath(stated: try Sample.q("0.331 mL")))
  let report = BridgePlan(request).report
  #expect(report.message.contains("0.048 mL/day") && !report.message.contains("mg/day"))
  #expect(
    report.answer.json.contains(#""unbridged_dose":null"#) && report.answer.json.contains(#""curve":[]"#))
}

@Test func `the page holds the curve as a table, and shows what an input says instead of running it`() throws
{
  var request = BridgePlan.Request(
    device: PumpDevice(id: "x", name: "<script>alert(1)</script>"),
    strengths: (try Sample.q("500 mcg/mL"), try Sample.q("2000 mcg/mL")),
    doses: (try Sample.q("200 mcg/day"), try Sample.q("200 mcg/day")),
    path: FluidPath(stated: try Sample.q("0.331 mL")))
  request.unit = .micrograms
  let html = try BridgePlan(request).report.html
  #expect(html.contains("<td>104</td>"))
  #expect(html.contains("Dose per day by hour, bridged") && html.contains("579.3 mcg/day"))
  #expect(!html.contains("<script>") && html.contains("&lt;script&gt;"))
}

@Test func `a restart carries its words and who says so`() throws {
  let stop = Interruption(
    drug: PumpDrug(named: "baclofen"), dose: (try Sample.q("400 mcg/day"), .micrograms),
    stop: .init(try Sample.q("25 h"), reason: .empty))
  let json = stop.report.answer.json
  #expect(json.contains(#""restart":"restore_previous""#) && json.contains("lioresal_label_2022"))
  #expect(json.contains("at or near the dose before the interruption"))
}

@Test func `a dry pump says between which days it ran dry`() throws {
  let late = RefillDiscrepancy(
    device: try Sample.device(),
    visits: [
      .init(
        previous: try Sample.q("20 mL"), flow: try Sample.q("0.25 mL/day"), elapsed: try Sample.q("90 day"),
        found: try Sample.q("1.4 mL")
      )
    ])
  #expect(late.report.answer.json.contains(#""dry_since":{"earliest":65,"latest":87,"nominal":74}"#))
  #expect(late.report.message.contains("between day 65 and day 87 after the filling"))
  #expect(!late.report.message.contains("too much") && !late.report.message.contains("stall"))
}

@Test func `every topic of the pump has its sentence, and its places do not go beyond what findings carry`()
  throws
{
  for topic in PumpTopic.allCases {
    let text = Finding(topic, nil, .note, Array(repeating: .text("x"), count: 8)).text
    #expect(!text.isEmpty && !text.contains("{") && !text.contains("  "))
  }
}

@Test func `two pumps filled on one day have entries of their own, and one plan is the same file every time`()
  throws
{
  let (a, b) = (try Sample.refill(), try Sample.refill("3 mg/day"))
  func ids(_ calendar: RefillCalendar) -> [Substring] {
    calendar.text.split(separator: "\r\n").filter { $0.hasPrefix("UID:") }
  }
  let both = ids(RefillCalendar([.init(a)])) + ids(RefillCalendar([.init(b)]))
  #expect(both.count == 6 && Set(both).count == 6)
  #expect(RefillCalendar([.init(a)]).text == RefillCalendar([.init(try Sample.refill())]).text)
  #expect(ids(RefillCalendar([.init(a, patient: "A")])) != ids(RefillCalendar([.init(a, patient: "B")])))
}

@Test func `a calendar file holds civil days, reminders and short lines`() throws {
  let plan = try Sample.refill()
  let text = RefillCalendar([
    .init(plan, patient: "Müller, Anna; a name that is longer than any line of a calendar may be, by far")
  ]).text
  #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
  #expect(text.contains("DTSTART;VALUE=DATE:20260326\r\nDTEND;VALUE=DATE:20260327\r\n"))
  for reminder in [30, 14, 7, 3] { #expect(text.contains("TRIGGER:-P\(reminder)D\r\n")) }
  #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })  // RFC 5545, 3.1
  #expect(text.replacing("\r\n ", with: "").contains("SUMMARY:Pump refill due: Müller\\, Anna\\; a name"))
  #expect(RefillCalendar([.init(try Sample.refill("4 mg/h"))]).isEmpty)
}
