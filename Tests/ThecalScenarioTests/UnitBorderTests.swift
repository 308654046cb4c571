import Testing
import ThecalDosing
import ThecalQuantities
import ThecalTransport

@testable import ThecalScenario

/// The least and the most that a parameter takes, in several units, and what lies just beyond each.
private struct ParameterBorder: Sendable, CustomTestStringConvertible {
  let key: TransportParameter
  let least: [String]
  let below: [String]
  let most: [String]
  let above: [String]

  var testDescription: String { key.rawValue }
}

private let borders = [
  // 40 to 260 cm.
  ParameterBorder(
    key: .height, least: ["40 cm", "0.4 m", "400 mm"], below: ["39.9 cm", "399 mm", "0.399 m"],
    most: ["260 cm", "2.6 m", "2600 mm"], above: ["260.1 cm", "2.601 m", "2601 mm"]),
  // 0.06 mL/h is a thousandth of a milliliter a minute; 600 are ten a minute, 14,400 a day.
  ParameterBorder(
    key: .production, least: ["0.06 mL/h", "0.001 mL/min"], below: ["0.059 mL/h", "0.00099 mL/min"],
    most: ["600 mL/h", "10 mL/min", "14400 mL/day"], above: ["600.1 mL/h", "10.01 mL/min", "14401 mL/day"]),
  ParameterBorder(
    key: .spinalFraction, least: ["0", "0 %"], below: ["-0.001", "-1 %"], most: ["1", "100 %"],
    above: ["1.001", "100.1 %"]),
  // 1e-5 to 10 cm² a second, 3,600 times that an hour.
  ParameterBorder(
    key: .dispersionC1, least: ["1e-5 cm2/s", "0.036 cm2/h", "1e-3 mm2/s"],
    below: ["0.9e-5 cm2/s", "0.035 cm2/h"], most: ["10 cm2/s", "36000 cm2/h"],
    above: ["10.1 cm2/s", "36001 cm2/h"]),
  ParameterBorder(
    key: .dispersionSac, least: ["1e-5 cm2/s"], below: ["0.9e-5 cm2/s", "0 cm2/s"], most: ["1000 mm2/s"],
    above: ["1001 mm2/s"]),
  ParameterBorder(
    key: .cranialVolume, least: ["1 mL", "0.001 L"], below: ["0.9 mL", "0 mL"], most: ["2000 mL", "2 L"],
    above: ["2001 mL", "2.001 L"]),
  ParameterBorder(
    key: .loss, least: ["0 1/s", "0 1/h"], below: ["-1e-9 1/s"], most: ["1 1/s", "60 1/min", "3600 1/h"],
    above: ["1.01 1/s", "3601 1/h"]),
  ParameterBorder(
    key: .cranialLossRatio, least: ["0"], below: ["-0.1"], most: ["100"], above: ["100.1"]),
  ParameterBorder(
    key: .bolusSigma, least: ["0.01 cm", "0.1 mm"], below: ["0.009 cm", "0 cm"], most: ["50 cm", "0.5 m"],
    above: ["50.1 cm", "501 mm"]),
  ParameterBorder(
    key: .rateSigma, least: ["0.1 mm"], below: ["0.09 mm"], most: ["500 mm"], above: ["500.1 mm"]),
  ParameterBorder(
    key: .areaCervical, least: ["0.01", "1 %"], below: ["0.009", "0"], most: ["100", "10000 %"],
    above: ["100.1"]),
  ParameterBorder(
    key: .areaLumbosacral, least: ["0.01"], below: ["0.0099", "-1"], most: ["100"], above: ["101"]),
  // One beat a minute to a thousand.
  ParameterBorder(
    key: .heartRate, least: ["1 1/min", "60 1/h"], below: ["0.9 1/min", "59 1/h"],
    most: ["1000 1/min", "60000 1/h"], above: ["1001 1/min", "60001 1/h"]),
  ParameterBorder(
    key: .strokeVolume, least: ["0.001 mL"], below: ["0.0009 mL", "0 mL"], most: ["100 mL", "0.1 L"],
    above: ["100.1 mL"]),
]

private func scenario(_ more: String, output: String = "{every: 1 h, until: 2 h, at: [tip]}") throws
  -> SimulationScenario
{
  try SimulationScenario(
    yaml: """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, rate: 1 mg/day}]
      output: \(output)
      \(more)
      """, file: "s.yaml")
}

@Test func `every parameter has its borders tried`() {
  #expect(Set(borders.map(\.key)) == Set(TransportParameter.allCases))
}

@Test(arguments: borders) private func `a parameter is read to its borders, and not beyond, in every unit`(
  border: ParameterBorder
) throws {
  let key = border.key.rawValue
  for (texts, value) in [
    (border.least, border.key.range.lowerBound), (border.most, border.key.range.upperBound),
  ] {
    for text in texts {
      let read = try #require(try scenario("parameters: {\(key): \(text)}").input.parameters[border.key])
      #expect(abs(read - value) <= 1e-12 * value, "\(text): \(read)")
    }
  }
  for text in border.below + border.above {
    let error = try #require(throws: ScenarioError.self, "\(text)") {
      try scenario("parameters: {\(key): \(text)}")
    }
    #expect(error.key == "parameters.\(key)" && error.line == 5, "\(error)")
    #expect(error.message.contains("between") || error.message.contains("zero"), "\(error)")
  }
}

@Test(arguments: [
  ("{every: 1 h, until: 1 h, at: [tip]}", [0.0, 1]),
  ("{every: 30 min, until: 1.4 h, at: [tip]}", [0, 0.5, 1]),
  ("{times: [0 h, 90 min, 1 day], at: [tip]}", [0, 1.5, 24]), ("{times: [1 h], at: [tip]}", [1]),
])
func `rows stand where they are asked for`(output: String, hours: [Double]) throws {
  #expect(try scenario("", output: output).input.times.map { $0.value(in: .hours) } == hours)
}

@Test(arguments: [
  ("{every: 1 h, until: 59 min, at: [tip]}", "output.until", "shorter than 'every'"),
  ("{every: 1 s, until: 1000001 s, at: [tip]}", "output.every", "more than 1000000 rows"),
  ("{every: 0 h, until: 1 h, at: [tip]}", "output.every", "above zero"),
  ("{until: 1 h, at: [tip]}", "output", "'every' is missing"),
  ("{every: 1 h, at: [tip]}", "output", "'until' is missing"),
  ("{times: [1 h, 1 h], at: [tip]}", "output.times[1]", "must rise"),
  ("{times: [2 h, 1 h], at: [tip]}", "output.times[1]", "must rise"),
  ("{times: [0 h], at: [tip]}", "output.times", "no time after 0 h"),
  ("{times: [1 h], every: 1 h, at: [tip]}", "output.every", "not both"),
  ("{times: [1 h], until: 1 h, at: [tip]}", "output.until", "not both"),
  ("{every: 1 h, until: 1 h, at: []}", "output.at", "no site"),
  ("{every: 1 h, until: 1 h, at: [L3, l3]}", "output.at[1]", "asked for twice"),
])
func `rows and sites that cannot be are named`(output: String, key: String, words: String) throws {
  let error = try #require(throws: ScenarioError.self) { try scenario("", output: output) }
  #expect(error.says(words, at: key, line: 4), "\(error)")
}

@Test func `a million rows are the most`() throws {
  let read = try scenario("", output: "{every: 1 s, until: 1000000 s, at: [tip]}")
  #expect(read.input.times.count == 1_000_001)
}

private func programme(_ entries: String) throws -> SimulationScenario {
  try SimulationScenario(
    yaml:
      "drug: morphine\ncatheter: {tip: L3}\noutput: {every: 1 h, until: 2 h, at: [tip]}\nprogram: \(entries)",
    file: "s.yaml")
}

@Test(arguments: [
  ("[]", "program", "empty"), ("1 mg/day", "program", "expected a list"),
  ("[{at: 0 h}]", "program[0]", "'rate'"),
  ("[{at: 0 h, rate: 1 mg/day, bolus: 1 mg}]", "program[0]", "two entries"),
  ("[{at: 0 h, rate: 1 mg/day, volume: 1 mL}]", "program[0].volume", "belongs to a bolus"),
  ("[{at: 0 h, bolus: 0 mg}]", "program[0].bolus", "above zero"),
  ("[{at: -1 h, bolus: 1 mg}]", "program[0].at", "zero or more"),
  ("[{at: 0 h, rate: -1 mg/day}]", "program[0].rate", "zero or more"),
  ("[{at: 1 h, rate: 1 mg/day}, {at: 60 min, rate: 2 mg/day}]", "program[1].rate", "same time"),
  ("[{at: 1 day, bolus: 1 mg}, {at: 24 h, bolus: 1 mg}]", "program[1].bolus", "their sum"),
  ("[{at: 0 h, rate: 1 mg}]", "program[0].rate", "mg/day"),
  ("[{at: 0 h, bolus: 1 mg/day}]", "program[0].bolus", "unit"),
])
func `an entry of a programme that cannot be is named`(entries: String, key: String, words: String) throws {
  let error = try #require(throws: ScenarioError.self) { try programme(entries) }
  #expect(error.says(words, at: key, line: 4), "\(error)")
}

@Test func `an entry is found by its number in the file, whatever its time`() throws {
  let read = try programme(
    "[{at: 2 h, rate: 2 mg/day}, {at: 1 h, bolus: 0.1 mg}, {at: 0 h, rate: 1 mg/day}, {at: 0 h, bolus: 1 mg}]"
  )
  let place = read.places.top
  // In the order of time the rates are 1 and 2 mg/day, the boluses 1 and 0.1 mg.
  #expect(try read.entry(named: "program[0].rate", at: place) == .rate(1))
  #expect(try read.entry(named: "program[2].rate", at: place) == .rate(0))
  #expect(try read.entry(named: "program[1].bolus", at: place) == .bolus(1))
  #expect(try read.entry(named: "program[3].bolus", at: place) == .bolus(0))
  for (name, words) in [
    ("program[4].rate", "4 entries"), ("program[0].bolus", "is a rate"), ("program[-1].rate", "no parameter"),
    ("programme[0].rate", "no parameter"), ("program[1].rate", "is a bolus"), ("los", "did you mean 'loss'?"),
  ] {
    let error = try #require(throws: ScenarioError.self, "\(name)") { try read.entry(named: name, at: place) }
    #expect(error.message.contains(words), "\(error)")
  }
}

/// 20 mg/day is the label's limit; an hour for a day makes 24 of one.
@Test func `a dose that is refused is named with its codes, and what is not is not`() throws {
  func refusal(_ entries: String) throws -> ScenarioError? {
    let read = try programme(entries)
    do throws(ScenarioError) { try read.refuse() } catch { return error }
    return nil
  }
  #expect(try refusal("[{at: 0 h, rate: 20 mg/day}]") == nil)
  #expect(try refusal("[{at: 0 h, bolus: 0.25 mg, volume: 100 mL}]") == nil)
  let hour = try #require(try refusal("[{at: 0 h, rate: 1 mg/day}, {at: 1 h, rate: 1 mg/h}]"))
  #expect(hour.message.hasPrefix("program.rate: refused by the clinical rules: "))
  #expect(hour.refused.contains { $0.code == .typoSuspected })
  let volume = try #require(try refusal("[{at: 0 h, bolus: 0.25 mg, volume: 101 mL}]"))
  #expect(volume.refused.compactMap(\.code) == [.implausibleDose])
  let limit = try #require(try refusal("[{at: 0 h, rate: 20.1 mg/day}]"))
  #expect(limit.refused.contains { $0.code == .overLimit })
}

@Test(arguments: ["5/10", "1 / 2", "3/4"]) func `two numbers with a stroke are asked to be one`(text: String)
  throws
{
  let error = try #require(throws: ScenarioError.self) {
    try scenario("parameters: {area_cervical: '\(text)'}")
  }
  #expect(error.message.contains("two numbers") && !error.message.contains("unit of ratio"), "\(error)")
}
