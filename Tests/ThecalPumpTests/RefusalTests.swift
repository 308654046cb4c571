import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

private func refill(_ fill: String, _ strength: String, _ dose: String, alarm: String = "2 mL") throws
  -> RefillPlan
{
  var request = RefillPlan.Request(
    device: testPump(), fill: try q(fill), concentration: try q(strength), dose: try q(dose),
    date: try day("2026-01-01"))
  request.alarm = try q(alarm)
  return RefillPlan(request)
}

@Test func `a flow below the minimum is refused with the strongest solution that works`() throws {
  let plan = try refill("40 mL", "25 mg/mL", "0.2 mg/day")
  #expect(plan.outcome.status == .blocked && plan.outcome.codes == [.flowOutOfRange])
  // 0.2 / 0.048 = 4.1667, rounded down.
  #expect(plan.outcome.alternative?.evidence == [.strength(try q("4.16 mg/mL"), .milligrams)])
  #expect(plan.flow == (try q("0.008 mL/day")) && plan.refillBy == nil)
  #expect(try refill("40 mL", "4.16 mg/mL", "0.2 mg/day").outcome.status != .blocked)
}

@Test func `a flow above the maximum is refused with the weakest solution that works`() throws {
  let plan = try refill("40 mL", "0.1 mg/mL", "5 mg/day")
  #expect(plan.outcome.status == .blocked)
  // 5 / 24 = 0.20833, rounded up.
  #expect(plan.outcome.alternative?.evidence == [.strength(try q("0.209 mg/mL"), .milligrams)])
  #expect(try refill("40 mL", "0.209 mg/mL", "5 mg/day").outcome.status != .blocked)
}

@Test
func `an alarm above the filling, a filling above the reservoir and one below the residual are refused`()
  throws
{
  let alarm = try refill("20 mL", "10 mg/mL", "4 mg/day", alarm: "25 mL")
  #expect(alarm.outcome.status == .blocked && alarm.outcome.codes.contains(.alarmAboveFill))
  #expect(alarm.outcome.alternative?.evidence == [.volume(try q("2 mL"))])
  #expect(try refill("20 mL", "10 mg/mL", "4 mg/day", alarm: "20 mL").outcome.status == .blocked)
  #expect(try refill("20 mL", "10 mg/mL", "4 mg/day", alarm: "19.9 mL").outcome.status != .blocked)
  let large = try refill("60 mL", "10 mg/mL", "4 mg/day")
  #expect(
    try large.outcome.status == .blocked && large.outcome.alternative?.evidence == [.volume(try q("40 mL"))])
  let empty = try refill("1.4 mL", "10 mg/mL", "4 mg/day", alarm: "1 mL")
  #expect(empty.outcome.status == .blocked && empty.outcome.codes.contains(.residualAboveFill))
}

@Test func `an unknown limit is not silently passed`() throws {
  let bare = PumpDevice(id: "bare", name: "Bare pump")
  let request = RefillPlan.Request(
    device: bare, fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
    date: try day("2026-01-01"))
  #expect(RefillPlan(request).outcome.codes.contains(.deviceLimitUnknown))
}

@Test func `an unread limit acts where the flow comes near it, and only there`() throws {
  var pump = testPump()
  pump.maximumFlow = try synchroMed().maximumFlow
  func codes(_ dose: String) throws -> [Code] {
    RefillPlan(
      .init(
        device: pump, fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q(dose),
        date: try day("2026-01-01"))
    ).outcome.codes
  }
  #expect(try !codes("24 mg/day").contains(.deviceDataUnverified))
  #expect(try codes("24.1 mg/day").contains(.deviceDataUnverified))
}

@Test func `a pump without a setting runs at its own flow or not at all`() throws {
  let pump = try #require(PumpDevice(named: "isomed"))
  func plan(_ dose: String) throws -> PumpOutcome {
    RefillPlan(
      .init(
        device: pump, fill: try q("20 mL"), concentration: try q("10 mg/mL"), dose: try q(dose),
        date: try day("2026-01-01"))
    ).outcome
  }
  #expect(try plan("5 mg/day").status != .blocked)
  #expect(try plan("4 mg/day").status == .blocked)
  #expect(try plan("4 mg/day").alternative?.isAbout(PumpTopic.strengthsForFactoryFlows) == true)
}

@Test func `columns of a batch row: flow and day, or the reason why not`() throws {
  let (pump, morphine) = (try synchroMed(), PumpDrug(named: "morphine"))
  var row = PumpColumns.Request(
    device: pump, drug: morphine, dose: try q("4 mg/day"), concentration: try q("10 mg/mL"))
  #expect(PumpColumns(row).flow == (try q("0.4 mL/day")) && PumpColumns(row).refillBy == nil)
  row.reservoir = try q("40 mL")
  row.fillDate = try day("2026-01-01")
  #expect(PumpColumns(row).refillBy?.text == "2026-03-26")
  row.alarm = try q("40 mL")
  #expect(PumpColumns(row).flow == nil && PumpColumns(row).findings.first?.code == .alarmAboveFill)
  let low = PumpColumns(
    .init(device: pump, drug: morphine, dose: try q("0.2 mg/day"), concentration: try q("25 mg/mL")))
  #expect(low.findings.contains { $0.code == .belowPumpMinimum } && low.flow == nil)
  #expect(
    low.findings.contains {
      $0.evidence == [.strength(Concentration(4.16, .milligramsPerMilliliter), .milligrams)]
    })
  let zero = PumpColumns(.init(device: pump, drug: morphine, dose: .zero, concentration: try q("25 mg/mL")))
  #expect(zero.findings.first?.code == .impossiblePump && zero.flow == nil)
}

@Test func `every pump and every drug of the formulary can be reckoned with, and every source resolves`()
  throws
{
  let formulary = Formulary.embedded
  for device in formulary.devices {
    let pump = PumpDevice(device)
    #expect(pump.reservoirs.count == device.reservoir.count)
    let plan = RefillPlan(
      .init(
        device: pump, fill: try q("18 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
        date: try day("2026-01-01")))
    for source in plan.outcome.sources { #expect(formulary.source(source) != nil, "\(source)") }
  }
  for drug in formulary.drugs where drug.target {
    let known = PumpDrug(named: drug.id)
    let mixture = Admixture(
      device: try synchroMed(),
      parts: [.init(known, Concentration(1, known.unit.concentration), unit: known.unit)], primary: 0,
      doses: (known.unit.rate(1), Mass(1, known.unit.mass)))
    for source in mixture.outcome.sources { #expect(formulary.source(source) != nil, "\(source)") }
  }
  #expect(formulary.source("priming_recall_2013") != nil)
}

/// A sheet for 20 mL of baclofen of 500 mcg/mL.
private func sheet(from stock: String) throws -> CompoundingSheet {
  let part = Admixture.Part(PumpDrug(named: "baclofen"), try q("500 mcg/mL"), unit: .micrograms)
  return CompoundingSheet([.init(part, from: try q(stock))], making: .init(filling: try q("20 mL")))
}

@Test func `what is refused before it is made up has no strength that results`() throws {
  // 500 mcg/mL from 2,000 mcg/mL: 5 mL, exactly; from 2,000 mg/mL 0.005 mL would be drawn, as 0 or 0.01 mL.
  let refused = try sheet(from: "2000 mg/mL").outcome
  #expect(refused.codes == [.typoSuspected])
  #expect(!refused.finds(.roundingLarge) && !refused.finds(.roundingSmall) && !refused.finds(.stocksFit))
  let made = try sheet(from: "2000 mcg/mL").outcome
  #expect(!made.isRefused && made.finds(.roundingSmall) && made.finds(.stocksFit))
  // A stock too weak says how much of it the strength would take, and no strength either.
  let weak = try sheet(from: "50 mcg/mL").outcome
  #expect(weak.codes.contains(.negativeDiluent) && !weak.finds(.roundingSmall))
}

@Test(arguments: [("0.25 mL/h", true), ("6 mL/day", true), ("0.25 mL/day", false)])
func `a volume is not held against a flow that cannot be meant`(flow: String, isRefused: Bool) throws {
  let visit = RefillDiscrepancy.Visit(
    previous: try q("20 mL"), flow: try q(flow), elapsed: try q("60 day"), found: try q("8.5 mL"))
  let found = RefillDiscrepancy(device: testPump(), visits: [visit])
  #expect(found.outcome.codes.contains(.typoSuspected) == isRefused)
  // 20 − 15 mL are expected, 3.5 mL more are found: too much only where the flow is one.
  #expect(found.outcome.finds(.tooMuchLeft) == !isRefused)
  #expect(found.causes.isEmpty == isRefused && found.restart == .assessment)
  #expect(found.outcome.codes.contains(.causeFirst) == !isRefused)
}
