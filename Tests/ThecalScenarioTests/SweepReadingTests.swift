import Testing
import ThecalQuantities
import ThecalTransport

@testable import ThecalScenario

private func sweep(
  _ parameters: String, design: String = "{method: latin, samples: 10}", more: String = "",
  outputs: String = "[csf]"
) throws
  -> SweepScenario
{
  try SweepScenario(
    yaml: "scenario: s.yaml\ndesign: \(design)\nparameters:\n  \(parameters)\noutputs: \(outputs)\n\(more)",
    file: "sweep.yaml")
}

@Test(arguments: [
  (
    "loss: {uniform: {low: 1e-5 1/s, high: 3e-5 1/s}}", SweepScenario.Family.uniform(low: 1e-5, high: 3e-5),
    "1/s"
  ),
  ("height: {normal: {mean: 172 cm, sd: 80 mm}}", .normal(mean: 172, sd: 8), "cm"),
  ("spinal_fraction: {values: [10 %, 0.3]}", .values([0.1, 0.3]), ""),
  ("catheter.tip: {values: [L3, T10]}", .sites([.level("L3"), .level("T10")]), "cm"),
  ("catheter.tip: {values: [40 cm, 45 cm]}", .values([40, 45]), "cm"),
  (
    "\"program[0].rate\": {uniform: {low: 1 mg/day, high: 2000 mcg/day}}", .uniform(low: 1, high: 2), "mg/day"
  ),
])
func `a parameter varies in the unit of its first number`(
  text: String, family: SweepScenario.Family, unit: String
) throws {
  let parameter = try #require(sweep(text).parameters.first)
  #expect(parameter.family == family && parameter.unit == unit && parameter.range == nil)
}

@Test func `a log-normal spread is said by its factor or its variation`() throws {
  func sigma(_ text: String) throws -> Double {
    guard
      case .lognormal(let median, let sigma) = try sweep("loss: {lognormal: {median: 3e-5 1/s, \(text)}}")
        .parameters[0].family
    else { return -1 }
    #expect(median == 3e-5)
    return sigma
  }
  #expect(abs(try sigma("gsd: 1.5") - 0.405_465_108_108_164_4) < 1e-15)  // ln 1.5
  #expect(abs(try sigma("cv: 40 %") - 0.385_253_170) < 1e-8)  // √ln 1.16
}

@Test func `a spread may be cut off, and a design is read`() throws {
  let cut = try sweep(
    "height: {normal: {mean: 172 cm, sd: 8 cm}, truncate: [150 cm, 1.95 m]}",
    design: "{method: sobol, samples: 64, seed: 9}")
  #expect(cut.parameters[0].range == 150...195 && cut.method == .sobol && cut.samples == 64 && cut.seed == 9)
  let grid = try sweep("height: {values: [160 cm, 170 cm]}", design: "{method: grid}")
  #expect(
    grid.method == .grid && grid.samples == nil && grid.seed == 1 && grid.outputs.map(\.value) == ["csf"])
  let pair = try sweep(
    "loss: {uniform: {low: 1e-5 1/s, high: 3e-5 1/s}}\n  height: {normal: {mean: 172 cm, sd: 8 cm}}",
    more: "correlation: [[loss, height, -0.3]]")
  #expect(
    pair.correlations.map(\.value) == [-0.3] && pair.correlations[0].first == "loss"
      && pair.parameters.map(\.key) == ["loss", "height"])
}

/// A parameter that cannot be read, the key of the error and words of it.
private let mistakes: [(String, String, String)] = [
  ("lost: {values: [1]}", "parameters.lost", "does not vary"),
  ("loss: {uniform: {low: 3e-5 1/s, high: 1e-5 1/s}}", "parameters.loss", "'low' is above"),
  ("loss: {uniform: {low: 1e-5 1/s}}", "parameters.loss.uniform", "'high' is missing"),
  ("loss: {uniform: {low: 1, high: 2}}", "parameters.loss.uniform.low", "no unit"),
  ("height: {normal: {mean: 172 cm, sd: -1 cm}}", "parameters.height", "'sd' is below"),
  ("height: {values: []}", "parameters.height.values", "list is empty"),
  ("catheter.tip: {values: []}", "parameters.catheter.tip.values", "list is empty"),
  ("spinal_fraction: {values: []}", "parameters.spinal_fraction", "list is empty"),
  ("height: {}", "parameters.height", "write one of"),
  ("height: {values: [1 cm], normal: {mean: 1 cm, sd: 1 cm}}", "parameters.height", "write one of"),
  ("loss: {lognormal: {median: 0 1/s, gsd: 2}}", "parameters.loss", "above zero"),
  ("loss: {lognormal: {median: 1 1/s}}", "parameters.loss", "one of 'gsd' and 'cv'"),
  ("loss: {lognormal: {median: 1 1/s, cv: 40}}", "parameters.loss.lognormal.cv", "40 %?"),
  ("loss: {lognormal: {median: 1 1/s, gsd: 0.5}}", "parameters.loss.lognormal.gsd", "between"),
  (
    "height: {normal: {mean: 1 cm, sd: 1 cm}, truncate: [2 cm]}", "parameters.height.truncate",
    "[lowest, highest]"
  ),
  (
    "height: {normal: {mean: 1 cm, sd: 1 cm}, truncate: [2 cm, 1 cm]}", "parameters.height.truncate",
    "not below"
  ),
  ("height: {values: [1 cm], truncate: [0 cm, 2 cm]}", "parameters.height.truncate", "not cut off"),
  ("catheter.tip: {values: [L3, cranial]}", "parameters.catheter.tip.values[1]", "a catheter ends"),
]

@Test(arguments: mistakes.indices) func `a mistake in a sweep is named with its key`(index: Int) throws {
  let (text, key, words) = mistakes[index]
  let error = try #require(throws: ScenarioError.self) { try sweep(text) }
  #expect(error.says(words, at: key, line: 4), "\(error)")
}

@Test(arguments: [
  ("{method: latin}", "'samples' is missing"), ("{method: grid, samples: 4}", "as many samples"),
  ("{samples: 4}", "'method' is missing"),
  ("{method: random, samples: 4}", "'random' is unknown"), ("{method: latin, samples: 0}", "whole number"),
  ("{method: grid}", "a grid has {values"),
])
func `a design that cannot be is refused`(design: String, words: String) throws {
  let error = try #require(throws: ScenarioError.self) {
    try sweep("height: {normal: {mean: 172 cm, sd: 8 cm}}", design: design)
  }
  #expect(error.message.contains(words), "\(error)")
}

@Test(arguments: [
  ("correlation: [[loss, height, 0.5]]", "'loss' does not vary"),
  ("correlation: [[height, height, 0.5]]", "with itself"),
  ("correlation: [[height, 0.5]]", "write [dispersion_c1"),
])
func `a correlation of what does not vary is refused`(more: String, words: String) throws {
  let error = try #require(throws: ScenarioError.self) {
    try sweep("height: {normal: {mean: 172 cm, sd: 8 cm}}", more: more)
  }
  #expect(error.message.contains(words) && error.key.hasPrefix("correlation"), "\(error)")
}

@Test func `an output is asked for once, and one at least`() {
  for outputs in ["[csf, csf]", "[]"] {
    #expect(throws: ScenarioError.self) {
      try sweep("height: {values: [1 m]}", design: "{method: grid}", outputs: outputs)
    }
  }
}
