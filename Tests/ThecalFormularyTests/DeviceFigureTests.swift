import Testing
import ThecalFormulary
import ThecalQuantities

private let data = Formulary.embedded

/// What documents say of a pump; nil where none gave the figure.
private struct Pump: Sendable, CustomTestStringConvertible {
  let id: String
  let drive: Device.Drive
  let reservoirs: [ExactNumber]
  var residual: ExactNumber?, flowMin: ExactNumber?, flowMax: ExactNumber?
  var above: ExactNumber?, below: ExactNumber?, alarm: ExactNumber?, years: ExactNumber?
  var testDescription: String { id }
}

/// Sources: product page and recalls of SynchroMed II, brief statements and guides of Prometra, model list of IsoMed; the rest is
/// recalled, and says so in the data.
private let pumps: [Pump] = [
  Pump(
    id: "synchromed_2", drive: .peristaltic, reservoirs: [20, 40], residual: 1.4, flowMin: 0.048, flowMax: 24,
    above: 14.5, below: 14.5, alarm: 2, years: 7),
  Pump(
    id: "synchromed_3", drive: .peristaltic, reservoirs: [20, 40], residual: 1.4, flowMin: 0.048, flowMax: 24,
    above: 14.5, below: 14.5, alarm: 2, years: 7),
  Pump(
    id: "synchromed_el", drive: .peristaltic, reservoirs: [10, 18], residual: 2, flowMin: 0.048,
    flowMax: 21.6,
    above: 15, below: 15, alarm: 2, years: 7),
  Pump(
    id: "prometra_1", drive: .stroke, reservoirs: [20], residual: 1, flowMin: 0, flowMax: 28.8, above: 10,
    below: 10, alarm: 3, years: 10),
  Pump(
    id: "prometra_2", drive: .stroke, reservoirs: [20, 40], residual: 1, flowMin: 0, flowMax: 28.8, above: 10,
    below: 10, alarm: 3, years: 10),
  Pump(
    id: "medstream", drive: .gasValve, reservoirs: [20, 40], flowMin: 0.1, flowMax: 4, alarm: 3, years: 8),
  Pump(id: "isomed", drive: .constantFlow, reservoirs: [20, 35]),
  Pump(id: "codman_3000", drive: .constantFlow, reservoirs: [16, 30, 50], residual: 3, above: 15, below: 15),
  Pump(id: "cadd_solis", drive: .external, reservoirs: [], above: 6, below: 6),
]

@Suite struct `A pump` {
  @Test(arguments: pumps)
  private func `holds, runs and lasts as its documents say`(row: Pump) throws {
    let pump = try #require(data.device(named: row.id))
    #expect(pump.drive == row.drive && pump.reservoir.map(\.high) == row.reservoirs)
    #expect(pump.residual?.high == row.residual && pump.alarmVolume?.high == row.alarm)
    #expect(pump.flowMin?.high == row.flowMin && pump.flowMax?.high == row.flowMax)
    #expect(pump.accuracyUpper?.high == row.above && pump.accuracyLower?.high == row.below)
    #expect(pump.life?.high == row.years)
  }

  @Test func `that cannot be set runs at the flows it is made for`() throws {
    let isomed = try #require(data.device(named: "isomed"))
    #expect(!isomed.programmable && isomed.flowFixed?.map(\.high) == [0.3, 0.5, 1, 1.5, 2, 2.5])
    #expect(isomed.flowFixed?.allSatisfy(\.citation.verified) == true)
    for pump in data.devices where !pump.programmable {
      #expect(
        pump.flowMin == nil && pump.flowMax == nil && pump.modes.isEmpty == pump.modes.isEmpty, "\(pump.id)")
    }
  }

  @Test func `marks what was read apart from what was recalled`() throws {
    let second = try #require(data.device(named: "synchromed_2"))
    let third = try #require(data.device(named: "synchromed_3"))
    let read = [second.residual, second.flowMin, second.accuracyUpper, second.life, second.portVolume]
    #expect(read.allSatisfy { $0?.citation.verified == true })
    let open = [
      second.flowMax, second.accuracyLower, second.alarmVolume, second.tubingVolume, second.minimumRateMode,
    ]
    #expect(open.allSatisfy { $0?.citation.verified == false })
    for figure in [third.residual, third.flowMin, third.flowMax, third.life] {
      #expect(figure?.citation.verified == false, "nobody has read a figure of SynchroMed III")
    }
  }

  @Test func `has figures that fit together`() {
    for pump in data.devices {
      let volumes = pump.reservoir.map(\.high)
      #expect(volumes == volumes.sorted() && volumes.allSatisfy { $0 > 0 }, "\(pump.id)")
      if let low = pump.flowMin?.low, let high = pump.flowMax?.high { #expect(low < high, "\(pump.id)") }
      if let rest = pump.residual?.high, let least = pump.reservoir.first?.low {
        #expect(rest < least, "\(pump.id)")
      }
      for range in [pump.residual, pump.life, pump.accuracyUpper, pump.accuracyLower].compactMap(\.self) {
        #expect(range.low <= range.high && range.low >= 0, "\(pump.id)")
      }
      #expect(pump.aliases == pump.aliases.map { $0.lowercased() }, "\(pump.id)")
      for entry in pump.approvedDrugs {
        #expect(data.drug(named: entry.drug)?.id == entry.drug, "\(pump.id)")
      }
      for drug in pump.patientController?.drugsAllowed ?? [] {
        #expect(data.drug(named: drug)?.kind == .opioid, "\(pump.id): \(drug)")
      }
    }
  }

  @Test func `is on the label with three drugs, and its controller with opioids alone`() throws {
    let second = try #require(data.device(named: "synchromed_2"))
    #expect(Set(second.approvedDrugs.map(\.drug)) == ["morphine", "ziconotide", "baclofen"])
    #expect(second.patientController?.drugsAllowed.contains("baclofen") == false)
    let prometra = try #require(data.device(named: "prometra_2"))
    #expect(prometra.patientController?.drugsAllowed == ["morphine"])
    #expect(prometra.strokeVolume?.high == 0.0025)
    let baclofen = try #require(prometra.approvedDrugs.first { $0.drug == "baclofen" })
    #expect(baclofen.concentrationLow == 500 && baclofen.concentrationHigh == 2_000)
    #expect(baclofen.concentrationUnit == "mcg/mL")
  }
}

/// Catheters with what a centimetre holds.
@Test(arguments: [
  "prometra_11823", "ascenda_8780", "ascenda_8781", "ascenda_8782", "indura_8709sc", "indura_8731sc",
])
func `a centimetre of catheter holds what its lumen can`(id: String) throws {
  let catheter = try #require(data.catheter(named: id))
  let bore: VolumePerLength = try #require(catheter.volumePerLength.highQuantity())
  let expected = ExactNumber(id == "prometra_11823" ? 26 : 22, over: 10_000)
  #expect(bore == VolumePerLength(expected, .millilitersPerCentimeter))
  if let length = catheter.length { #expect(length.low >= 80 && length.high <= 140 && length.unit == "cm") }
}

/// How long solutions keep: in the pump, in glass, in a syringe; days.
private let stability: [(id: String, drugs: [String], days: ExactNumber)] = [
  ("baclofen", ["baclofen"], 180), ("morphine", ["morphine"], 180), ("ziconotide_first", ["ziconotide"], 14),
  ("ziconotide_undiluted", ["ziconotide"], 84), ("ziconotide_diluted", ["ziconotide"], 40),
  ("morphine_clonidine", ["morphine", "clonidine"], 90),
  ("morphine_bupivacaine_clonidine", ["morphine", "bupivacaine", "clonidine"], 90),
  ("hydromorphone", ["hydromorphone"], 120), ("hydromorphone_clonidine", ["hydromorphone", "clonidine"], 35),
  ("morphine_ropivacaine_ziconotide", ["morphine", "ropivacaine", "ziconotide"], 21),
  ("morphine_bupivacaine_glass", ["morphine", "bupivacaine"], 547),
  ("hydromorphone_syringe", ["hydromorphone"], 60),
]

@Suite struct `A solution` {
  @Test(arguments: stability.indices)
  func `keeps as long as it was shown to`(index: Int) throws {
    let row = stability[index]
    let record = try #require(data.stability.first { $0.id == row.id })
    #expect(record.components.map(\.drug) == row.drugs && record.days.high == row.days)
    #expect(data.stability(of: row.drugs.reversed()).contains(record), "the order of drugs does not matter")
    #expect(record.days.unit == "day" && !record.container.isEmpty)
  }

  @Test func `of other drugs has a record of its own, or none`() {
    #expect(
      data.stability(of: ["morphine", "baclofen", "clonidine"]).isEmpty && data.stability(of: []).isEmpty)
    #expect(data.stability(of: ["morphine"]).allSatisfy { $0.components.count == 1 })
    #expect(data.stability(of: ["baclofen", "morphine"]).allSatisfy { $0.container != "SynchroMed II" })
  }

  @Test func `has strengths that were studied, the lower one first`() {
    for record in data.stability {
      for part in record.components {
        if let low = part.concentrationLow, let high = part.concentrationHigh {
          #expect(low <= high && part.concentrationUnit != nil, "\(record.id)")
        }
      }
      if let range = record.temperatureC { #expect(range == range.sorted() && range[0] >= 2, "\(record.id)") }
      if let left = record.retainedPercent { #expect(left >= 70 && left <= 100, "\(record.id)") }
    }
  }
}

@Suite struct `What happens to pumps and catheters` {
  @Test func `is counted among people who are named, with ends that hold the value`() {
    #expect(data.eventRates.count > 10)
    for rate in data.eventRates {
      #expect(
        !rate.population.isEmpty && rate.value >= 0 && data.source(rate.citation.source) != nil,
        "\(rate.event)")
      if let low = rate.low, let high = rate.high {
        #expect(low <= rate.value && rate.value <= high, "\(rate.event)")
      }
      if let events = rate.events, let n = rate.n { #expect(0 <= events && events <= n, "\(rate.event)") }
    }
  }

  @Test func `at a refill is looked into from two millilitres on, with a cause in each direction`() {
    let rules = data.pumpRules.discrepancy
    #expect(rules.evaluateAboveML.value == 2 && rules.evaluateAboveML.unit == "mL")
    #expect(Set(rules.causes.map(\.direction)) == [.under, .over, .none, .dry])
    #expect(Set(rules.causes.map(\.id)).count == rules.causes.count && !rules.overInfusionRisks.isEmpty)
  }

  @Test func `comes with sizes that nobody can mean`() throws {
    let rules = data.pumpRules
    for (name, low, high) in [
      (PumpRules.Size.Name.path, 0.01, 2), (.catheterLength, 10, 150), (.tubing, 0, 1), (.bore, 0.0005, 0.02),
      (.daysOfFilling, 7, 1_000),
    ] as [(PumpRules.Size.Name, Double, Double)] {
      let range = try #require(rules.size(name))
      #expect(range.low.double == low && range.high.double == high && range.citation.isOwn, "\(name)")
    }
  }

  @Test func `is prevented by a check for each hazard that was seen`() {
    let hazards = data.pumpRules.hazards
    #expect(hazards.count >= 5 && Set(hazards.map(\.id)).count == hazards.count)
    for hazard in hazards {
      for words in [hazard.hazard, hazard.cause, hazard.harm, hazard.control] {
        #expect(words.count { $0.isLetter } >= 5, "\(hazard.id): '\(words)'")
      }
    }
  }

  @Test func `when a patient gives boluses stays within shares, counts and lockouts`() {
    let rules = data.pumpRules.patientBolus
    #expect(rules.sharePercent.low == 5 && rules.sharePercent.high == 20)
    #expect(rules.lockoutHours.low == 1 && rules.lockoutHours.high == 6)
    #expect(rules.perDayMax.low == 3 && rules.perDayMax.high == 4 && rules.totalPercentMax.high == 25)
    #expect(rules.opioidNaive.citation.verified && !rules.sharePercent.citation.verified)
  }
}
