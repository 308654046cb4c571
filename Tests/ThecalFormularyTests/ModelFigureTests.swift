import Testing

@testable import ThecalFormulary
@testable import ThecalQuantities

private let data = Formulary.embedded

@Suite struct `The canal` {
  private let names =
    (1...7).map { "C\($0)" } + (1...12).map { "T\($0)" } + (1...5).map { "L\($0)" } + ["S1", "S2"]

  @Test func `has its vertebrae from above, with the length of an adult of 172 cm`() {
    let rows = data.vertebralLevels.rows
    #expect(rows.map(\.name) == names)
    let length = rows.reduce(Length.zero) { $0 + $1.length }
    #expect(length == Length(65.95, .centimeters))
  }

  /// 97 mL in all, 50 mL from T11 to the sac. Source: `hogan1996`, 49.9 mL.
  @Test func `holds the volume that was measured`() throws {
    let rows = data.vertebralLevels.rows
    func volume(_ rows: some Sequence<Formulary.LevelTable.Level>) -> Double {
      rows.reduce(0) {
        $0 + $1.area.value(in: .squareMillimeters) * $1.length.value(in: .millimeters) / 1_000
      }
    }
    #expect(abs(volume(rows) - 97) < 1)
    let below = try #require(rows.firstIndex { $0.name == "T11" })
    #expect(abs(volume(rows[below...]) - 49.9) < 1)
  }

  @Test func `holds a cord that is thickest in the neck and ends at L1`() throws {
    let rows = data.vertebralLevels.rows
    let last = try #require(rows.lastIndex { $0.cordArea != nil })
    #expect(rows[last].name == "L1" && rows[...last].allSatisfy { $0.cordArea != nil })
    let areas = rows.compactMap { $0.cordArea?.value(in: .squareMillimeters) }
    #expect(areas.max() == areas.first && areas.min() == areas.last)
    for row in rows {
      #expect(data.source(row.citation.source) != nil && row.length > .zero && row.area > .zero)
    }
  }

  @Test func `is left by segments that lie higher than the vertebrae of their name`() throws {
    let segments = data.spinalSegments.rows
    #expect(segments.prefix(8).map(\.name) == (1...8).map { "C\($0)" } && segments.last?.name == "S5")
    var vertebra: [String: Double] = [:]
    var at = 0.0
    for row in data.vertebralLevels.rows {
      vertebra[row.name] = at
      at += row.length.value(in: .centimeters)
    }
    at = 0
    for segment in segments {
      if let own = vertebra[segment.name], !["C1", "C2", "C3"].contains(segment.name) {
        #expect(at < own, "\(segment.name) begins \(at) cm below C1, its vertebra \(own) cm")
      }
      at += segment.length.value(in: .centimeters)
    }
    // The cord ends near the disc between L1 and L2, by less than half a vertebra.
    let disc = try #require(vertebra["L2"])
    #expect(abs(at - disc) < 1.65, "\(at) cm, the disc at \(disc) cm")
  }
}

/// Defaults of the model of transport.
private let defaults: [(id: String, value: ExactNumber, unit: String)] = [
  ("height", 172, "cm"), ("area_lumbosacral", 1, "1"), ("area_cervical", 1, "1"),
  ("production", 0.35, "mL/min"),
  ("spinal_fraction", 0.34, "1"), ("dispersion_c1", 0.67, "cm2/s"), ("dispersion_sac", 0.014, "cm2/s"),
  ("cranial_volume", 180, "mL"), ("cranial_loss_ratio", 0.5, "1"), ("bolus_sigma", 3, "cm"),
  ("rate_sigma", 0.5, "cm"),
]

@Suite struct `The model of transport` {
  @Test(arguments: defaults.indices)
  func `has the defaults that users are promised`(index: Int) throws {
    let row = defaults[index]
    let parameter = try #require(data.transport.parameters.first { $0.id == row.id })
    #expect(parameter.value.value == row.value && parameter.value.unit == row.unit)
  }

  @Test func `names each parameter once, and nothing else`() {
    #expect(data.transport.parameters.map(\.id) == defaults.map(\.id))
    let drugs = data.transport.losses.map(\.drug)
    #expect(Set(drugs).count == drugs.count && drugs.contains("dtpa") && drugs.contains("morphine"))
    for drug in drugs where drug != "dtpa" { #expect(data.drug(named: drug)?.intrathecal != nil, "\(drug)") }
  }

  @Test func `varies people by distributions that are whole`() throws {
    for parameter in data.transport.parameters {
      guard let spread = parameter.distribution else { #expect(parameter.id == "rate_sigma"); continue }
      switch spread.kind {
      case .uniform:
        let (low, high) = (try #require(spread.low), try #require(spread.high))
        #expect(low < high && low...high ~= parameter.value.value.double, "\(parameter.id)")
        #expect(spread.cv == nil && spread.gsd == nil)
      case .normal, .lognormal: #expect((spread.cv == nil) != (spread.gsd == nil), "\(parameter.id)")
      }
      if let other = spread.correlated {
        #expect(data.transport.parameters.contains { $0.id == other }, "\(parameter.id)")
        #expect(abs(try #require(spread.correlation)) < 1)
      }
    }
  }

  @Test func `loses morphine in hours, baclofen faster and a tracer slowest`() throws {
    func loss(_ drug: String) throws -> Double {
      try #require(data.transport.losses.first { $0.drug == drug }).value.value.double
    }
    #expect(try loss("morphine") == 3e-5 && loss("baclofen") == 7.4e-5 && loss("hydromorphone") == 3.2e-5)
    #expect(try loss("dtpa") < loss("morphine") && loss("morphine") < loss("baclofen"))
    #expect(try loss("baclofen") < loss("fentanyl"))
  }
}

/// Published models in plasma: structure, and parameters as they are printed.
private let models: [(id: String, drug: String, structure: String, parameters: [(String, ExactNumber)])] = [
  ("baclofen_oral_chevillard2017", "baclofen", "oral1", [("CL", 8), ("V", 44.5), ("KA", 2.23)]),
  ("baclofen_oral_simon2018", "baclofen", "oral1", [("CL", 11.6), ("V", 72.8), ("KA", 1.64)]),
  ("fentanyl_transdermal_label", "fentanyl", "oral1", [("CL", 45), ("V", 343), ("KA", 0.0433), ("F", 0.92)]),
  (
    "hydromorphone_oral_label", "hydromorphone", "oral1",
    [("CL", 117.6), ("V", 302.9), ("KA", 3.25), ("F", 0.24)]
  ),
  ("methadone_oral_watt2026", "methadone", "oral1", [("CL", 7.87), ("V", 365), ("KA", 2.72), ("F", 0.64)]),
  (
    "morphine_iv_olofsen2010", "morphine", "iv3",
    [("CL", 94.43), ("V", 5.11), ("Q", 54.27), ("V2", 9.972), ("Q3", 91.67), ("V3", 114)]
  ),
  (
    "morphine_oral_er_oosten2017", "morphine", "oral1",
    [("CL", 91.9), ("V", 278), ("KA", 0.221), ("F", 0.372), ("ALAG", 0.25)]
  ),
  ("morphine_oral_ir_oosten2017", "morphine", "oral1", [("CL", 91.9), ("V", 278), ("KA", 6), ("F", 0.372)]),
  ("morphine_sc_oosten2017", "morphine", "oral1", [("CL", 91.9), ("V", 278), ("KA", 3.96)]),
  ("oxycodone_oral_franke2015", "oxycodone", "oral1", [("CL", 92.4), ("V", 772), ("KA", 1.15)]),
  ("ziconotide_iv_label", "ziconotide", "iv1", [("CL", 16.2), ("V", 30.5)]),
]

@Suite struct `A model in plasma` {
  @Test(arguments: models.indices)
  func `has the parameters of its publication`(index: Int) throws {
    let row = models[index]
    let model = try #require(data.systemicModels.first { $0.id == row.id })
    #expect(model.drug == row.drug && model.structure == row.structure && !model.population.isEmpty)
    #expect(model.parameters.map(\.name) == row.parameters.map(\.0))
    #expect(model.parameters.map(\.value.value) == row.parameters.map(\.1))
  }

  @Test func `is listed, and none that is not`() {
    #expect(data.systemicModels.map(\.id) == models.map(\.id))
  }

  @Test func `has units that fit its parameters`() {
    let units = [
      "CL": "L/h", "V": "L", "Q": "L/h", "V2": "L", "Q3": "L/h", "V3": "L", "KA": "1/h", "F": "1",
      "ALAG": "h",
    ]
    for model in data.systemicModels {
      for parameter in model.parameters {
        #expect(parameter.value.unit == units[parameter.name], "\(model.id) \(parameter.name)")
        #expect(parameter.value.value > 0)
        if let spread = parameter.spread { #expect(spread.value.value > 0 && spread.value.unit == "%") }
      }
    }
  }

  @Test func `says how much of a free level stands in the cerebrospinal fluid, or nothing`() {
    #expect(data.csfUptake(of: "morphine") != nil && data.csfUptake(of: "aspirin") == nil)
  }
}

@Suite struct `An effect` {
  @Test func `follows the level at its own place, with a lag and a spread`() throws {
    let relief = try #require(data.effects.effect("relief", of: "morphine"))
    let breathing = try #require(data.effects.effect("respiratory_depression", of: "morphine"))
    let tone = try #require(data.effects.effect("ashworth", of: "baclofen"))
    #expect(relief.site == .segment && tone.site == .segment && breathing.site == .cranial)
    #expect(relief.toxic == nil && breathing.toxic != nil && tone.toxic == nil)
    for effect in data.effects.effects {
      #expect(effect.halfLife.value > 0 && effect.steepness.value > 0 && effect.largest.value > 0)
      #expect(effect.figures.count >= 3 && Set(effect.figures.map(\.name)).count == effect.figures.count)
    }
    #expect(data.effects.effect("relief", of: "aspirin") == nil)
  }

  @Test func `that counts calibrate has draws around its estimates`() throws {
    for model in [try #require(data.fit("respiratory_depression", of: "morphine"))] {
      #expect(
        model.estimates == model.parameters.map(\.estimate) && !model.draws.isEmpty && !model.studies.isEmpty)
      for draw in model.draws { #expect(draw.count == model.parameters.count) }
      for (place, parameter) in model.parameters.enumerated() {
        #expect(
          parameter.from <= parameter.estimate && parameter.estimate <= parameter.to, "\(parameter.name)")
        let inside = model.draws.count { parameter.from...parameter.to ~= $0[place] }
        #expect(inside * 10 > model.draws.count * 8, "\(parameter.name): \(inside) of \(model.draws.count)")
      }
      #expect(model.single.sdLog > 0 && model.continuous.sdLog > 0)
    }
  }

  @Test func `is looked for from the most harmful down, and has a direction`() {
    let harms = data.harms.effects
    #expect(harms.first?.id == "respiratory_depression" && Set(harms.map(\.id)).count == harms.count)
    #expect(Set(harms.map(\.direction)) == ["over", "under", "either"])
    for id in ["withdrawal", "inadequate_relief"] {
      #expect(harms.first { $0.id == id }?.direction == "under")
    }
    #expect(Set(data.harms.massFactors.map(\.factor)).isSuperset(of: ["dose", "concentration", "months"]))
  }
}
