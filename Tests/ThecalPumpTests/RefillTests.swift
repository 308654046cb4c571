import Testing
import ThecalPump
import ThecalQuantities

/// 40 mL of 10 mg/mL at 4 mg/day from New Year, alarm at 2 mL.
private func request(boluses: Bool = false, device: PumpDevice = testPump()) throws -> RefillPlan.Request {
  var request = RefillPlan.Request(
    device: device, fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
    date: try day("2026-01-01"))
  request.alarm = try q("2 mL")
  if boluses { (request.bolus, request.bolusesPerDay) = (try q("0.3 mg"), 4) }
  return request
}

@Test func `alarm, empty and the true-empty band without boluses`() throws {
  let answer = RefillPlan(try request()).answer
  #expect(answer.number("flow_mL_per_day") == 0.4)
  #expect(answer.number("days_to_alarm") == 95)
  #expect(answer.number("days_to_empty") == 96.5)
  #expect(rounded(answer.number("days_empty_early"), 2) == 84.28)
  #expect(rounded(answer.number("days_empty_late"), 2) == 112.87)
  #expect(answer.text("alarm_date") == "2026-04-06")
  #expect(answer.text("refill_by") == "2026-03-26")
  #expect(answer.codes == ["EMPTY_BEFORE_ALARM"])
  #expect(answer.status == .review)
}

@Test func `accuracy acts on boluses too`() throws {
  let answer = RefillPlan(try request(boluses: true)).answer
  #expect(rounded(answer.number("days_to_alarm"), 2) == 73.08)
  #expect(rounded(answer.number("days_empty_early"), 2) == 64.83)
  #expect(rounded(answer.number("days_empty_late"), 2) == 112.87)  // slow pump, no bolus taken
  #expect(answer.text("refill_by") == "2026-03-06")
}

@Test func `the formulary's pump gives the same plan and names what was not read`() throws {
  let answer = RefillPlan(try request(device: try synchroMed())).answer
  #expect(rounded(answer.number("days_empty_early"), 2) == 84.28)
  #expect(answer.codes == ["EMPTY_BEFORE_ALARM", "DEVICE_DATA_UNVERIFIED"])
  #expect(answer.sources.contains("tga_rc2014_00357"))
}

@Test func `twenty milliliters are gone on day forty at the fast edge, before the alarm on day forty-five`()
  throws
{
  var small = RefillPlan.Request(
    device: testPump(), fill: try q("20 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
    date: try day("2026-01-01"))
  small.alarm = try q("2 mL")
  let plan = RefillPlan(small)
  #expect(plan.alarmAfter == (try q("45 day")))
  #expect(rounded(plan.answer.number("days_empty_early"), 1) == 40.6)
}

@Test func `the least of all bounds decides`() throws {
  var baclofen = RefillPlan.Request(
    device: testPump(), fill: try q("20 mL"), concentration: try q("2000 mcg/mL"), dose: try q("200 mcg/day"),
    date: try day("2026-01-01"))
  baclofen.drug = PumpDrug(named: "Lioresal")
  let plan = RefillPlan(baclofen)
  #expect(plan.binding?.name == "reserve")  // 160 days: 4 mL stay; early edge 162.4, alarm 180
  #expect(plan.refillBy == (try day("2026-06-10")))
  baclofen.longestInterval = try q("90 day")
  #expect(RefillPlan(baclofen).refillBy == (try day("2026-04-01")))
  var slow = baclofen
  slow.longestInterval = nil
  slow.drug?.reserve = nil
  slow.drug?.keep(for: try q("100 day"))
  #expect(RefillPlan(slow).binding?.name == "stability")
}

@Test(arguments: ["baclofen", "clonidine"])
func `four milliliters stay in reserve where sudden lack can kill`(drug: String) throws {
  var plan = try request()
  plan.drug = PumpDrug(named: drug)
  let refill = RefillPlan(plan)
  let left = try #require(refill.bounds.first { $0.name == "reserve" })
  #expect(left.after == (try q("90 day")))
  #expect(plan.fill - refill.programmedFlow * left.after == (try q("4 mL")))
}

@Test func `a measuring alarm is no cause for concern`() throws {
  var pump = testPump()
  pump.alarmMeasures = true
  #expect(!RefillPlan(try request(device: pump)).answer.codes.contains("EMPTY_BEFORE_ALARM"))
}

@Test func `a calendar file holds civil days and is the same every time`() throws {
  let calendar = try #require(RefillPlan(try request()).calendar)
  #expect(calendar == RefillPlan(try request()).calendar)
  #expect(calendar.hasPrefix("BEGIN:VCALENDAR\r\n") && calendar.hasSuffix("END:VCALENDAR\r\n"))
  #expect(
    calendar.contains("DTSTART;VALUE=DATE:20260326\r\nDTEND;VALUE=DATE:20260327\r\nSUMMARY:Pump refill due"))
  for reminder in [30, 14, 7, 3] { #expect(calendar.contains("TRIGGER:-P\(reminder)D\r\n")) }
  let lines = calendar.split(separator: "\r\n")
  #expect(lines.allSatisfy { $0.utf8.count <= 75 })  // RFC 5545, 3.1
}
