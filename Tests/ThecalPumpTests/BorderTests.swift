import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

/// 15 mL were programmed in 60 days; `found` is left of 20.
private func visit(_ found: ExactNumber) throws -> RefillDiscrepancy.Visit {
  .init(
    previous: try q("20 mL"), flow: try q("0.25 mL/day"), elapsed: try q("60 day"),
    found: Volume(found, .milliliters))
}

@Test(arguments: [(ExactNumber(7.175), false), (7.176, true), (2.825, false), (2.824, true)])
func `exactly the accuracy of the pump lies within it`(found: ExactNumber, isOutside: Bool) throws {
  // 14.5 % of 15 mL are 2.175 mL.
  let outcome = RefillDiscrepancy(device: testPump(), visits: [try visit(found)]).outcome
  #expect(outcome.codes.contains(.outsideAccuracy) == isOutside)
}

@Test(arguments: [(3, false), (4, false), (5, true)])
func `a drift is more than twice the accuracy, visits added up beyond half of it`(count: Int, drifts: Bool)
  throws
{
  // Each visit 14.5 % fast, 7.25 % of it beyond the slack: 4 make 29 %, exactly twice the accuracy.
  let visits = try (0..<count).map { _ in try visit(2.825) }
  let found = RefillDiscrepancy(device: testPump(), visits: visits)
  #expect(found.trend.last?.high == ExactNumber(count) * 0.0725 && found.trend.last?.low == .zero)
  #expect(found.outcome.codes.contains(.trendDrift) == drifts)
}

private func refill(
  _ fill: String, _ strength: String, _ dose: String, alarm: String, device: PumpDevice = testPump()
) throws -> RefillPlan {
  var request = RefillPlan.Request(
    device: device, fill: try q(fill), concentration: try q(strength), dose: try q(dose),
    date: try day("2026-01-01"))
  request.alarm = try q(alarm)
  return RefillPlan(request)
}

@Test(arguments: [("24 mg/day", false), ("24.01 mg/day", true)]) func `the maximum flow runs`(
  dose: String, isRefused: Bool
) throws {
  #expect(
    try refill("40 mL", "1 mg/mL", dose, alarm: "2 mL").outcome.codes.contains(.flowOutOfRange) == isRefused)
}

@Test(arguments: [("0.48 mg/day", false), ("0.479 mg/day", true)]) func `the minimum flow runs`(
  dose: String, isRefused: Bool
) throws {
  #expect(
    try refill("40 mL", "10 mg/mL", dose, alarm: "2 mL").outcome.codes.contains(.flowOutOfRange) == isRefused)
}

@Test(arguments: [("1.4 mL", true), ("1.5 mL", false)])
func `a filling of the residual volume delivers nothing`(fill: String, isRefused: Bool) throws {
  #expect(
    try refill(fill, "10 mg/mL", "4 mg/day", alarm: "1 mL").outcome.codes.contains(.residualAboveFill)
      == isRefused)
}

@Test(arguments: [("20 mL", true), ("19.99 mL", false)]) func `an alarm at the filling has sounded already`(
  alarm: String, isRefused: Bool
) throws {
  #expect(
    try refill("20 mL", "10 mg/mL", "4 mg/day", alarm: alarm).outcome.codes.contains(.alarmAboveFill)
      == isRefused)
}

@Test func `an alarm on the earliest empty day is not after it`() throws {
  var pump = testPump()
  (pump.fastest, pump.residual) = (Cited(stated: .zero), Cited(stated: try q("2 mL")))
  let together = try refill("40 mL", "10 mg/mL", "4 mg/day", alarm: "2 mL", device: pump)
  #expect(together.alarmAfter == together.emptyEarly && !together.outcome.codes.contains(.emptyBeforeAlarm))
  #expect(together.outcome.finds(.alarmFirst))
  pump.fastest = Cited(stated: Ratio(0.1, .percent))
  #expect(
    try refill("40 mL", "10 mg/mL", "4 mg/day", alarm: "2 mL", device: pump).outcome.codes.contains(
      .emptyBeforeAlarm))
}

@Test func `a filling that lasts exactly a week is no slip, a shorter one is`() throws {
  func isSlip(_ days: ExactNumber) throws -> Bool {
    let visit = RefillDiscrepancy.Visit(
      previous: try q("40 mL"), flow: Volume(40, .milliliters) / Time(days, .days), elapsed: try q("1 day"),
      found: try q("34 mL"))
    return RefillDiscrepancy(device: testPump(), visits: [visit]).outcome.finds(.slipOfFlow)
  }
  #expect(try !isSlip(7) && isSlip(6.999) && !isSlip(7.001))
}

@Test(arguments: [("0.6 mg/day", "0.48 mg/day", false), ("0.6 mg/day", "0.479 mg/day", true)])
func `a taper to the minimum flow needs no weaker solution`(from: String, to: String, needs: Bool) throws {
  var request = Weaning.Request(
    device: testPump(), drug: PumpDrug(named: "morphine"), doses: (try q(from), try q(to)),
    step: Ratio(20, .percent), interval: try q("1 day"))
  request.concentration = try q("10 mg/mL")
  #expect((Weaning(request).needsDilution != nil) == needs && !Weaning(request).outcome.isRefused)
}

@Test(arguments: [
  ("6 h", 5, false), ("6 h", 6, true), ("12 h", 10, false), ("12 h", 11, true), ("24 h", 20, false),
  ("24 h", 21, true),
])
func `the steps of one day together stay within a fifth`(every: String, percent: Int, isRefused: Bool) throws
{
  var request = Weaning.Request(
    device: testPump(), drug: PumpDrug(named: "clonidine"),
    doses: (try q("200 mcg/day"), try q("100 mcg/day")),
    step: Ratio(ExactNumber(percent), .percent), interval: try q(every))
  (request.unit, request.shape) = (.micrograms, .linear)
  #expect(Weaning(request).outcome.codes.contains(.dropTooLarge) == isRefused)
}

@Test func `a geometric taper multiplies, step by step`() throws {
  let request = Weaning.Request(
    device: testPump(), drug: PumpDrug(named: "morphine"), doses: (try q("10 mg/day"), try q("5 mg/day")),
    step: Ratio(20, .percent),
    interval: try q("7 day"))
  #expect(
    Weaning(request).levels.map(\.dose) == [10, 8, 6.4, 5.12, 5].map { DoseRate($0, .milligramsPerDay) })
}

@Test func `whole days are cut off, never rounded up`() throws {
  #expect(
    try Time(reading: "95.99 day").wholeDays == 95 && Time(reading: "96 day").wholeDays == 96
      && Time(reading: "23 h").wholeDays == 0)
}

/// 20 mL at 0.25 mL/day leave the 1.4 mL that cannot be delivered after 74.4 days.
@Test(arguments: [(75, "1.41 mL", true), (90, "3.3 mL", true), (74, "1.6 mL", false), (60, "5 mL", false)])
func `a pump that should be empty is not as programmed where hardly more is found`(
  days: Int, found: String, isDue: Bool
) throws {
  let visit = RefillDiscrepancy.Visit(
    previous: try q("20 mL"), flow: try q("0.25 mL/day"), elapsed: Time(ExactNumber(days), .days),
    found: try q(found))
  let seen = RefillDiscrepancy(device: testPump(), visits: [visit])
  #expect(seen.outcome.codes.contains(.shouldBeEmpty) == isDue)
  #expect(seen.restart == (isDue ? .assessment : .unchanged) && seen.drySince == nil)
  if isDue {
    #expect(
      seen.outcome.evidence(.shouldBeDry) == [.number(74), .volume(try q(found)), .volume(try q("1.4 mL"))])
  }
}
