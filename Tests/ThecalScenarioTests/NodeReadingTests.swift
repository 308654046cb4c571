import Testing
import ThecalQuantities
import ThecalTitration
import ThecalTransport

@testable import ThecalScenario

private func node(_ value: String) throws -> ScenarioNode {
  let top = try ScenarioNode(yaml: "key: \(value)\n", file: "n.yaml")
  return try #require(top.members(known: ["key"])["key"])
}

@Test(arguments: [("50 %", 0.5), ("0.5", 0.5), ("-2", -2), ("1e3", 1_000), ("12", 12)])
func `a number may be a percentage`(text: String, value: Double) throws {
  #expect(try node(text).number() == value)
}

@Test(arguments: ["nan", "inf", "five", "5 mg", "[1]", "{a: 1}", "''"])
func `what is no number is refused at its line`(text: String) throws {
  let error = try #require(throws: ScenarioError.self) { try node(text).number() }
  #expect(error.line == 1 && error.key == "key" && !error.message.isEmpty)
}

@Test(arguments: [
  ("0", true, true), ("0", false, false), ("-1", true, false), ("-1", false, false), ("1", true, true),
  ("1", false, true),
])
func `zero is read where zero may stand`(number: String, orZero: Bool, isRead: Bool) throws {
  let node = try node("\(number) mg")
  if isRead {
    #expect(try node.positive(MassDimension.self, orZero: orZero) == Mass(reading: "\(number) mg"))
  } else {
    let error = try #require(throws: ScenarioError.self) {
      try node.positive(MassDimension.self, orZero: orZero)
    }
    #expect(error.message.contains(orZero ? "zero or more" : "above zero"))
  }
}

@Test func `borders of a range belong to it`() throws {
  #expect(
    try node("10").number(in: 0...10) == 10 && node("0").number(in: 0...10) == 0
      && node("20").count(in: 20...30) == 20)
  #expect(throws: ScenarioError.self) { try node("10.01").number(in: 0...10) }
  #expect(throws: ScenarioError.self) { try node("31").count(in: 20...30) }
  #expect(throws: ScenarioError.self) { try node("20.5").count(in: 20...30) }
  let exact = try node("0.1").reading(as: .number(0...1)).exactNumber()
  #expect(exact == ExactNumber(1) / 10)
}

@Test(arguments: [("yes", true), ("Yes", true), ("true", true), ("no", false), ("False", false)])
func `yes and no are read as people and YAML write them`(text: String, value: Bool) throws {
  #expect(try node(text).yesOrNo() == value)
}

@Test(arguments: [
  ("L3", CanalSite.level("L3")), ("l3", .level("L3")), ("dermatome T10", .dermatome("T10")),
  ("Dermatome t10", .dermatome("T10")), ("tip", .tip), ("cranial", .cranial),
  ("plasma", .plasma), ("45 cm", .distance(Length(45, .centimeters))),
  ("450 mm", .distance(Length(45, .centimeters))),
])
func `a site is a level, a dermatome, a distance or a name`(text: String, site: CanalSite) throws {
  #expect(try CanalSite(node(text)) == site)
}

@Test func `a distance below zero is none`() {
  #expect(throws: ScenarioError.self) { try CanalSite(node("-5 cm")) }
}

@Test func `one value is a list of one, and items are numbered in their keys`() throws {
  #expect(try node("a").items.count == 1 && !node("a").isList)
  let items = try node("[a, b]").items
  #expect(items.map(\.key) == ["key[0]", "key[1]"] && items.map { try? $0.text() } == ["a", "b"])
}

/// Documents that would keep a parser busy, and the line at which reading stops.
@Test func `what a few lines may unfold to, and how deep, is bounded before it is parsed`() throws {
  let bomb = "a: &a [x]\n" + (0..<10).map { "b\($0): [*a, *a]" }.joined(separator: "\n")
  for yaml in [
    bomb, "a: " + String(repeating: "[", count: 100), String(repeating: " ", count: 300) + "a: 1",
    String(repeating: "- ", count: 200) + "a",
  ] {
    let error = try #require(throws: ScenarioError.self) { try ScenarioNode(yaml: yaml, file: "b.yaml") }
    #expect(error.line != nil && !error.message.isEmpty)
  }
  #expect(throws: Never.self) { try ScenarioNode(yaml: "a: &a 1\nb: *a\n", file: "b.yaml") }
  #expect(YAMLBounds.problem(String(repeating: "[", count: 64)) == nil)
}

@Test func `a mark at the head of the file is no part of its first key`() throws {
  #expect(try SimulationScenario(yaml: "\u{FEFF}" + scenarioText, file: "s.yaml").input.drug == "morphine")
}

private let scenarioText = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, bolus: 0.25 mg}]
  output: {every: 1 h, until: 24 h, at: [tip]}
  """

@Test func `a file that is no YAML, is empty or has a key twice says so with its line`() throws {
  func error(_ yaml: String) throws -> ScenarioError {
    try #require(throws: ScenarioError.self) { try ScenarioNode(yaml: yaml, file: "n.yaml") }
  }
  #expect(try error("").message == "the file is empty" && error("").line == nil)
  #expect(try error("a: [1,\n").message.hasPrefix("this is not YAML") && error("a: 'x\n").line != nil)
  #expect(try error("a: 1\na: 2\n").message.contains("twice the same key"))
}

@Test func `keys that are no text, lists for keys and values that are too long are refused`() throws {
  let top = try ScenarioNode(yaml: "[1, 2]: x\n", file: "n.yaml")
  #expect(throws: ScenarioError.self) { try top.members(known: ["a"]) }
  #expect(throws: ScenarioError.self) { try node("[1]").members(known: ["a"]) }
  #expect(throws: ScenarioError.self) { try node(String(repeating: "x", count: 5_000)).text() }
  #expect(throws: ScenarioError.self) { try node("1").pairs() }
}

@Test func `an error reads like that of a compiler`() {
  #expect(
    ScenarioError(file: "a.yaml", line: 3, key: "cells", message: "m").description == "a.yaml:3: cells: m")
  #expect(ScenarioError(file: "a.yaml", line: nil, key: "", message: "m").description == "a.yaml: m")
  #expect(
    Place(file: "f", line: 2, key: "k").error("m")
      == ScenarioError(file: "f", line: 2, key: "k", message: "m"))
}

private func candidate(_ text: String) throws -> CandidateFacts {
  try CandidateScenario(
    yaml: "indication: cancer\n" + text, file: "c.yaml", indications: ["cancer", "spasticity"],
    questions: [("infection", nil), ("age", "year"), ("survival", "month"), ("relief", "%")]
  ).facts
}

@Test(arguments: [
  ("infection: yes", "infection", CandidateFacts.Answer.yes), ("infection: no", "infection", .no),
  ("infection: unknown", "infection", .unknown), ("infection: '?'", "infection", .unknown),
  ("age: 70 years", "age", .amount(70)), ("age: 18 months", "age", .amount(1.5)),
  ("survival: 1 year", "survival", .amount(12)), ("survival: 3 months", "survival", .amount(3)),
  ("relief: 50 %", "relief", .amount(50)), ("age: yes", "age", .yes),
])
func `a question is answered with yes, no, unknown or a number in its unit`(
  text: String, key: String, answer: CandidateFacts.Answer
) throws {
  #expect(try candidate(text).answers[key] == answer)
}

@Test(arguments: [
  ("infection: 3", "yes, no or unknown"), ("age: 70", "has no unit"), ("age: 151 years", "150"),
  ("survival: -1 months", "no number"), ("colour: red", "unknown key"),
  ("age: old months", "no number of months"),
])
func `an answer that is none says what to write`(text: String, words: String) throws {
  let error = try #require(throws: ScenarioError.self) { try candidate(text) }
  #expect(error.line == 2 && error.message.contains(words), "\(error)")
}
