import Testing
import ThecalScenario

@testable import ThecalTransport

/// A scenario in a few words.
func scenario(
  _ drug: String, tip: String, program: String, output: String, cells: Int = 400, parameters: String = "{}"
) throws -> Simulation {
  let yaml = """
    drug: \(drug)
    catheter: {tip: \(tip)}
    program: [\(program)]
    parameters: \(parameters)
    cells: \(cells)
    output: {\(output)}
    """
  return try Simulation(SimulationScenario(yaml: yaml, file: "test.yaml"))
}

extension SimulationResult {
  /// The values of `site` at whole `hours`, or the quarter hours of a grid of 0.25 h.
  func values(_ site: String, at hours: [Double]) -> [Double] {
    let column = concentrations_ng_per_mL[siteNames.firstIndex(of: site)!]
    return hours.map { hour in column[times_h.firstIndex(of: hour)!] }
  }
}

/// Fine-grid answers of the model's specification; every printed digit is converged.
private let hours = [0.25, 1, 2, 4, 8, 12, 24]
private let atTip = [5885.0, 3497.4, 2409.9, 1229.0, 404.5, 174.5, 25.3]
private let cranial = [1.32, 93.68, 201.18, 265.22, 201.8, 120.6, 20.66]

@Test func `morphine 0.25 mg at L3 gives the reference levels at the tip and in the head`() throws {
  let result = try scenario(
    "morphine", tip: "L3", program: "{at: 0 h, bolus: 0.25 mg}",
    output: "every: 0.25 h, until: 24 h, at: [tip, cranial]"
  ).run()
  for (found, wanted) in zip(result.values("tip", at: hours), atTip) {
    #expect(abs(found / wanted - 1) < 0.005)
    #expect(abs(found - wanted) < 0.0005 * wanted + 0.05)  // as printed: to a tenth
  }
  for (found, wanted) in zip(result.values("cranial", at: hours), cranial) {
    #expect(abs(found - wanted) < 0.002 * wanted + 0.005)
  }
  #expect(result.method == "spectral" && result.timeError < 1e-10)
  #expect(result.ledger.allSatisfy { $0.defect < 1e-10 })
}

@Test func `baclofen 400 mcg a day at T10 settles at the reference levels`() throws {
  let simulation = try scenario(
    "baclofen", tip: "T10", program: "{at: 0 h, rate: 400 mcg/day}",
    output: "every: 24 h, until: 60 day, at: [tip, L4, T4, C2, cranial]")
  let wanted = [572.75, 362.61, 243.8, 151.07, 146.51]
  let steady = try simulation.steadyState()
  let waited = try simulation.run()
  for (k, value) in wanted.enumerated() {
    let found = steady.concentrations_ng_per_mL[k][0]
    #expect(abs(found / value - 1) < (k == 0 ? 0.005 : 0.002))
    #expect(abs(waited.concentrations_ng_per_mL[k].last! / found - 1) < 1e-9)
  }
}

/// The corners of the level table fall between faces, so the error does not halve evenly; over four times the
/// cells it falls fivefold at least. The orders themselves are proved on uniform lines, against closed forms.
@Test func `more cells come closer`() throws {
  func level(_ cells: Int) throws -> [Double] {
    let result = try scenario(
      "morphine", tip: "L3", program: "{at: 0 h, bolus: 0.25 mg}",
      output: "every: 4 h, until: 8 h, at: [T10, L4, cranial]", cells: cells
    ).run()
    return result.concentrations_ng_per_mL.map { $0[1] }
  }
  let (coarse, medium, fine) = (try level(100), try level(400), try level(1_200))
  func error(_ values: [Double]) -> Double {
    zip(values, fine).reduce(0) { $0 + abs($1.0 / $1.1 - 1) }
  }
  #expect(error(medium) < error(coarse) / 5)
  #expect(error(medium) < 5e-4)
}
