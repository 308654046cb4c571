import Testing
import ThecalQuantities
import ThecalScenario

@testable import ThecalTransport

private let oneRate = "{at: 0 h, rate: 1 mg/day}"
private let twoRates = "{at: 0 h, rate: 1 mg/day}, {at: 24 h, rate: 3 mg/day}"

private func made(
  _ program: String, output: String = "every: 24 h, until: 48 h, at: [tip, cranial]", tip: String = "T10"
) throws -> Simulation {
  try scenario("morphine", tip: tip, program: program, output: output, cells: 100)
}

@Test func `the steady state is that of the last rate`() throws {
  let (one, last) = (try made(oneRate).steadyState(), try made(twoRates).steadyState())
  for (a, b) in zip(one.concentrations_ng_per_mL, last.concentrations_ng_per_mL) {
    #expect(abs(b[0] / a[0] - 3) < 1e-9)
  }
  #expect(
    try made(twoRates + ", {at: 48 h, rate: 0 mg/day}").steadyState().concentrations_ng_per_mL[0][0] == 0)
}

@Test func `an injection has no part in a steady state, and that is said`() throws {
  let both = try made("{at: 0 h, bolus: 0.2 mg}, " + oneRate).steadyState()
  #expect(both.concentrations_ng_per_mL == (try made(oneRate).steadyState().concentrations_ng_per_mL))
  #expect(both.remarks == [.injectionsLeftOut])
  #expect(try made(oneRate).steadyState().remarks.isEmpty)
}

@Test func `a new rate replaces the one before, and waiting leads to its steady state`() throws {
  let steady = try made(twoRates).steadyState()
  let waited = try made(twoRates, output: "every: 10 day, until: 60 day, at: [tip, cranial]").run()
  for (a, b) in zip(steady.concentrations_ng_per_mL, waited.concentrations_ng_per_mL) {
    #expect(abs((b.last ?? 0) / a[0] - 1) < 1e-6)
  }
}

@Test(
  arguments: [("7 h", "24 h", [0, 7, 14, 21]), ("8 h", "24 h", [0, 8, 16, 24])]
    as [(String, String, [Double])])
func `rows stand at whole steps and none after the end`(every: String, until: String, times: [Double]) throws
{
  #expect(try made(oneRate, output: "every: \(every), until: \(until), at: [tip]").run().times_h == times)
}

@Test func `the end of the canal lies in it, and nothing beyond does`() throws {
  let simulation = try made(oneRate)
  let finder = PositionFinder(grid: simulation.model.grid, height: simulation.parameters.height)
  let end = Length(base: simulation.canalLength_cm)
  #expect(try finder.distance(.distance(end)) == end.base)
  #expect(throws: InputProblem.self) { try finder.distance(.distance(Length(base: end.base * 1.001))) }
}

@Test func `what reaches plasma is cleared from it`() throws {
  let result = try made("{at: 0 h, bolus: 0.25 mg}", output: "every: 1 h, until: 96 h, at: [plasma, tip]")
    .run()
  let plasma = result.concentrations_ng_per_mL[0]
  let peak = try #require(plasma.max())
  #expect(peak > 0 && (plasma.last ?? 1) < peak / 10 && plasma[0] == 0)
}

@Test func `doses add up and scale`() throws {
  let (a, b) = (try made("{at: 0 h, bolus: 0.2 mg}").run(), try made("{at: 0 h, bolus: 0.4 mg}").run())
  let (c, d) = (try made(oneRate).run(), try made("{at: 0 h, bolus: 0.2 mg}, " + oneRate).run())
  for site in 0..<2 {
    for row in 1..<a.times_h.count {
      let (x, y) = (a.concentrations_ng_per_mL[site][row], b.concentrations_ng_per_mL[site][row])
      let (rate, sum) = (c.concentrations_ng_per_mL[site][row], d.concentrations_ng_per_mL[site][row])
      #expect(abs(y - 2 * x) < 1e-7 * y && abs(sum - x - rate) < 1e-7 * sum)
    }
  }
}

@Test func `a tall person has a long canal`() throws {
  func length(_ height: Int) throws -> Double {
    try scenario(
      "morphine", tip: "T10", program: oneRate, output: "every: 1 h, until: 1 h, at: [tip]", cells: 100,
      parameters: "{height: \(height) cm}"
    ).canalLength_cm
  }
  #expect(abs(try length(190) / length(155) - 190.0 / 155) < 1e-12)
}
