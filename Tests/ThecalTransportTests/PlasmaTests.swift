import Glibc
import Testing
import ThecalKinetics
import ThecalQuantities
import ThecalScenario
import ThecalSolvers

@testable import ThecalTransport

private func simulation(
  _ systemic: String, program: String = "[{at: 0 h, rate: 0 mg/day}]", until: String = "10 day"
)
  throws -> Simulation
{
  try Simulation(
    SimulationScenario(
      yaml: """
        drug: morphine
        catheter: {tip: T10}
        program: \(program)
        systemic: \(systemic)
        cells: 100
        output: {every: 1 h, until: \(until), at: [L3, T4, cranial, plasma]}
        """, file: "s"))
}

private let infusion = "[{model: morphine_iv_olofsen2010, rate: 2 mg/h, for: 20 day}]"

@Test func `a steady level in plasma keeps up the level that its source says`() throws {
  let person = try simulation(infusion)
  let result = try person.run()
  let plasma = try #require(result.concentrations_ng_per_mL[3].last)
  // 2 mg/h over 94.43 L/h.
  #expect(abs(plasma / (2 / 94.43 * 1_000) - 1) < 0.01)
  let share = try #require(person.levelsOfSteadyPlasma())
  for site in 0..<3 {
    let level = try #require(result.concentrations_ng_per_mL[site].last)
    #expect(abs(level / (0.7 * share[site] * plasma) - 1) < 0.02)
  }
  // Production carries drug away: exchange alone would reach 1.
  #expect(share[0] > 0.3 && share[0] < 1)
}

private let tablets = "{model: morphine_oral_ir_oosten2017, dose: 30 mg, every: 6 h, times: 40, steady: true}"

@Test func `the CSF has settled with what was taken endlessly before`() throws {
  let person = try simulation("[\(tablets)]")
  let result = try person.run()
  let levels = result.concentrations_ng_per_mL
  let share = try #require(person.levelsOfSteadyPlasma())
  // The mean of one interval of settled tablets: 0.372 · 30 mg / (6 h · 92.4 L/h), from the model's own clearance.
  let model = try #require(PublishedModel(named: "morphine_oral_ir_oosten2017")).typical()
  let mean = model[.F] * 30 / (6 * model[.CL]) * 1_000
  for site in 0..<3 {
    // Every sixth row has the same phase, from the first on.
    for row in 6..<levels[site].count {
      #expect(abs(levels[site][row] / levels[site][row - 6] - 1) < 1e-7)
    }
    // Six rows of an interval, whose ripple is small and smooth: their mean is that of steady plasma.
    let average = levels[site][0..<6].reduce(0, +) / 6
    #expect(abs(average / (0.7 * share[site] * mean) - 1) < 4e-3, "\(site): \(average)")
  }
}

@Test func `the ledger begins at 0 h with what is there, and goes on adding up`() throws {
  let ledger = try simulation("[\(tablets)]", until: "1 day").run().ledger
  let first = try #require(ledger.first)
  // What was lost in the years before is taken out of both, to the rounding of so long a time.
  #expect(abs(first.eliminated_mcg) < 1e-6 * first.administered_mcg && first.administered_mcg > 0)
  #expect(
    abs(first.administered_mcg - first.csf_mcg - first.cranial_mcg - first.tissue_mcg - first.plasma_mcg)
      < 1e-6 * first.administered_mcg)
  for (before, after) in zip(ledger, ledger.dropFirst()) {
    #expect(after.administered_mcg > before.administered_mcg && after.eliminated_mcg > before.eliminated_mcg)
    let held = after.csf_mcg + after.cranial_mcg + after.tissue_mcg + after.plasma_mcg
    #expect(abs(after.administered_mcg - held - after.eliminated_mcg) < 1e-6 * after.administered_mcg)
  }
}

@Test func `rows that begin later show the same settled levels`() throws {
  func run(_ output: String) throws -> SimulationResult {
    try Simulation(
      SimulationScenario(
        yaml: """
          drug: morphine
          catheter: {tip: T10}
          program: [{at: 0 h, rate: 0.1 mg/day}]
          systemic: [\(tablets)]
          cells: 60
          output: {\(output), at: [L3, plasma]}
          """, file: "s")
    ).run()
  }
  let (all, some) = (try run("every: 1 h, until: 12 h"), try run("times: [5 h, 12 h]"))
  for site in 0..<2 {
    for (row, hour) in [5, 12].enumerated() {
      let (a, b) = (all.concentrations_ng_per_mL[site][hour], some.concentrations_ng_per_mL[site][row])
      #expect(abs(a - b) < 1e-9 * a)
    }
  }
  #expect(some.ledger.count == 2)
  for (row, hour) in [5, 12].enumerated() {
    #expect(abs(some.ledger[row].administered_mcg - all.ledger[hour].administered_mcg) < 1e-6)
  }
}

@Test func `plasma is followed for ten years`() throws {
  let end = "output: {times: [87660 h], at: [L3]}"
  for (rows, isFollowed) in [(end, true), (end.replacing("87660", with: "87661"), false)] {
    let yaml =
      "drug: morphine\ncatheter: {tip: L3}\nprogram: [{at: 0 h, rate: 1 mg/day}]\ncells: 20\n"
      + "systemic: [{model: iv1, set: {CL: 10 L/h, V: 20 L}, rate: 1 mg/h, for: 1 h}]\n" + rows
    let scenario = try SimulationScenario(yaml: yaml, file: "s.yaml")
    if isFollowed {
      #expect(try Simulation(scenario).uptake?.intervals.count == 876_600)
    } else {
      let problem = #expect(throws: (any Error).self) { try Simulation(scenario) }
      #expect("\(problem.map { "\($0)" } ?? "")".contains("10 years"))
    }
  }
}

@Test func `what comes from plasma adds to what the pump gives`() throws {
  let program = "[{at: 0 h, rate: 0.5 mg/day}]"
  let both = try simulation(infusion, program: program, until: "3 day").run().concentrations_ng_per_mL
  let pump = try simulation("[]", program: program, until: "3 day").run().concentrations_ng_per_mL
  let plasma = try simulation(infusion, until: "3 day").run().concentrations_ng_per_mL
  for site in 0..<4 {
    for row in both[site].indices {
      #expect(abs(both[site][row] - pump[site][row] - plasma[site][row]) < 1e-6 * (1 + both[site][row]))
    }
  }
}

@Test func `halving the interval of the plasma level changes nothing that shows`() throws {
  // Tablets: the fastest rise there is. The source integrates to φ k V ∫C_p, whatever the interval.
  let person = try simulation(
    "[{model: morphine_oral_ir_oosten2017, dose: 30 mg, every: 6 h, times: 8}]", until: "2 day")
  let uptake = try #require(person.uptake)
  let area = uptake.intervals.reduce(0) { $0 + $1.level } * PlasmaUptake.interval
  // AUC of eight doses over 48 h, from the model itself on a fine grid.
  let published = try #require(PublishedModel(named: "morphine_oral_ir_oosten2017"))
  var dose = DosingRecord.dose(30, at: 0)
  dose.interval_h = 6
  dose.additional = 7
  let grid = (0...48_000).map { Double($0) / 1_000 }
  let levels = try SystemicDosing(person: published.typical(), records: [dose]).levels(at: grid)
  let exact = zip(levels, levels.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 } / 1_000
  #expect(abs(area / exact - 1) < 2e-3)
}

@Test func `two compartments behind the CSF hold all that they receive`() throws {
  let person = try KineticParameters(
    #require(KineticModel(named: "iv2")), [.CL: 60, .V: 20, .Q: 30, .V2: 100])
  let receiver = person.receiver
  #expect(receiver.rates.count == 2 && receiver.rates.allSatisfy { $0 < 0 })
  #expect(abs(receiver.amounts.reduce(0, +) - 1) < 1e-14)
  // The level after one µg at once is 1 / V; its area is 1 / CL, in mL.
  #expect(abs(receiver.levels.reduce(0, +) * 20_000 - 1) < 1e-14)
  let area = zip(receiver.levels, receiver.rates).reduce(0) { $0 - $1.0 / $1.1 }
  #expect(abs(area * 60_000 - 1) < 1e-13)
}

@Test func `a steady state with single doses is refused, and a wrong model named`() throws {
  #expect(throws: SimulationError.self) { try simulation(infusion).steadyState() }
  for (entry, message) in [
    ("[{model: baclofen_oral_simon2018, dose: 10 mg}]", "a model of baclofen"),
    ("[{model: morphine_iv_olofsen2010, rate: 2 mg/h}]", "for how long"),
    ("[{model: morphine_iv_olofsen2010, dose: 2 mg, every: 4 h}]", "how often"),
    ("[{model: oral1, dose: 2 mg}]", "needs CL"), ("[{model: oral9, dose: 2 mg}]", "no such model"),
    ("[{model: oral1, set: {CL: 5 mg}, dose: 2 mg}]", "L/h"),
  ] {
    do {
      _ = try simulation(entry)
      Issue.record("\(entry) was read")
    } catch let error as ScenarioError { #expect("\(error)".contains(message), "\(error)") }
  }
}
