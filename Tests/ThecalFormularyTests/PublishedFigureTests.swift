import Testing
import ThecalFormulary
import ThecalQuantities

private let data = Formulary.embedded

private struct Equivalent: Sendable, CustomTestStringConvertible {
  let table, drug: String
  let route: AdministrationRoute
  let amount, expected: ExactNumber
  var testDescription: String { "\(table): \(drug) \(amount)" }
}

/// The same prescription under five tables. Source: the tables themselves; they differ up to fourfold.
private let equivalents: [Equivalent] = [
  Equivalent(table: "cdc_2022", drug: "methadone", route: .oral, amount: 60, expected: 282),
  Equivalent(table: "cdc_2017", drug: "methadone", route: .oral, amount: 60, expected: 600),
  Equivalent(table: "cdc_2014_cms", drug: "methadone", route: .oral, amount: 60, expected: 180),
  Equivalent(table: "cdc_2022", drug: "fentanyl", route: .transdermal, amount: 100, expected: 240),
  Equivalent(table: "cdc_2017", drug: "fentanyl", route: .transdermal, amount: 100, expected: 240),
  Equivalent(table: "cdc_2014_cms", drug: "fentanyl", route: .transdermal, amount: 100, expected: 240),
  Equivalent(table: "anzca_fpm_2021", drug: "fentanyl", route: .transdermal, amount: 100, expected: 300),
  Equivalent(table: "uk_2025", drug: "fentanyl", route: .transdermal, amount: 100, expected: 240),
  Equivalent(table: "cdc_2022", drug: "hydromorphone", route: .oral, amount: 24, expected: 120),
  Equivalent(table: "cdc_2017", drug: "hydromorphone", route: .oral, amount: 24, expected: 96),
  Equivalent(table: "vonkorff_2008", drug: "hydromorphone", route: .oral, amount: 24, expected: 96),
  Equivalent(table: "cdc_2022", drug: "tramadol", route: .oral, amount: 400, expected: 80),
  Equivalent(table: "uk_2025", drug: "tramadol", route: .oral, amount: 400, expected: 40),
  Equivalent(table: "anzca_fpm_2021", drug: "tapentadol", route: .oral, amount: 400, expected: 120),
  Equivalent(table: "cdc_2022", drug: "tapentadol", route: .oral, amount: 400, expected: 160),
  Equivalent(table: "cdc_2014_cms", drug: "buprenorphine", route: .sublingual, amount: 16, expected: 160),
  Equivalent(table: "anzca_fpm_2021", drug: "buprenorphine", route: .sublingual, amount: 16, expected: 640),
  Equivalent(table: "uk_2025", drug: "buprenorphine", route: .sublingual, amount: 16, expected: 640),
  Equivalent(table: "cdc_2022", drug: "codeine", route: .oral, amount: 240, expected: 36),
  Equivalent(table: "anzca_fpm_2021", drug: "codeine", route: .oral, amount: 240, expected: 31.2),
  Equivalent(table: "uk_2025", drug: "codeine", route: .oral, amount: 240, expected: 24),
  Equivalent(table: "cdc_2022", drug: "oxycodone", route: .oral, amount: 80, expected: 120),
  Equivalent(table: "cdc_2017", drug: "levorphanol", route: .oral, amount: 8, expected: 88),
  Equivalent(table: "vonkorff_2008", drug: "fentanyl", route: .buccal, amount: 800, expected: 100),
]

@Test(arguments: equivalents)
private func `a table gives the equivalents that were published`(row: Equivalent) throws {
  let table = try #require(data.oralEquivalents(row.table))
  let factor = try #require(table.row(row.drug, row.route)?.factor(forDaily: row.amount))
  #expect(factor * row.amount == row.expected)
}

@Test func `a patch of 12 mcg per h has a factor of its own in the UK table`() throws {
  let row = try #require(data.oralEquivalents("uk_2025")?.row("fentanyl", .transdermal))
  #expect(row.factor(forDaily: 12, strength: 12) == 2.5 && row.factor(forDaily: 25, strength: 25) == 2.4)
}

@Test func `tables refuse what they have no factor for, and say why`() throws {
  for table in ["cdc_2022", "cdc_2017"] {
    let row = try #require(data.oralEquivalents(table)?.row("buprenorphine", .sublingual))
    #expect(row.refused != nil && row.factor(forDaily: 16) == nil)
  }
  #expect(data.oralEquivalents("cdc_2022")?.row("dihydrocodeine", .oral) == nil)
}

@Test func `an equivalent of methadone or buprenorphine is shown and never converted`() {
  for table in data.oralEquivalentIDs.compactMap(data.oralEquivalents) {
    for row in table.rows where row.refused == nil {
      let shownOnly = row.drug == "methadone" || row.drug == "buprenorphine"
      #expect(row.convertible != shownOnly && (row.reason != nil) == shownOnly, "\(table.id) \(row.drug)")
    }
  }
}

/// Oral to intrathecal morphine, as published: low, start, high.
private let ratios: [(id: String, low: ExactNumber, start: ExactNumber?, high: ExactNumber)] = [
  ("leaflet_300", 300, 300, 300), ("krames_1996", 300, 300, 300), ("huntsman_2021", 75, 100, 150),
  ("kuopio_100", 100, 100, 100), ("mascc_100", 100, 100, 100), ("mascc_300", 300, 300, 300),
  ("label_fr", 50, nil, 200), ("japan_2023", 10, nil, 125), ("sylvester_2004", 12, 12, 12),
]

@Test(arguments: ratios)
func `a ratio table gives the range that was published`(
  id: String, low: ExactNumber, start: ExactNumber?, high: ExactNumber
) throws {
  let table = try #require(data.ratios(id))
  #expect(table.low == low && table.start == start && table.high == high)
  #expect((table.from == .intrathecal) == (id == "sylvester_2004"))
  #expect(table.forStarting == (id != "japan_2023") && table.rangeOnly == (id == "label_fr"))
}

@Test func `the contract's tables are there, and nothing else`() {
  #expect(data.ratioIDs == ratios.map(\.id).sorted())
  #expect(
    data.oralEquivalentIDs
      == ["anzca_fpm_2021", "cdc_2014_cms", "cdc_2017", "cdc_2022", "uk_2025", "vonkorff_2008"])
}

@Test func `baclofen has one ratio, a rule of thumb`() {
  let tables = data.ratioTables(from: .oral, to: .intrathecal, drug: "baclofen")
  #expect(tables.map(\.id) == ["leaflet_300"] && tables.first?.ruleOfThumb == ["baclofen"])
}

@Test func `between morphine and hydromorphone the end is used that gives less`() throws {
  let ratios = data.intrathecalRatios
  #expect(ratios.ratio(from: "morphine", to: "hydromorphone")?.use == 6)
  #expect(ratios.ratio(from: "hydromorphone", to: "morphine")?.use == 2)
  #expect(ratios.refusal(from: "fentanyl", to: "morphine") != nil)
  #expect(ratios.ratio(from: "morphine", to: "fentanyl") == nil)
}

@Test func `labels and consensus stand beside each other`() throws {
  let morphine = try #require(data.drug(named: "morphine")?.intrathecal)
  let tolerant = try #require(morphine.start.first { $0.patientClass == "tolerant" })
  #expect(tolerant.low == 1 && tolerant.high == 10 && tolerant.basis == "label" && tolerant.citation.verified)
  let consensus = try #require(morphine.start.first { $0.basis == "consensus" })
  #expect(consensus.high == 0.5 && !consensus.citation.verified)
  #expect(morphine.firstDayCap?.high == 0.2 && morphine.firstDayCap?.citation.verified == true)
  let hydromorphone = try #require(data.drug(named: "hydromorphone")?.intrathecal?.firstDayCap)
  #expect(hydromorphone.high == 0.04 && !hydromorphone.citation.verified)
  let cap: DoseRate? = morphine.firstDayCap?.highQuantity()
  #expect(cap == DoseRate(200, .microgramsPerDay))
}

@Test func `the baclofen protocol is the label's`() throws {
  let protocolOfLabel = try #require(data.drug(named: "Lioresal")?.intrathecal?.screening)
  #expect(protocolOfLabel.boluses.map(\.value) == [50, 75, 100] && protocolOfLabel.bolusMax.value == 100)
  #expect(protocolOfLabel.startFactor.value == 2 && protocolOfLabel.startFactorProlonged.value == 1)
  #expect(protocolOfLabel.prolongedAboveHours.value == 8 && protocolOfLabel.intervalHours.value == 24)
  let titration = protocolOfLabel.steps.filter { $0.phase == "titration" && $0.age == "adult" }
  #expect(titration.map(\.range.high) == [30, 15])
}

@Test func `ziconotide has a ceiling per authority`() throws {
  let ziconotide = try #require(data.drug(named: "PRIALT")?.intrathecal)
  #expect(ziconotide.titration?.steps.map(\.ceiling) == [19.2, 21.6, 19.2])
  #expect(ziconotide.titration?.steps.map(\.stepMax) == [2.4, 2.4, 0.5])
  #expect(ziconotide.stability.map(\.high) == [14, 84, 40])
  #expect(ziconotide.contraindications.contains { $0.when == "psychosis_history" && $0.action == "block" })
}

@Test func `tolerance, reductions and stops are the published ones`() {
  let rule = data.opioidTolerance
  #expect(rule.minimumDays.value == 7 && rule.thresholds.map(\.atLeast) == [60, 25, 30, 8, 25, 60])
  #expect(data.crossTolerance.factor.value == 0.5 && data.crossTolerance.factor.citation.verified)
  #expect(data.riskReduction.factor.value == 0.5 && !data.riskReduction.factor.citation.verified)
  #expect(data.stopping.maxStepDownPercentPerDay.map(\.drug) == ["baclofen", "clonidine"])
  #expect(data.stopping.withdrawal(from: "ziconotide")?.danger == false)
}

@Test func `SynchroMed II is what the maker's page says`() throws {
  let pump = try #require(data.device(named: "SynchroMed II"))
  #expect(pump.reservoir.map(\.high) == [20, 40] && pump.residual?.high == 1.4)
  #expect(pump.flowMin?.high == 0.048 && pump.flowMin?.citation.verified == true)
  #expect(pump.flowMax?.high == 24 && pump.flowMax?.citation.verified == false)
  #expect(pump.accuracyUpper?.high == 14.5 && pump.lowReservoirAlarm?.kind == "computed")
  #expect(data.catheter(named: "8780")?.volumePerLength.high == 0.0022)
  #expect(data.pumpRules.discrepancy.evaluateAboveML.value == 2)
  #expect(data.stability(of: ["clonidine", "morphine"]).first?.days.high == 90)
}

@Test func `counts add up, and percentages fit them`() {
  for row in data.incidence {
    let name = "\(row.drug) \(row.effect) \(row.citation.source)"
    guard let events = row.events, let n = row.n else { #expect(!row.fit, "\(name)"); continue }
    #expect(0 <= events && events <= n, "\(name)")
    if let percent = row.percent?.double {
      #expect(abs(percent - 100 * Double(events) / Double(n)) <= 0.55, "\(name)")
    }
    if let other = row.comparator { #expect(0 <= other.events && other.events <= other.n, "\(name)") }
    if row.fit { #expect(row.dose?.standing != nil && row.group != nil, "\(name)") }
  }
}

@Test func `a count taken from a percentage comes with every count that prints as it`() {
  func prints(_ k: Int, of n: Int, _ percent: Double) -> Bool {
    [0.5, 0.05].contains { abs(100 * Double(k) / Double(n) - percent) <= $0 + 1e-9 }
  }
  var seen = 0
  for row in data.incidence where row.percent != nil && row.citation.reading == .derived {
    guard let n = row.n, let events = row.events, let percent = row.percent?.double else { continue }
    let name = "\(row.drug) \(row.effect) \(row.citation.source)"
    guard let range = row.countRange else { Issue.record("no interval of counts: \(name)"); continue }
    seen += 1
    #expect(range.low <= events && events <= range.high, "\(name)")
    #expect((range.low...range.high).allSatisfy { prints($0, of: n, percent) }, "\(name)")
  }
  #expect(seen >= 20)
}

@Test func `a mark never says more than was read`() {
  for row in data.incidence {
    let citation = row.citation
    let name = "\(row.drug) \(row.effect) \(citation.source)"
    if citation.reading == .recalled { #expect(!citation.verified, "\(name)") }
    if citation.reading == .primary { #expect(data.source(citation.source)?.reading == .primary, "\(name)") }
  }
  for id in ["itb_withdrawal_wiki", "anesthesiology2011_catheters"] { #expect(data.source(id) == nil) }
}

@Test func `the anchor of respiratory depression is there to be fitted`() {
  let rows = data.incidence(of: "respiratory_depression", drug: "morphine").filter {
    $0.group == "gehling_rd"
  }
  #expect(rows.map(\.events) == [2, 7] && rows.map(\.n) == [247, 80])
  #expect(rows.map(\.dose?.assumed) == [0.15, 0.5])
  #expect(data.eventRates.contains { $0.event == "catheter_complication" && $0.value == 0.33 })
}

@Test func `what goes into a pump is neither preserved nor sour`() {
  let rules = data.pumpRules
  #expect(rules.acidityMinimum.value == 3)
  #expect(rules.acidity.first { $0.product == "Infumorph" }?.range.low == 4.5)
  #expect(rules.acidity.filter { $0.range.low <= rules.acidityMinimum.value }.map(\.product) == ["Duramorph"])
  #expect(rules.mixtureDeviations.first { $0.drug == "morphine" }?.figure.value == -1.17)
  #expect(rules.pocketFillPerRefill.value == 0.0001 && rules.refill.reserve.map(\.figure.value) == [4, 4])
  #expect(data.oralWeaning.rules.contains { $0.drugs == ["baclofen"] })
}

@Test func `a patient's facts stop or flag`() {
  let flags = data.patientFlags
  #expect(flags.first { $0.id == "psychosis_history" }?.action == .stop)
  #expect(flags.first { $0.id == "psychosis_history" }?.drugs == ["ziconotide"])
  #expect(flags.first { $0.column == "anticoagulant" }?.action == .flag)
  #expect(flags.first { $0.id == "age_below_18_morphine" }?.below == 18)
}
