import Testing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

private func refill(_ fill: String, _ strength: String, _ dose: String, alarm: String = "2 mL") throws
  -> PumpAnswer
{
  var request = RefillPlan.Request(
    device: testPump(), fill: try q(fill), concentration: try q(strength), dose: try q(dose),
    date: try day("2026-01-01"))
  request.alarm = try q(alarm)
  return RefillPlan(request).answer
}

@Test func `a flow below the minimum is refused with the strongest solution that works`() throws {
  let answer = try refill("40 mL", "25 mg/mL", "0.2 mg/day")
  #expect(answer.status == .blocked && answer.codes == ["FLOW_OUT_OF_RANGE"])
  #expect(answer.message.contains("4.16 mg/mL"))  // 0.2 / 0.048 = 4.1667, rounded down
  #expect(answer.number("flow_mL_per_day") == 0.008 && answer.text("refill_by") == nil)
  #expect(try refill("40 mL", "4.16 mg/mL", "0.2 mg/day").status != .blocked)
}

@Test func `a flow above the maximum is refused with the weakest solution that works`() throws {
  let answer = try refill("40 mL", "0.1 mg/mL", "5 mg/day")
  #expect(answer.status == .blocked)
  #expect(answer.message.contains("0.209 mg/mL"))  // 5 / 24 = 0.20833, rounded up
  #expect(try refill("40 mL", "0.209 mg/mL", "5 mg/day").status != .blocked)
}

@Test
func `an alarm above the filling, a filling above the reservoir and one below the residual are refused`()
  throws
{
  let alarm = try refill("20 mL", "10 mg/mL", "4 mg/day", alarm: "25 mL")
  #expect(alarm.status == .blocked && alarm.codes.contains("ALARM_ABOVE_FILL"))
  #expect(alarm.message.contains("Set the alarm at 2 mL"))
  #expect(try refill("20 mL", "10 mg/mL", "4 mg/day", alarm: "20 mL").status == .blocked)
  let large = try refill("60 mL", "10 mg/mL", "4 mg/day")
  #expect(large.status == .blocked && large.message.contains("40 mL"))
  let empty = try refill("1.4 mL", "10 mg/mL", "4 mg/day", alarm: "1 mL")
  #expect(empty.status == .blocked && empty.codes.contains("RESIDUAL_ABOVE_FILL"))
}

@Test func `a bridge that the pump cannot run is refused with a dose that it can`() throws {
  let request = BridgePlan.Request(
    device: testPump(), strengths: (old: try q("20 mg/mL"), new: try q("1 mg/mL")),
    doses: (old: try q("0.5 mg/day"), new: try q("0.5 mg/day")), path: FluidPath(stated: try q("0.331 mL")))
  let answer = BridgePlan(request).answer
  #expect(answer.status == .blocked && answer.number("bridge_hours") == nil)
  #expect(answer.message.contains("0.96 mg/day"))  // 20 mg/mL at 0.048 mL/day
  #expect(answer.number("unbridged_percent") == 2_000)  // why a bridge is needed stays visible
}

@Test func `an unknown limit is not silently passed`() throws {
  let bare = PumpDevice(id: "bare", name: "Bare pump")
  let request = RefillPlan.Request(
    device: bare, fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
    date: try day("2026-01-01"))
  #expect(RefillPlan(request).answer.codes.contains("DEVICE_LIMIT_UNKNOWN"))
}

@Test func `an unread limit acts where the flow comes near it, and only there`() throws {
  var pump = testPump()
  pump.maximumFlow = PumpFigure(try q("24 mL/day"), source: "synchromed2_manual", isVerified: false)
  func codes(_ dose: String) throws -> [String] {
    RefillPlan(
      .init(
        device: pump, fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q(dose),
        date: try day("2026-01-01"))
    ).answer.codes
  }
  #expect(try !codes("20 mg/day").contains("DEVICE_DATA_UNVERIFIED"))
  #expect(try codes("30 mg/day").contains("DEVICE_DATA_UNVERIFIED"))
}

@Test func `a pump without a setting runs at its own flow or not at all`() throws {
  let pump = try #require(PumpDevice(named: "isomed"))
  func plan(_ dose: String) throws -> PumpAnswer {
    RefillPlan(
      .init(
        device: pump, fill: try q("20 mL"), concentration: try q("10 mg/mL"), dose: try q(dose),
        date: try day("2026-01-01"))
    ).answer
  }
  #expect(try plan("5 mg/day").status != .blocked)
  #expect(try plan("4 mg/day").status == .blocked)
  #expect(try plan("4 mg/day").message.contains("0.5 mL/day"))
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
  #expect(PumpColumns(row).flow == nil && PumpColumns(row).findings.first?.code == "ALARM_ABOVE_FILL")
  let low = PumpColumns(
    .init(device: pump, drug: morphine, dose: try q("0.2 mg/day"), concentration: try q("25 mg/mL")))
  #expect(low.findings.first?.code == "BELOW_PUMP_MINIMUM" && low.flow == nil)
  #expect(low.findings.first?.message.contains("4.16 mg/mL") == true)
  let zero = PumpColumns(.init(device: pump, drug: morphine, dose: .zero, concentration: try q("25 mg/mL")))
  #expect(zero.findings.first?.code == "IMPOSSIBLE_PUMP")
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
    for source in plan.answer.sources { #expect(formulary.source(source) != nil, "\(source)") }
  }
  for drug in formulary.drugs where drug.target {
    let known = PumpDrug(drug, stopping: formulary.stopping)
    let mixture = Admixture(
      device: try synchroMed(),
      parts: [.init(known, Concentration(1, known.unit.concentration), unit: known.unit)], primary: 0,
      doses: (known.unit.rate(1), Mass(1, known.unit.mass)))
    for source in mixture.answer.sources { #expect(formulary.source(source) != nil, "\(source)") }
  }
  #expect(formulary.source("priming_recall_2013") != nil)
}

@Test func `a sheet echoes inputs with units, and the blank sheet keeps the answers to itself`() throws {
  let answer = try refill("40 mL", "10 mg/mL", "4 mg/day")
  #expect(answer.sheet.contains("Concentration: 10 mg/mL") && answer.sheet.contains("Refill by: 2026-03-26"))
  #expect(answer.sheet.contains("[passed]") && answer.sheet.contains("[REVIEW]"))
  #expect(!answer.blankSheet.contains("2026-03-26") && !answer.blankSheet.contains("84.28"))
  #expect(answer.blankSheet.contains("Refill by: ____"))
}
