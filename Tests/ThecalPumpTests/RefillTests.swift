import Testing
import ThecalDosing
import ThecalFormulary
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
  let plan = RefillPlan(try request())
  #expect(plan.flow == (try q("0.4 mL/day")))
  #expect(plan.alarmAfter?.days == 95 && plan.empty?.days == 96.5)
  #expect(rounded(plan.emptyEarly?.days, 2) == 84.28 && rounded(plan.emptyLate?.days, 2) == 112.87)
  #expect(plan.alarmDate?.text == "2026-04-06" && plan.refillBy?.text == "2026-03-26")
  // The plan already stands on the early edge: that the alarm comes later is information.
  #expect(plan.outcome.codes == [.emptyBeforeAlarm] && plan.outcome.status == .ok)
}

@Test func `accuracy acts on boluses too`() throws {
  let plan = RefillPlan(try request(boluses: true))
  #expect(rounded(plan.alarmAfter?.days, 2) == 73.08 && rounded(plan.emptyEarly?.days, 2) == 64.83)
  #expect(rounded(plan.emptyLate?.days, 2) == 112.87)  // slow pump, no bolus taken
  #expect(plan.refillBy?.text == "2026-03-06")
}

@Test func `the formulary's pump gives the same plan and names what was not read`() throws {
  var common = try request(device: try synchroMed())
  common.drug = PumpDrug(named: "morphine")
  let plan = RefillPlan(common)
  #expect(rounded(plan.emptyEarly?.days, 2) == 84.28)
  #expect(plan.outcome.status == .ok && plan.outcome.codes == [.emptyBeforeAlarm])
  #expect(plan.outcome.sources.contains("tga_rc2014_00357"))
  #expect(plan.outcome.unread.contains { $0.citation.source == "synchromed2_manual" })
}

@Test func `an unread figure that decides the day asks for a review`() throws {
  var pump = testPump()
  let unread = try #require(try synchroMed().alarm)
  pump.alarm = unread
  var late = try request(device: pump)
  late.alarm = nil
  #expect(!RefillPlan(late).outcome.codes.contains(.deviceDataUnverified))  // the early edge decides
  pump.fastest = Cited(stated: .zero)
  late = try request(device: pump)
  late.alarm = nil
  #expect(
    RefillPlan(late).binding?.kind == .alarm && RefillPlan(late).outcome.codes.contains(.deviceDataUnverified)
  )
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
  #expect(rounded(plan.emptyEarly?.days, 1) == 40.6)
}

@Test func `the least of all bounds decides`() throws {
  var baclofen = RefillPlan.Request(
    device: testPump(), fill: try q("20 mL"), concentration: try q("2000 mcg/mL"), dose: try q("200 mcg/day"),
    date: try day("2026-01-01"))
  baclofen.drug = PumpDrug(named: "Lioresal")
  let plan = RefillPlan(baclofen)
  #expect(plan.binding?.kind == .reserve)  // 160 days: 4 mL stay; early edge 162.4, alarm 180
  #expect(plan.refillBy == (try day("2026-06-10")))
  baclofen.longestInterval = try q("90 day")
  #expect(RefillPlan(baclofen).refillBy == (try day("2026-04-01")))
  var slow = baclofen
  slow.longestInterval = nil
  slow.drug?.reserve = nil
  slow.drug?.keep(for: try q("100 day"))
  #expect(RefillPlan(slow).binding?.kind == .stability)
}

@Test(arguments: ["baclofen", "clonidine"])
func `four milliliters stay in reserve where sudden lack can kill`(drug: String) throws {
  var plan = RefillPlan.Request(
    device: testPump(), fill: try q("40 mL"), concentration: try q("1000 mcg/mL"), dose: try q("400 mcg/day"),
    date: try day("2026-01-01"))
  plan.drug = PumpDrug(named: drug)
  let refill = RefillPlan(plan)
  let left = try #require(refill.bounds.first { $0.kind == .reserve })
  #expect(left.after == (try q("90 day")))
  #expect(plan.fill - refill.programmedFlow * left.after == (try q("4 mL")))
}

@Test func `a measuring alarm is no cause for concern`() throws {
  var pump = testPump()
  pump.alarmMeasures = true
  #expect(!RefillPlan(try request(device: pump)).outcome.codes.contains(.emptyBeforeAlarm))
}

@Test(arguments: [("4 mg/h", Code.typoSuspected), ("20.1 mg/day", .overLimit), ("4 g/day", .typoSuspected)])
func `a dose that the rules refuse has no refill date and nothing instead`(dose: String, code: Code) throws {
  var slip = RefillPlan.Request(
    device: testPump(), fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q(dose),
    date: try day("2026-01-01"))
  slip.drug = PumpDrug(named: "morphine")
  let plan = RefillPlan(slip)
  #expect(plan.outcome.status == .blocked && plan.outcome.codes.contains(code))
  #expect(plan.refillBy == nil && plan.bounds.isEmpty && plan.outcome.alternative == nil)
}

@Test(arguments: [
  ("vincristine", Status.blocked, Code.neverIntrathecal), ("exampline", .error, .unknownDrug),
  ("oxycodone", .blocked, .noConversion),
])
func `a drug that has no place in a pump has no refill date`(drug: String, status: Status, code: Code) throws
{
  var plan = try request()
  plan.drug = PumpDrug(named: drug)
  let outcome = RefillPlan(plan).outcome
  #expect(outcome.status == status && outcome.codes == [code] && outcome.alternative == nil)
}

@Test(arguments: [
  ("8637-20", 20), ("8637-40", 40), ("8472-20-05", 20), ("8472-35-25", 35), ("13827", 20), ("16827", 40),
])
func `a model number is the pump of that size`(model: String, reservoir: Int) throws {
  let pump = try #require(PumpDevice(named: model))
  #expect(pump.reservoirs.map(\.value) == [Volume(ExactNumber(reservoir), .milliliters)])
  func status(_ fill: ExactNumber) throws -> Status {
    var checks = try request(device: pump)
    checks = RefillPlan.Request(
      device: pump, fill: Volume(fill, .milliliters), concentration: checks.concentration, dose: checks.dose,
      date: checks.date)
    let outcome = RefillPlan(checks).outcome
    return outcome.codes.contains(.reservoirTooSmall) ? .blocked : .ok
  }
  #expect(try status(ExactNumber(reservoir)) == .ok && status(ExactNumber(reservoir) + 0.1) == .blocked)
  #expect(try #require(PumpDevice(named: "synchromed_2")).reservoirs.count == 2)
}

@Test func `a pump with one flow is the model of that flow`() throws {
  let pump = try #require(PumpDevice(named: "8472-20-05"))
  #expect(pump.fixedFlows.map(\.value) == [try q("0.5 mL/day")])
}

@Test(arguments: [("40 L", true), ("400 mL", true), ("60 mL", false)])
func `a filling that is a slip is called one`(fill: String, isSlip: Bool) throws {
  let plan = RefillPlan(
    .init(
      device: testPump(), fill: try q(fill), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
      date: try day("2026-01-01")))
  #expect(
    plan.outcome.codes.contains(.reservoirTooSmall) && plan.outcome.codes.contains(.typoSuspected) == isSlip)
  #expect((plan.outcome.alternative == nil) == isSlip)
}

@Test(
  arguments: [
    (nil, "25 mcg/mL", 14, true), (true, "25 mcg/mL", 14, false), (false, "25 mcg/mL", 84, false),
    (false, "10 mcg/mL", 40, false), (nil, "10 mcg/mL", 14, true),
  ] as [(Bool?, String, Int, Bool)])
func `a filling of ziconotide keeps as its label says for that filling`(
  isFirst: Bool?, strength: String, days: Int, asks: Bool
) throws {
  var plan = RefillPlan.Request(
    device: testPump(), fill: try q("40 mL"), concentration: try q(strength), dose: try q("4 mcg/day"),
    date: try day("2026-01-01"))
  (plan.drug, plan.isFirstFilling) = (PumpDrug(named: "Prialt"), isFirst)
  let refill = RefillPlan(plan)
  #expect(refill.bounds.first { $0.kind == .stability }?.after == Time(ExactNumber(days), .days))
  #expect(refill.outcome.codes.contains(.stabilityCondition) == asks)
}

@Test func `a mixture keeps as a mixture, and the largest reserve of its drugs holds`() throws {
  var plan = try request()
  plan.drug = PumpDrug(named: "morphine")
  plan.others = [
    .init(PumpDrug(named: "bupivacaine"), try q("20 mg/mL"), unit: .milligrams),
    .init(PumpDrug(named: "clonidine"), try q("200 mcg/mL"), unit: .micrograms),
  ]
  let refill = RefillPlan(plan)
  #expect(refill.bounds.first { $0.kind == .stability }?.after == (try q("90 day")))
  #expect(refill.bounds.first { $0.kind == .reserve }?.after == (try q("90 day")))
  plan.others[0] = .init(PumpDrug(named: "bupivacaine"), try q("50 mg/mL"), unit: .milligrams)
  #expect(RefillPlan(plan).outcome.codes.contains(.overConcentration))
}
