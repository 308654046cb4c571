import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func table(_ id: String) throws -> DosingRules {
  try #require(DosingRules(.embedded, equivalentTable: id))
}

@Test(
  arguments: [
    ("morphine", ExactNumber(60), ExactNumber(60)), ("oxycodone", 80, 120), ("hydromorphone", 24, 120),
    ("codeine", 240, 36),
    ("tramadol", 400, 80), ("tapentadol", 400, 160), ("oxymorphone", 20, 60), ("hydrocodone", 40, 40),
  ] as [(String, ExactNumber, ExactNumber)])
func `equivalents are the factor of the table times the daily amount`(
  drug: String, amount: ExactNumber, worth: ExactNumber
) {
  let equivalents = rules.equivalents(of: [taken(drug, amount / 4, times: 4)])
  #expect(equivalents.total == worth && equivalents.isConvertible)
  #expect(equivalents.parts[0].factor?.value == worth / amount)
}

@Test func `several medicines add up`() {
  let three = rules.equivalents(of: [taken("morphine", 60), taken("oxycodone", 20), patch("fentanyl", 25)])
  #expect(three.total == 150)  // 60 + 30 + 60
  #expect(rules.equivalents(of: []).total == 0)
}

/// The tiers of the table of 2017, just at and just above each end.
@Test(
  arguments: [
    (ExactNumber(10), ExactNumber(4)), (20, 4), (20.1, 8), (40, 8), (40.1, 10), (60, 10), (60.1, 12),
    (200, 12),
  ] as [(ExactNumber, ExactNumber)])
func `a tier holds its upper end and not its lower one`(amount: ExactNumber, factor: ExactNumber) throws {
  #expect(
    try table("cdc_2017").equivalents(of: [taken("methadone", amount)]).parts[0].factor?.value == factor)
}

@Test func `nothing taken has no tier`() throws {
  let nothing = try table("cdc_2017").equivalents(of: [taken("methadone", 0)])
  #expect(nothing.parts[0].factor == nil && nothing.total == nil)
}

@Test func `tiers go by the whole amount of a drug, on however many lines it stands`() throws {
  let parts = try table("cdc_2017").equivalents(of: [
    taken("methadone", 30), taken("methadone", 20), taken("morphine", 10),
  ])
  #expect(parts.total == 510)  // 300 + 200 + 10
}

@Test func `a patch goes by its own strength, beside others too`() throws {
  let uk = try table("uk_2025")
  #expect(uk.equivalents(of: [patch("fentanyl", 12)]).total == 30)  // 2.5, the strength's own factor
  #expect(uk.equivalents(of: [patch("fentanyl", 12), patch("fentanyl", 25)]).total == 90)  // 30 + 60
  #expect(uk.equivalents(of: [patch("fentanyl", 13)]).total == 31.2)
}

@Test func `a factor per microgram acts on milligrams`() throws {
  let buccal = infused("fentanyl", 800, .microgramsPerDay, by: .buccal)
  #expect(try table("cdc_2017").equivalents(of: [buccal]).total == 104)  // 0.13 per mcg
  let intravenous = infused("sufentanil", 30, .microgramsPerDay, by: .intravenous)
  #expect(try table("anzca_fpm_2021").equivalents(of: [intravenous]).total == 60)
}

@Test func `what a table shows and refuses is worth something and gives no dose`() throws {
  let methadone = rules.equivalents(of: [taken("methadone", 60), taken("morphine", 30)])
  #expect(methadone.total == 312 && !methadone.isConvertible)
  let refusal = try #require(methadone.parts[0].refusal)
  #expect(
    refusal.reason.hasPrefix("Methadone") && !refusal.citation.source.isEmpty
      && methadone.parts[1].refusal == nil)
}

@Test(arguments: [
  taken("levorphanol", 4), taken("buprenorphine", 8, by: .sublingual),
  taken("morphine", 10, by: .intravenous), taken("exampline", 1),
])
func `without a factor there is no total, and none is guessed`(medicine: Medicine) {
  let equivalents = rules.equivalents(of: [taken("morphine", 30), medicine])
  #expect(equivalents.total == nil && !equivalents.isConvertible && equivalents.parts[1].value == nil)
  #expect(equivalents.parts[0].value == 30)
}

@Test func `the usual table is the newest, and an older one says that it is`() throws {
  #expect(rules.equivalentTable == "cdc_2022" && !rules.isSuperseded)
  #expect(try table("cdc_2017").isSuperseded && table("cdc_2014_cms").isSuperseded)
  #expect(try !table("uk_2025").isSuperseded)
  #expect(DosingRules(.embedded, equivalentTable: "cdc_1999") == nil)
}

@Test func `the rules of a drug are found by any of its names`() {
  #expect(rules.drug(named: "Lioresal")?.id == "baclofen" && rules.drug(named: "Infumorph")?.id == "morphine")
  #expect(rules.drug(named: "exampline") == nil && rules.drug("Lioresal") == nil)
  #expect(
    rules.drug("hydromorphone")?.tallMan == "HYDROmorphone" && rules.drug("fentanyl")?.isLipophilic == true)
  #expect(rules.drug("morphine")?.isLipophilic == false && rules.drug("clonidine")?.isOpioid == false)
}
