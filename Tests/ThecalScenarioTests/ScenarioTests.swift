import Testing
import ThecalQuantities
import ThecalTransport

@testable import ThecalScenario

private let whole = """
  drug: Morphine
  catheter: {tip: L3}
  program:
    - {at: 0 h, bolus: 0.25 mg, volume: 1 mL}
    - {at: 0 h, rate: 1 mg/day}
    - {at: 24 h, rate: 1.2 mg/day}
  parameters:
    height: 172 cm
    area_lumbosacral: 1
    spinal_fraction: 34 %
    loss: 3.0e-5 1/s
    dispersion_c1: 0.67 cm2/s
  cells: 400
  output: {every: 1 h, until: 7 day, at: [tip, L4, dermatome T10, 45 cm, cranial, plasma]}
  """

@Test func `a scenario is read as typed values`() throws {
  let scenario = try SimulationScenario(yaml: whole, file: "a.yaml")
  #expect(scenario.input.drug == "morphine" && scenario.input.tip == .level("L3"))
  #expect(
    scenario.input.schedule.rates.count == 2
      && scenario.input.schedule.boluses[0].volume == Volume(1, .milliliters))
  #expect(scenario.input.schedule.rates[1].rate == DoseRate(1_200, .microgramsPerDay))
  #expect(
    scenario.input.parameters[.spinalFraction] == 0.34 && scenario.input.parameters[.areaLumbosacral] == 1)
  #expect(scenario.input.parameters[.loss] == RateConstant(ExactNumber(3) / 100_000, .perSecond).base)
  #expect(scenario.input.until == Time(168, .hours))
  #expect(
    scenario.input.sites.map(\.columnName) == ["tip", "L4", "dermatome_T10", "45cm", "cranial", "plasma"])
}

/// What is changed in the whole scenario; then line and key that the error must name, and words of its message.
private let mistakes: [(String, String, Int, String, String)] = [
  ("drug: Morphine", "drugs: Morphine", 1, "drugs", "did you mean 'drug'?"),
  ("height: 172 cm", "hieght: 172 cm", 8, "parameters.hieght", "did you mean 'height'?"),
  ("height: 172 cm", "height: 172", 8, "parameters.height", "no unit"),
  ("height: 172 cm", "height: 172 mL", 8, "parameters.height", "no unit of length"),
  ("height: 172 cm", "height: 1720 cm", 8, "parameters.height", "between"),
  ("loss: 3.0e-5 1/s", "loss: -3.0e-5 1/s", 11, "parameters.loss", "zero or more"),
  ("dispersion_c1: 0.67 cm2/s", "dispersion_c1: 0 cm2/s", 12, "parameters.dispersion_c1", "above zero"),
  ("dispersion_c1: 0.67 cm2/s", "dispersion_c1: nan cm2/s", 12, "parameters.dispersion_c1", "nan"),
  ("spinal_fraction: 34 %", "spinal_fraction: .nan", 10, "parameters.spinal_fraction", "number"),
  ("spinal_fraction: 34 %", "spinal_fraction: 1.2", 10, "parameters.spinal_fraction", "between"),
  ("rate: 1 mg/day", "rate: 1", 5, "program[1].rate", "mg/day"),
  ("rate: 1 mg/day", "rate: 1 mg", 5, "program[1].rate", "dose rate"),
  ("{at: 24 h, rate", "{at: 0 h, rate", 6, "program[2].rate", "same time"),
  ("{at: 24 h, rate", "{at: -1 h, rate", 6, "program[2].at", "zero or more"),
  ("bolus: 0.25 mg", "bolus: 0 mg", 4, "program[0].bolus", "above zero"),
  ("until: 7 day", "until: 0.5 h", 14, "output.until", "shorter"),
  ("every: 1 h", "every: 0.1 s", 14, "output.every", "rows"),
  ("cells: 400", "cells: 4", 13, "cells", "20 to 5000"),
  ("at: [tip, L4", "at: [tip, tip", 14, "output.at[1]", "twice"),
]

@Test(arguments: mistakes)
private func `a mistake is named with file, line and key`(
  text: String, instead: String, line: Int, key: String, words: String
) throws {
  let yaml = whole.replacing(text, with: instead)
  let error = #expect(throws: ScenarioError.self) { try SimulationScenario(yaml: yaml, file: "a.yaml") }
  #expect(error?.file == "a.yaml" && error?.line == line && error?.key == key)
  #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
}

@Test func `what is no YAML, twice a key, or missing is an error with its line`() {
  for yaml in ["", "drug: [", whole + "\ndrug: baclofen", "drug: morphine"] {
    #expect(throws: ScenarioError.self) { try SimulationScenario(yaml: yaml, file: "b.yaml") }
  }
}

@Test func `times that no double tells apart do not rise`() throws {
  func read(_ times: String) throws -> SimulationScenario {
    let rows = whole.replacing("every: 1 h, until: 7 day", with: "times: [\(times)]")
    return try SimulationScenario(yaml: rows, file: "a.yaml")
  }
  #expect(try read("1 h, 1.000000000000001 h").input.times.count == 2)
  for times in ["1 h, 1.00000000000000000001 h", "1 h, 1 h", "60 min, 1 h"] {
    let error = #expect(throws: ScenarioError.self) { try read(times) }
    #expect(
      error?.says("times must rise", at: "output.times[1]", line: 14) == true, "\(error?.message ?? "")")
  }
}
