import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

/// The next day by the rules of the Gregorian calendar, counted on fingers: an independent second route.
private func next(_ d: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
  let leap = d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0)
  let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if d.day < lengths[d.month - 1] { return (d.year, d.month, d.day + 1) }
  return d.month < 12 ? (d.year, d.month + 1, 1) : (d.year + 1, 1, 1)
}

private func text(_ d: (year: Int, month: Int, day: Int)) -> String {
  func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
  return "\(d.year)-\(two(d.month))-\(two(d.day))"
}

@Test func `a refill interval is the same number of civil days from every day of 1970 through 2100`() throws {
  var days = [(year: 1970, month: 1, day: 1)]
  while days[days.count - 1].year < 2101 { days.append(next(days[days.count - 1])) }
  let template = RefillPlan.Request(
    device: testPump(), fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
    date: try day("1970-01-01"))
  let plan = RefillPlan(template)
  let refill = try #require(plan.refillBy) - template.date
  let alarm = try #require(plan.alarmDate) - template.date
  #expect(refill == 84 && alarm == 95)
  for (i, start) in days.enumerated() where i + alarm < days.count {
    let date = try #require(CalendarDate(year: start.year, month: start.month, day: start.day))
    #expect((date + refill).text == text(days[i + refill]))
    let turns = (start.month == 2 && start.day > 25) || (start.month == 12 && start.day > 29)
    // The whole plan: every eleventh day, leap days, ends of years.
    guard turns || i % 11 == 0 else { continue }
    let moved = RefillPlan(
      RefillPlan.Request(
        device: template.device, fill: template.fill, concentration: template.concentration,
        dose: template.dose, date: date))
    #expect(moved.refillBy?.text == text(days[i + refill]))
    #expect(moved.alarmDate?.text == text(days[i + alarm]))
  }
}

@Test(arguments: [
  ("2024-02-29", "2031-02-28", "2030-08-28"), ("2019-03-31", "2026-03-31", "2025-09-30"),
  ("2019-08-31", "2026-08-31", "2026-02-28"), ("2093-02-28", "2100-02-28", "2099-08-28"),
  ("2017-06-15", "2024-06-15", "2023-12-15"),
])
func `a battery ends seven years later on the calendar`(implanted: String, end: String, plan: String) throws {
  let battery = BatteryPlan(
    device: try synchroMed(), implanted: try day(implanted), flow: try q("0.4 mL/day"))
  #expect(battery.replaceBy?.text == end)
  #expect(battery.planBy?.text == plan)
}

@Test func `no day of thirteen decades breaks the replacement date`() throws {
  let pump = try synchroMed()
  for number in stride(from: 0, to: 47_482, by: 5) {  // 1970 through 2099
    let implanted = CalendarDate(dayNumber: number)
    let battery = BatteryPlan(device: pump, implanted: implanted, flow: try q("0.4 mL/day"))
    let life = try #require(battery.replaceBy) - implanted
    #expect((2_555...2_557).contains(life))  // seven years hold one or two leap days, or none about 2100
    #expect((181...184).contains(try #require(battery.replaceBy) - #require(battery.planBy)))
  }
}

@Test func `the replacement alarm shortens the life to ninety days`() throws {
  let battery = BatteryPlan(
    device: try synchroMed(), implanted: try day("2022-01-01"), flow: try q("0.4 mL/day"),
    alarmed: try day("2026-12-31"))
  #expect(battery.replaceBy?.text == "2027-03-31")
}

@Test func `days of the week are right across a leap century`() throws {
  #expect(FlexProgram.Weekday(of: try day("1970-01-01")) == .thu)
  #expect(FlexProgram.Weekday(of: try day("2000-02-29")) == .tue)
  #expect(FlexProgram.Weekday(of: try day("2100-03-01")) == .mon)
  #expect(FlexProgram.Weekday(of: CalendarDate(dayNumber: -1)) == .wed)
}

@Test func `planning begins neither before the alarm nor before today`() throws {
  let pump = try synchroMed()
  func plan(alarmed: String? = nil, asOf: String? = nil) throws -> BatteryPlan {
    BatteryPlan(
      device: pump, implanted: try day("2020-03-01"), flow: try q("0.4 mL/day"),
      alarmed: try alarmed.map(day),
      asOf: try asOf.map(day))
  }
  #expect(try plan(alarmed: "2026-10-01").planBy?.text == "2026-10-01")
  #expect(try plan(alarmed: "2026-10-01").replaceBy?.text == "2026-12-30")
  #expect(try plan(asOf: "2026-11-26").planBy?.text == "2026-11-26")
  #expect(try plan(asOf: "2026-08-01").planBy?.text == "2026-09-01")
  #expect(try plan(asOf: "2027-03-02").outcome.codes.contains(.replaceNow))
  #expect(try !plan(asOf: "2027-03-01").outcome.codes.contains(.replaceNow))
  #expect(try plan(alarmed: "2020-02-29").outcome.codes.contains(.alarmBeforeImplant))
}

@Test func `a flow above the band that suits life is planned from the shortest life`() throws {
  func plan(_ flow: String?) throws -> BatteryPlan {
    BatteryPlan(device: try synchroMed(), implanted: try day("2024-02-29"), flow: try flow.map { try q($0) })
  }
  #expect(
    try plan("0.5 mL/day").planBy?.text == "2030-08-28" && plan(nil).planBy == plan("0.5 mL/day").planBy)
  #expect(try plan("0.6 mL/day").planBy?.text == "2028-08-28")
  #expect(try plan("0.6 mL/day").replaceBy == plan("0.5 mL/day").replaceBy)
  #expect(try plan("0.6 mL/h").outcome.codes.contains(.typoSuspected))
}
