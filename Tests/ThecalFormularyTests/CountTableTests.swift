import Testing
import ThecalFormulary
import ThecalQuantities

private let data = Formulary.embedded

/// One reaction of the label's table: patients during screening, titration and maintenance.
private struct Reaction: Sendable, CustomTestStringConvertible {
  let effect: String
  let events: [Int]
  let percent: [ExactNumber]
  var testDescription: String { effect }

  init(_ effect: String, _ events: [Int], _ percent: [ExactNumber]) {
    (self.effect, self.events, self.percent) = (effect, events, percent)
  }
}

/// Spinal origin: of 576, 474 and 430. Source: `lioresal_label_2022`, adverse reactions.
private let spinal: [Reaction] = [
  Reaction("hypotonia", [31, 64, 109], [5.4, 13.5, 25.3]),
  Reaction("sedation", [33, 28, 90], [5.7, 5.9, 20.9]),
  Reaction("dizziness", [10, 9, 34], [1.7, 1.9, 7.9]),
  Reaction("nausea_and_vomiting", [9, 11, 24], [1.6, 2.3, 5.6]),
  Reaction("headache", [9, 12, 22], [1.6, 2.5, 5.1]), Reaction("constipation", [1, 7, 22], [0.2, 1.5, 5.1]),
  Reaction("convulsion", [3, 6, 20], [0.5, 1.3, 4.7]),
  Reaction("urinary_retention", [4, 8, 8], [0.7, 1.7, 1.9]),
  Reaction("weakness", [4, 6, 6], [0.7, 1.3, 1.4]),
  Reaction("confusion", [3, 3, 10], [0.5, 0.6, 2.3]), Reaction("hypotension", [6, 1, 8], [1, 0.2, 1.9]),
  Reaction("respiratory_depression", [1, 4, 9], [0.2, 0.8, 2.1]),
  Reaction("coma", [0, 7, 4], [0, 1.5, 0.9]),
  Reaction("edema", [0, 0, 10], [0, 0, 2.3]), Reaction("anxiety", [1, 2, 4], [0.2, 0.4, 0.9]),
  Reaction("depression", [0, 0, 7], [0, 0, 1.6]),
]

/// Cerebral origin: of 211, 153 and 150. Source: `gablofen_label_2021`, section 6.2, of which the counts alone are on record.
private let cerebral: [Reaction] = [
  Reaction("hypotonia", [5, 22, 52], [2.4, 14.4, 34.7]),
  Reaction("sedation", [16, 16, 28], [7.6, 10.5, 18.7]),
  Reaction("headache", [14, 12, 16], [6.6, 7.8, 10.7]),
  Reaction("nausea_and_vomiting", [14, 16, 6], [6.6, 10.5, 4]),
  Reaction("nausea", [3, 5, 11], [1.4, 3.3, 7.3]),
  Reaction("vomiting", [13, 13, 6], [6.2, 8.5, 4]),
  Reaction("urinary_retention", [2, 10, 12], [0.9, 6.5, 8]),
  Reaction("convulsion", [2, 5, 15], [0.9, 3.3, 10]), Reaction("dizziness", [5, 4, 12], [2.4, 2.6, 8]),
  Reaction("respiratory_depression", [3, 2, 6], [1.4, 1.3, 4]),
  Reaction("muscle_spasm", [0, 1, 9], [0, 0.7, 6]),
  Reaction("hypotension", [4, 1, 3], [1.9, 0.7, 2]), Reaction("constipation", [1, 2, 3], [0.5, 1.3, 2]),
  Reaction("pruritus", [0, 0, 6], [0, 0, 4]), Reaction("edema", [0, 0, 5], [0, 0, 3.3]),
  Reaction("weakness", [0, 0, 3], [0, 0, 2]), Reaction("coma", [1, 0, 2], [0.5, 0, 1.3]),
]

private let phases: [IncidenceCount.Regimen] = [.screening, .titration, .maintenance]

private func check(_ row: Reaction, _ origin: String, of people: [Int]) throws {
  let rows = data.incidence(of: row.effect, drug: "baclofen").filter {
    $0.population.hasPrefix("spasticity of \(origin) origin")
  }
  for (place, phase) in phases.enumerated() {
    let found = try #require(rows.first { $0.regimen == phase }, "\(origin) \(row.effect) \(phase)")
    #expect(found.events == row.events[place] && found.n == people[place], "\(phase)")
    // What is printed is the share, to a tenth of a percent.
    #expect(abs(100 * Double(row.events[place]) / Double(people[place]) - row.percent[place].double) < 0.0501)
    #expect(found.percent == (origin == "spinal" ? row.percent[place] : nil), "\(phase)")
    let label = origin == "spinal" ? "lioresal_label_2022" : "gablofen_label_2021"
    #expect(found.citation.source == label && found.route == "intrathecal")
  }
}

@Suite struct `The label's table of baclofen` {
  @Test(arguments: spinal)
  private func `of spinal origin counts as printed`(row: Reaction) throws {
    try check(row, "spinal", of: [576, 474, 430])
  }

  @Test(arguments: cerebral)
  private func `of cerebral origin counts as printed`(row: Reaction) throws {
    try check(row, "cerebral", of: [211, 153, 150])
  }

  /// 11 comas, all on long-term infusion, which the label states beside the table.
  @Test func `agrees with what the label says in words`() {
    let comas = data.incidence(of: "coma", drug: "baclofen").filter {
      $0.population.hasPrefix("spasticity of spinal") && $0.regimen != .screening
    }
    #expect(comas.compactMap(\.events).reduce(0, +) == 11)
  }
}

@Suite struct `A count` {
  @Test func `stands with drug, route and effect that are known`() {
    let routes = Set(AdministrationRoute.allCases.map(\.rawValue) + ["mixed"])
    for row in data.incidence {
      #expect(data.drug(named: row.drug)?.intrathecal != nil, "\(row.drug)")
      #expect(routes.contains(row.route) && !row.population.isEmpty && !row.definition.isEmpty)
      if let span = row.followUp, let low = span.low, let high = span.high { #expect(low <= high) }
    }
  }

  @Test func `has a dose whose ends are in order, and stands where the source puts it`() {
    for row in data.incidence {
      guard let dose = row.dose else { continue }
      if let low = dose.low, let high = dose.high { #expect(low <= high, "\(row.drug) \(row.effect)") }
      let unit = Mass.unit(named: dose.unit) != nil || DoseRate.unit(named: dose.unit) != nil
      #expect(unit, "\(row.drug) \(dose.unit)")
      if let mean = dose.mean { #expect(dose.standing == mean) }
      if dose.mean == nil, dose.assumed == nil, dose.low != dose.high { #expect(dose.standing == nil) }
    }
  }

  @Test func `of another route says so among whom it was counted, and enters no curve and no model`() {
    let others = data.incidence.filter { $0.route != "intrathecal" }
    #expect(others.filter { $0.route == "epidural" }.count == 10)
    for row in others {
      #expect(row.population.contains("epidural"), "\(row.drug) \(row.effect)")
      #expect(!row.fit && row.calibrates == nil, "\(row.drug) \(row.effect)")
    }
  }

  @Test func `that calibrates a model has a dose to stand at`() {
    let calibrating = data.incidence.filter { $0.calibrates != nil }
    #expect(calibrating.count > 3)
    for row in calibrating { #expect(row.events != nil && row.n != nil, "\(row.drug) \(row.effect)") }
  }
}
