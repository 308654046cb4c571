import Testing
import ThecalFormulary
import ThecalDosing
import ThecalPump
import ThecalQuantities

@Test(arguments: 0..<50 as Range<UInt64>)
func `milligrams and micrograms describe the same pump`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let (strength, dose) = (random.decimal(10...250, over: 10), random.decimal(5...90, over: 10))
  func plan(_ unit: DoseUnit, _ scale: ExactNumber) throws -> RefillPlan {
    var request = RefillPlan.Request(
      device: testPump(), fill: try q("40 mL"),
      concentration: Concentration(scale * strength, unit.concentration),
      dose: unit.rate(scale * dose), date: try day("2026-01-01"))
    (request.bolus, request.bolusesPerDay) = (Mass(scale * dose / 20, unit.mass), 3)
    return RefillPlan(request)
  }
  let (a, b) = (try plan(.milligrams, 1), try plan(.micrograms, 1_000))
  #expect(a.flow == b.flow && a.bounds == b.bounds && a.refillBy == b.refillBy && a.emptyLate == b.emptyLate)
}

@Test(arguments: 0..<50 as Range<UInt64>)
func `a larger or faster pump lasts in proportion`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let (flow, fill) = (random.decimal(10...90, over: 100), random.decimal(100...200, over: 10))
  let program = PumpProgram(flow: Flow(flow, .millilitersPerDay))
  let twice = PumpProgram(flow: Flow(2 * flow, .millilitersPerDay))
  let volume = Volume(fill, .milliliters)
  let time = try #require(program.time(toPump: volume))
  #expect(program.time(toPump: 2 * volume) == 2 * time && twice.time(toPump: volume) == time / 2)
  #expect(program.pumped(through: time) == volume)
}

@Test(arguments: 0..<50 as Range<UInt64>)
func `scaling a compounding sheet scales its volumes and keeps its strengths`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let wanted = random.decimal(10...90, over: 10)
  func sheet(_ total: Volume, mark: Volume) throws -> CompoundingSheet {
    let part = Admixture.Part(
      PumpDrug(named: "morphine"), Concentration(wanted, .milligramsPerMilliliter), unit: .milligrams)
    return CompoundingSheet(
      [.init(part, from: try q("25 mg/mL"))], making: .init(filling: total), graduation: mark)
  }
  let one = try sheet(try q("20 mL"), mark: try q("0.01 mL"))
  let two = try sheet(try q("40 mL"), mark: try q("0.02 mL"))
  #expect(two.lines[0].stockVolume == 2 * one.lines[0].stockVolume && two.diluent == 2 * one.diluent)
  #expect(two.lines[0].actual == one.lines[0].actual)
}

@Test(arguments: 0..<50 as Range<UInt64>)
func `a bridge moves exactly the path, and its mean dose is the bridge dose`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let old = Concentration(random.decimal(50...200, over: 10), .milligramsPerMilliliter)
  let new = Concentration(random.decimal(50...200, over: 10), .milligramsPerMilliliter)
  let doses = (
    old: DoseUnit.milligrams.rate(random.decimal(20...60, over: 10)),
    new: DoseUnit.milligrams.rate(random.decimal(20...60, over: 10))
  )
  let path = FluidPath(stated: Volume(random.decimal(100...400, over: 1_000), .milliliters))
  let plan = BridgePlan(.init(device: testPump(), strengths: (old, new), doses: doses, path: path))
  #expect(plan.program(.bridged).pumped(through: plan.bridgeTime) == path.volume)
  #expect(plan.schedule(.bridged).delivered(through: plan.bridgeTime) == plan.bridgeDose * plan.bridgeTime)
  #expect(plan.schedule(.unbridged).delivered(through: plan.unbridgedTime) == plan.bridgeMass)
  #expect(plan.bridgeDose == min(doses.old, doses.new))
}

@Test(arguments: 0..<50 as Range<UInt64>)
func `more accuracy, fewer boluses and a lower alarm never bring a refill forward`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let accuracy = Ratio(random.decimal(0...300, over: 10), .percent)
  func plan(_ accuracy: Ratio, boluses: Int) throws -> Time {
    var pump = testPump()
    pump.fastest = Cited(stated: accuracy)
    var request = RefillPlan.Request(
      device: pump, fill: try q("40 mL"), concentration: try q("10 mg/mL"), dose: try q("4 mg/day"),
      date: try day("2026-01-01"))
    (request.bolus, request.bolusesPerDay) = (try q("0.3 mg"), ExactNumber(boluses))
    return try #require(RefillPlan(request).binding).after
  }
  #expect(try plan(accuracy, boluses: 2) <= plan(accuracy / 2, boluses: 2))
  #expect(try plan(accuracy, boluses: 4) <= plan(accuracy, boluses: 1))
}

@Test(arguments: 0..<200 as Range<UInt64>)
func `no dose above the limit of its drug passes any calculation, and every lower one does`(seed: UInt64)
  throws
{
  var random = SeededGenerator(seed: seed)
  let names = ["morphine", "hydromorphone", "baclofen", "clonidine", "fentanyl", "ziconotide", "bupivacaine"]
  let drug = PumpDrug(named: names[Int(seed % 7)])
  let limit = try #require(drug.use?.intrathecal?.limit?.value)
  let strongest = try #require(drug.use?.intrathecal?.strongest?.value)
  let share = random.decimal(700...1_300, over: 1_000)
  let (dose, strength) = (share * limit, ExactNumber(9, over: 10) * strongest)
  var device = testPump()
  (device.minimumFlow, device.maximumFlow) = (
    Cited(stated: Flow(0.0001, .millilitersPerDay)), Cited(stated: Flow(1_000, .millilitersPerDay))
  )
  var refill = RefillPlan.Request(
    device: device, fill: try q("40 mL"), concentration: strength, dose: dose, date: try day("2026-01-01"))
  refill.drug = drug
  let mixture = Admixture(
    device: device, parts: [.init(drug, strength, unit: drug.unit)], primary: 0, doses: (dose, .zero))
  var bridge = BridgePlan.Request(
    device: device, strengths: (strength, strength), doses: (dose, dose),
    path: FluidPath(stated: try q("0.3 mL")))
  bridge.drug = drug
  let stop = Interruption(drug: drug, dose: (dose, drug.unit), stop: .init(try q("2 h")))
  let wean = Weaning(
    .init(
      device: device, drug: drug, doses: (dose, dose / 2), step: Ratio(10, .percent), interval: try q("7 day")
    ))
  let choice = ConcentrationChoice(
    .init(device: device, drug: drug, dose: dose, interval: try q("1 day"), reservoir: try q("40 mL")))
  let outcomes = [
    RefillPlan(refill).outcome, mixture.outcome, BridgePlan(bridge).outcome, stop.outcome, wean.outcome,
    choice.outcome,
  ]
  for outcome in outcomes {
    #expect(outcome.codes.contains(.overLimit) == (dose > limit))
    #expect(outcome.isRefused == (dose > limit))
  }
}

/// A refill drawn at random, and the strength that is offered in place of its own where it does not work.
private func offered(_ seed: UInt64) throws -> (request: RefillPlan.Request, strength: Concentration)? {
  var random = SeededGenerator(seed: seed)
  let (strength, dose) = (random.decimal(1...400, over: 10), random.decimal(1...300, over: 100))
  let request = RefillPlan.Request(
    device: testPump(), fill: try q("40 mL"),
    concentration: Concentration(strength, .milligramsPerMilliliter),
    dose: DoseUnit.milligrams.rate(dose), date: try day("2026-01-01"))
  guard case .strength(let better, _)? = RefillPlan(request).outcome.alternative?.evidence.first else {
    return nil
  }
  return (request, better)
}

@Test func `what is offered instead is not refused itself`() throws {
  let offers = try (0..<100 as Range<UInt64>).compactMap { try offered($0) }
  #expect(offers.count > 10)
  for (request, better) in offers {
    let again = RefillPlan.Request(
      device: testPump(), fill: request.fill, concentration: better, dose: request.dose, date: request.date)
    #expect(RefillPlan(again).outcome.status < .blocked)
  }
}
