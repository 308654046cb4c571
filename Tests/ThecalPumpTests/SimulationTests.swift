import Testing
import ThecalPump
import ThecalQuantities

/// A programme of a few flows and boluses with decimal figures, some of them stops.
private struct RandomCase {
  let program: PumpProgram
  let fill: Volume
  let path: Volume
  let old: Concentration
  let new: Concentration
  let end: Time

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var start = Time.zero
    var steps: [PumpProgram.Step] = []
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let stop = Int.random(in: 0..<6, using: &random) == 0
      steps.append(
        .init(start: start, flow: stop ? .zero : Flow(random.decimal(5...200, over: 100), .millilitersPerDay))
      )
      start = start + Time(random.decimal(10...400, over: 10), .hours)
    }
    let boluses = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      PumpProgram.Bolus(
        start: Time(random.decimal(0...3_000, over: 10), .hours),
        length: Time(random.decimal(1...60, over: 10), .hours),
        volume: Volume(random.decimal(1...50, over: 100), .milliliters))
    }
    program = PumpProgram(steps: steps, boluses: boluses)
    fill = Volume(random.decimal(30...400, over: 10), .milliliters)
    path = Volume(random.decimal(0...400, over: 1_000), .milliliters)
    old = Concentration(random.decimal(1...250, over: 10), .milligramsPerMilliliter)
    new = Concentration(random.decimal(1...250, over: 10), .milligramsPerMilliliter)
    end = Time(random.decimal(1...2_000, over: 1), .hours)
  }

  var simulation: PumpSimulation {
    PumpSimulation(
      program, fill: (fill, new), residual: Volume(1.4, .milliliters), alarm: Volume(2, .milliliters),
      path: (path, old))
  }
}

@Test(arguments: 0..<300 as Range<UInt64>)
func `closed form and simulation agree to the last digit`(seed: UInt64) {
  let one = RandomCase(seed: seed)
  var simulation = one.simulation
  simulation.run(to: one.end)
  let usable = one.fill - Volume(1.4, .milliliters)
  let moved = min(one.program.pumped(through: one.end), usable)
  #expect(simulation.reservoir == one.fill - moved)
  let emptied = one.program.time(toPump: usable).map { $0 <= one.end } ?? false
  #expect(simulation.time(of: .empty) == (emptied ? one.program.time(toPump: usable) : nil))
  let alarm = one.program.time(toPump: one.fill - Volume(2, .milliliters)).flatMap {
    $0 <= one.end ? $0 : nil
  }
  #expect(simulation.time(of: .alarm) == alarm)
  let last = emptied ? one.program.time(toPump: usable) ?? one.end : one.end
  #expect(
    simulation.patient
      == one.program.delivered(through: last, path: one.path, holding: one.old, then: one.new))
}

@Test(arguments: 0..<100 as Range<UInt64>)
func `no drug is lost between reservoir, path and patient`(seed: UInt64) {
  let one = RandomCase(seed: seed)
  var simulation = one.simulation
  let total = simulation.totalMass
  for part in 1...10 {
    simulation.run(to: ExactNumber(part, over: 10) * one.end)
    #expect(simulation.totalMass == total)
  }
}

@Test(arguments: 0..<100 as Range<UInt64>)
func `the schedule for everything downstream gives what the pump gives`(seed: UInt64) {
  let one = RandomCase(seed: seed)
  let usable = one.fill - Volume(1.4, .milliliters)
  let schedule = one.program.schedule(path: one.path, holding: one.old, then: one.new, limit: usable)
  var simulation = one.simulation
  simulation.run(to: one.end)
  #expect(schedule.delivered(through: one.end) == simulation.patient)
}

@Test(arguments: 0..<50 as Range<UInt64>)
func `stopping on the way changes nothing`(seed: UInt64) {
  let one = RandomCase(seed: seed)
  var (straight, halting) = (one.simulation, one.simulation)
  straight.run(to: one.end)
  for part in 1...7 { halting.run(to: ExactNumber(part, over: 7) * one.end) }
  #expect(straight.patient == halting.patient && straight.reservoir == halting.reservoir)
}

@Test func `the simulation finds the published alarm, empty day and bridge`() throws {
  var pump = PumpSimulation(
    PumpProgram(flow: try q("0.4 mL/day")), fill: (try q("40 mL"), try q("10 mg/mL")),
    residual: try q("1.4 mL"),
    alarm: try q("2 mL"), path: (try q("0.331 mL"), try q("10 mg/mL")))
  pump.run(to: try q("200 day"))
  #expect(pump.time(of: .alarm) == (try q("95 day")))
  #expect(pump.time(of: .empty) == (try q("96.5 day")))
  var bridge = PumpSimulation(
    PumpProgram(flow: try q("0.4 mL/day")), fill: (try q("20 mL"), try q("2000 mcg/mL")),
    residual: try q("1.4 mL"),
    alarm: try q("2 mL"), path: (try q("0.331 mL"), try q("500 mcg/mL")))
  bridge.run(to: try q("3 day"))
  #expect(bridge.time(of: .arrival) == (try q("19.86 h")))
}
