import Glibc
import Testing
import ThecalQuantities
import ThecalTransport

@testable import ThecalScenario

/// Every table that a file can reach, once.
private let tables: [KeyTable] = {
  var found: [KeyTable] = []
  func add(_ kind: KeyKind) {
    switch kind {
    case .object(let table): visit(table)
    case .list(let item): add(item)
    case .any(let kinds): for kind in kinds { add(kind) }
    default: break
    }
  }
  func visit(_ table: KeyTable) {
    guard !found.contains(where: { $0.name == table.name }) else { return }
    found.append(table)
    for key in table.keys { add(key.kind) }
    if let open = table.open { add(open.kind) }
  }
  for file in ScenarioFile.allCases { visit(file.keys) }
  return found
}()

private func reads(_ file: ScenarioFile, _ yaml: String) throws {
  switch file {
  case .simulate: _ = try SimulationScenario(yaml: yaml, file: "f.yaml")
  case .sweep: _ = try SweepScenario(yaml: yaml, file: "f.yaml")
  case .titrate: _ = try TitrationScenario(yaml: yaml, file: "f.yaml")
  case .timeline: _ = try TimelineScenario(yaml: yaml, file: "f.yaml")
  case .plan: _ = try PatientScenario(yaml: yaml, file: "f.yaml")
  case .fit: _ = try FitScenario(yaml: yaml, file: "f.yaml")
  case .candidate:
    _ = try CandidateScenario(
      yaml: yaml, file: "f.yaml", indications: ["cancer"], questions: [("age", "year"), ("infection", nil)])
  }
}

/// The least that each kind of file needs.
private func least(_ file: ScenarioFile) -> String {
  switch file {
  case .simulate:
    """
    drug: morphine
    catheter: {tip: L3}
    program: [{at: 0 h, rate: 1 mg/day}]
    output: {every: 1 h, until: 2 h, at: [tip]}
    """
  case .sweep:
    """
    scenario: s.yaml
    design: {method: latin, samples: 4}
    parameters: {loss: {uniform: {low: 1e-5 1/s, high: 2e-5 1/s}}}
    outputs: [csf]
    """
  case .titrate: "drug: morphine"
  case .timeline: "drug: morphine\nprogram: [{at: 0 h, rate: 1 mg/day}]"
  case .plan:
    """
    patient_id: P1
    drug: morphine
    medications: ["morphine oral 60 mg bid"]
    concentration: 10 mg/mL
    fill: {volume: 20 mL, stock: 25 mg/mL, date: 2026-01-31}
    """
  case .candidate: "indication: cancer"
  case .fit:
    """
    scenario: s.yaml
    data: points.csv
    estimate: loss
    error: {proportional: 30 %}
    """
  }
}

@Suite struct `The tables of keys` {
  @Test func `are whole: every key says what it is, and every mapping what it is`() {
    #expect(tables.count > 20)
    for table in tables {
      #expect(!table.meaning.isEmpty && !(table.keys.isEmpty && table.open == nil), "\(table.name)")
      for key in table.keys {
        #expect(!key.meaning.hasSuffix(".") && key.meaning.count > 3, "\(table.name).\(key.name)")
        #expect(
          key.name.replacing("mL", with: "").allSatisfy { $0.isLowercase || $0.isNumber || "._".contains($0) }
            || key.name == key.name.uppercased())
      }
      for name in table.exactlyOne { #expect(table.names.contains(name)) }
    }
  }

  @Test func `have a row for every parameter of the transport model, with its range`() throws {
    for parameter in TransportParameter.allCases {
      let kind = try #require(KeyTable.parameters.kind(of: parameter.rawValue))
      switch kind {
      case .number(let range): #expect(range == parameter.range && parameter.dimension == .number)
      case .quantity(let quantity): #expect(quantity.range != nil && parameter.dimension != .number)
      default: Issue.record("\(parameter)")
      }
      #expect(KeyTable.spreads.kind(of: parameter.rawValue)?.table != nil)
    }
    #expect(
      KeyTable.spreads.kind(of: "program[3].rate") != nil && KeyTable.parameters.kind(of: "lost") == nil)
  }

  @Test(arguments: ScenarioFile.allCases)
  func `let the least that a file needs be read, and nothing less`(file: ScenarioFile) throws {
    try reads(file, least(file))
    let lines = least(file).split(separator: "\n").map(String.init)
    let needed = file.keys.keys.filter(\.isRequired).map(\.name)
    for name in needed {
      let without = lines.filter { !$0.hasPrefix("\(name):") }.joined(separator: "\n")
      let error = #expect(throws: ScenarioError.self, "\(file) without \(name)") {
        try reads(file, without.isEmpty ? "days: 3" : without)
      }
      #expect(error?.file == "f.yaml")
    }
  }

  /// A key that no table has is refused where it stands, at every depth.
  @Test(arguments: [
    (ScenarioFile.simulate, "catheter: {tip: L3}", "catheter: {tip: L3, tipp: L4}", "catheter.tipp", 2),
    (.simulate, "rate: 1 mg/day", "rates: 1 mg/day", "program[0].rates", 3),
    (.simulate, "every: 1 h", "each: 1 h", "output.each", 4),
    (.sweep, "samples: 4", "samples: 4, size: 3", "design.size", 2),
    (.sweep, "uniform: {low", "uniform: {least", "parameters.loss.uniform.least", 3),
    (.sweep, "{uniform:", "{flat: 1, uniform:", "parameters.loss.flat", 3),
  ])
  func `refuse a key that they do not have, at its line`(
    file: ScenarioFile, text: String, instead: String, key: String, line: Int
  ) throws {
    let error = try #require(throws: ScenarioError.self) {
      try reads(file, least(file).replacing(text, with: instead))
    }
    #expect(error.key == key && error.line == line && error.message.contains("unknown key"), "\(error)")
  }

  /// Values just outside the range of a row, and at its ends.
  @Test func `hold every number and count of a plan to its range`() throws {
    for key in KeyTable.titrate.keys {
      func read(_ value: String) throws { try reads(.titrate, "drug: morphine\n\(key.name): \(value)") }
      switch key.kind {
      case .number(let range):
        try read("\(range.lowerBound)")
        try read("\(range.upperBound)")
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("\(range.upperBound * 1.01 + 1)") }
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("\(range.lowerBound - 1)") }
      case .count(let range):
        try read("\(range.lowerBound)")
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("\(range.lowerBound - 1)") }
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("\(range.lowerBound).5") }
      case .yesOrNo:
        try read("yes")
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("perhaps") }
      case .quantity(let quantity):
        try read(quantity.example)
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("-\(quantity.example)") }
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("5") }
        if quantity.floor == .positive {
          let unit = quantity.units[0][0]
          #expect(throws: ScenarioError.self, "\(key.name)") { try read("0 \(unit)") }
        }
      case .word(let words):
        for word in words { try read(word) }
        #expect(throws: ScenarioError.self, "\(key.name)") { try read("nonsense") }
      default: break
      }
    }
  }
}

@Suite struct `Rows of a scenario` {
  private func scenario(_ output: String) throws -> TransportInput {
    try SimulationScenario(
      yaml: least(.simulate).replacing("{every: 1 h, until: 2 h, at: [tip]}", with: output), file: "f.yaml"
    ).input
  }

  @Test func `may be listed one by one`() throws {
    let input = try scenario("{times: [0 h, 15 min, 1 day], at: [tip]}")
    #expect(input.rows == .listed([.zero, Time(15, .minutes), Time(24, .hours)]))
    #expect(input.until == Time(1, .days) && input.times.count == 3)
    #expect(try scenario("{times: 2 h, at: [tip]}").times == [Time(2, .hours)])
    #expect(
      try scenario("{every: 1 h, until: 150 min, at: [tip]}").times == [
        .zero, Time(1, .hours), Time(2, .hours),
      ])
  }

  @Test(arguments: [
    ("{times: [2 h, 1 h], at: [tip]}", "output.times[1]", "rise"),
    ("{times: [1 h, 1 h], at: [tip]}", "output.times[1]", "rise"),
    ("{times: [0 h], at: [tip]}", "output.times", "after 0 h"),
    ("{times: [], at: [tip]}", "output.times", "after 0 h"),
    ("{times: [-1 h], at: [tip]}", "output.times[0]", "zero or more"),
    ("{times: [1 h], every: 1 h, until: 2 h, at: [tip]}", "output.every", "not both"),
    ("{times: [1 h], until: 2 h, at: [tip]}", "output.until", "not both"),
    ("{every: 1 h, at: [tip]}", "output", "'until' is missing"),
    ("{at: [tip]}", "output", "'every' is missing"),
    ("{times: [1 h]}", "output", "'at' is missing"),
  ])
  func `that make no sense are refused with their key`(output: String, key: String, words: String) throws {
    let error = try #require(throws: ScenarioError.self) { try scenario(output) }
    #expect(error.says(words, at: key, line: 4), "\(error)")
  }
}

@Suite struct `A scenario in a sweep` {
  private let inline = """
    scenario:
      drug: morphine
      catheter: {tip: L3}
      program:
        - {at: 0 h, bolus: 0.1 mg}
        - {at: 2 h, rate: 1 mg/day}
      output: {every: 1 h, until: 2 h, at: [tip]}
    design: {method: grid}
    parameters: {"program[1].rate": {values: [1 mg/day, 2 mg/day]}}
    outputs: [csf]
    """

  @Test func `may stand in it`() throws {
    let sweep = try SweepScenario(yaml: inline, file: "f.yaml")
    guard case .inline(let scenario) = sweep.base else {
      Issue.record("it is read as a file")
      return
    }
    #expect(scenario.input.drug == "morphine" && scenario.entries == [.bolus(0), .rate(0)])
    #expect(try NamedTexts.names(in: inline).isEmpty)
    #expect(try NamedTexts.names(in: least(.sweep)) == ["s.yaml"])
  }

  @Test(arguments: [
    ("tip: L3", "tip: cranial", "scenario.catheter.tip", 3),
    ("0.1 mg", "0 mg", "scenario.program[0].bolus", 5),
    ("until: 2 h", "until: 1 min", "scenario.output.until", 7), ("drug: ", "dregs: ", "scenario.dregs", 2),
  ])
  func `has its mistakes at their lines`(text: String, instead: String, key: String, line: Int) throws {
    let error = try #require(throws: ScenarioError.self) {
      try SweepScenario(yaml: inline.replacing(text, with: instead), file: "f.yaml")
    }
    #expect(error.key == key && error.line == line, "\(error)")
  }
}

@Test(arguments: [("40 %", 0.4), ("0.4", 0.4), ("1", 1), ("250 %", 2.5)])
func `a variation is a share or a percentage`(text: String, share: Double) throws {
  let sweep = try SweepScenario(
    yaml: least(.sweep).replacing(
      "{uniform: {low: 1e-5 1/s, high: 2e-5 1/s}}", with: "{lognormal: {median: 1 1/s, cv: \(text)}}"),
    file: "f.yaml")
  guard case .lognormal(_, let sigma) = sweep.parameters[0].family else {
    Issue.record("no log-normal")
    return
  }
  #expect(abs(sigma * sigma - log1p(share * share)) < 1e-12)
}

@Test(arguments: [("40", "40 %?"), ("1.5", "1.5 %?"), ("2000 %", "between 0 %"), ("-10 %", "between 0 %")])
func `a variation that is read as a percentage by some and as a share by others is refused`(
  text: String, words: String
) throws {
  let error = try #require(throws: ScenarioError.self) {
    try SweepScenario(
      yaml: least(.sweep).replacing(
        "{uniform: {low: 1e-5 1/s, high: 2e-5 1/s}}", with: "{lognormal: {median: 1 1/s, cv: \(text)}}"),
      file: "f.yaml")
  }
  #expect(error.key == "parameters.loss.lognormal.cv" && error.message.contains(words), "\(error)")
}
