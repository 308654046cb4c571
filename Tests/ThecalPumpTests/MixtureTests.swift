import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

private func part(_ name: String, _ strength: String, _ unit: DoseUnit = .milligrams) throws -> Admixture.Part
{
  Admixture.Part(PumpDrug(named: name), try q(strength), unit: unit)
}

private func triple() throws -> [Admixture.Part] {
  [
    try part("morphine", "10 mg/mL"), try part("bupivacaine", "20 mg/mL"),
    try part("clonidine", "200 mcg/mL", .micrograms),
  ]
}

@Test func `the primary drug fixes every other, daily and per bolus`() throws {
  let mixture = Admixture(
    device: testPump(), parts: try triple(), primary: 0, doses: (try q("4 mg/day"), try q("0.3 mg")))
  #expect(mixture.flow == (try q("0.4 mL/day")))
  #expect(mixture.shares.map { $0.part.unit.perDay($0.daily) } == [4, 8, 80])
  #expect(mixture.shares.map { $0.perBolus.exactValue(in: $0.part.unit.mass) } == [0.3, 0.6, 6])
  #expect(mixture.shares.allSatisfy { $0.status == .ok } && mixture.outcome.status == .ok)
  // Consensus limits that were recalled, not read, are listed.
  #expect(mixture.outcome.unread.contains { $0.citation.source == "pacc2017" })
}

@Test func `whichever drug is primary, the mixture is the same`() throws {
  let parts = try triple()
  let first = Admixture(device: testPump(), parts: parts, primary: 0, doses: (try q("4 mg/day"), .zero))
  for (i, share) in first.shares.enumerated() {
    let other = Admixture(device: testPump(), parts: parts, primary: i, doses: (share.daily, .zero))
    #expect(other.shares.map(\.daily) == first.shares.map(\.daily))
  }
}

@Test func `strengths for doses wanted lead back to the doses`() throws {
  let wants = [
    Admixture.Design.WantedDose(PumpDrug(named: "morphine"), try q("4 mg/day"), unit: .milligrams),
    Admixture.Design.WantedDose(PumpDrug(named: "bupivacaine"), try q("8 mg/day"), unit: .milligrams),
    Admixture.Design.WantedDose(PumpDrug(named: "clonidine"), try q("80 mcg/day"), unit: .micrograms),
  ]
  let design = Admixture.Design(device: testPump(), wanted: wants, flow: try q("0.4 mL/day"))
  #expect(design.shares.map(\.part.concentration) == (try triple().map(\.concentration)))
  let back = Admixture(
    device: testPump(), parts: design.shares.map(\.part), primary: 2, doses: (wants[2].dose, .zero))
  #expect(back.shares.map(\.daily) == wants.map(\.dose))
}

@Test func `an impossible interval names the flow that works`() throws {
  let wants = [Admixture.Design.WantedDose(PumpDrug(named: "morphine"), try q("5 mg/day"), unit: .milligrams)]
  let design = Admixture.Design(
    device: testPump(), wanted: wants, fill: try q("20 mL"), alarm: nil, interval: try q("90 day"))
  #expect(design.outcome.status == .blocked && design.outcome.codes.contains(.tooConcentrated))
  #expect(design.outcome.alternative?.evidence == [.flow(try q("0.25 mL/day"))])
}

@Test func `what must never be given intrathecally is refused, and what is unknown is named`() throws {
  let vinca = Admixture(
    device: testPump(), parts: [try part("vincristine", "1 mg/mL")], primary: 0,
    doses: (try q("1 mg/day"), .zero))
  #expect(vinca.outcome.status == .blocked && vinca.outcome.codes == [.neverIntrathecal])
  let odd = Admixture(
    device: testPump(), parts: [try part("exampline", "1 mg/mL")], primary: 0,
    doses: (try q("1 mg/day"), .zero))
  #expect(odd.outcome.status == .error && odd.outcome.codes == [.unknownDrug])
}

@Test func `a compounding sheet rounds to the syringe and computes the strengths again`() throws {
  let sheet = CompoundingSheet(
    [
      .init(try part("morphine", "10 mg/mL"), from: try q("25 mg/mL"), vial: try q("20 mL")),
      .init(try part("bupivacaine", "5 mg/mL"), from: try q("30 mg/mL")),
      .init(
        try part("clonidine", "100 mcg/mL", .micrograms), from: try q("500 mcg/mL"), vial: try q("10 mL")),
    ], making: .init(filling: try q("43 mL")))
  #expect(sheet.lines.map { $0.stockVolume.exactValue(in: .milliliters) } == [17.2, 7.17, 8.6])
  #expect(sheet.diluent == (try q("10.03 mL")))
  #expect(sheet.lines.map(\.vials) == [1, nil, 1])
  #expect(sheet.lines[0].leftover == (try q("2.8 mL")))
  #expect(sheet.lines[0].actual == (try q("10 mg/mL")))
  #expect(rounded(sheet.lines[1].actual.exactValue(in: .milligramsPerMilliliter), 4) == 5.0023)
  // Mass balance: what is drawn is what is in the bag.
  for line in sheet.lines { #expect(line.actual * sheet.total == line.ingredient.stock * line.stockVolume) }
}

/// 20 mL x 2,000 / 3,500 = 11.4286 mL: the nearest mark, 11.43 mL, would make 2,000.25 mcg/mL.
@Test(arguments: [
  ("baclofen", "2000 mcg/mL", "3500 mcg/mL", "11.42 mL"),
  ("baclofen", "1999 mcg/mL", "3500 mcg/mL", "11.42 mL"),
  ("baclofen", "1998.6 mcg/mL", "3500 mcg/mL", "11.42 mL"),
  ("baclofen", "2000 mcg/mL", "2030 mcg/mL", "19.7 mL"),
  ("morphine", "20 mg/mL", "35 mg/mL", "11.42 mL"), ("clonidine", "2 mg/mL", "3.5 mg/mL", "11.43 mL"),
])
func `rounding to the syringe makes no solution stronger than the strongest`(
  drug: String, wanted: String, stock: String, drawn: String
) throws {
  let ingredient = CompoundingSheet.Ingredient(try part(drug, wanted), from: try q(stock))
  let sheet = CompoundingSheet([ingredient], making: .init(filling: try q("20 mL")))
  let strongest = ingredient.part.drug.use?.intrathecal?.strongest?.value
  #expect(sheet.lines[0].stockVolume == (try q(drawn)), "\(sheet.lines[0].stockVolume)")
  let holds = strongest.map { sheet.lines[0].actual <= $0 } ?? true
  #expect(holds == (drug != "clonidine" || strongest == nil))
  #expect(!sheet.outcome.codes.contains(.overConcentration) == holds)
}

@Test func `the recipe of the Archimedes manual`() throws {
  // 35 mL at 1 mL/day with 2.5 mg/day from 10 mg/mL: 8.75 mL and 26.25 mL of saline.
  let sheet = CompoundingSheet(
    [.init(try part("morphine", "2.5 mg/mL"), from: try q("10 mg/mL"))],
    making: .init(filling: try q("35 mL")))
  #expect(sheet.lines[0].stockVolume == (try q("8.75 mL")))
  #expect(sheet.diluent == (try q("26.25 mL")))
}

@Test func `stocks that do not fit are refused with strengths that do`() throws {
  let sheet = CompoundingSheet(
    [.init(try part("morphine", "20 mg/mL"), from: try q("10 mg/mL"))], making: .init(filling: try q("20 mL"))
  )
  #expect(sheet.outcome.status == .blocked && sheet.outcome.codes.contains(.negativeDiluent))
  #expect(
    sheet.outcome.alternative?.evidence == [
      .list([.drug("morphine"), .strength(try q("10 mg/mL"), .milligrams)])
    ])
  let back = CompoundingSheet(
    [.init(try part("morphine", "10 mg/mL"), from: try q("10 mg/mL"))], making: .init(filling: try q("20 mL"))
  )
  #expect(back.outcome.status != .blocked)
}

@Test func `a mixture keeps as long as exactly that mixture was shown to keep`() throws {
  func mixture(_ parts: [Admixture.Part]) throws -> Admixture {
    Admixture(device: testPump(), parts: parts, primary: 0, doses: (try q("1 mg/day"), .zero))
  }
  #expect(try mixture(triple()).stability == (try q("90 day")))
  let pair = try mixture(Array(triple().prefix(2)))  // shown in glass only
  #expect(pair.stability == nil && pair.outcome.codes.contains(.stabilityUnknown))
}

@Test func `a pump with strokes says what it makes of a flow`() throws {
  let pump = try #require(PumpDevice(named: "Prometra II"))
  let even = Admixture(
    device: pump, parts: [try part("morphine", "10 mg/mL")], primary: 0, doses: (try q("4 mg/day"), .zero))
  #expect(!even.outcome.codes.contains(.strokeRounding))  // 0.4 mL = 160 strokes
  let odd = Admixture(
    device: pump, parts: [try part("morphine", "10 mg/mL")], primary: 0, doses: (try q("4.01 mg/day"), .zero))
  #expect(
    odd.outcome.evidence(.strokeRounding)?.dropFirst(2) == [
      .number(160.4), .number(160), .flow(try q("0.4 mL/day")),
    ])
}

@Test(arguments: [
  ("baclofen 500 mcg/mL", "2000 mg/mL", Code.typoSuspected),
  ("clonidine 200 mcg/mL", "500 mg/mL", .typoSuspected),
  ("morphine 10 mg/mL", "25 mcg/mL", .typoSuspected), ("morphine 10 mg/mL", "250 mg/mL", .typoSuspected),
  ("morphine 10 mg/mL", "251 mg/mL", .typoSuspected), ("morphine 10 mg/mL", "26000 mg/mL", .implausibleDose),
  ("bupivacaine 5 mg/mL", "301 mg/mL", .typoSuspected),
])
func `a stock that nobody has is refused, with the slip named`(wanted: String, stock: String, code: Code)
  throws
{
  let words = wanted.split(separator: " ", maxSplits: 1).map(String.init)
  let unit: DoseUnit = wanted.contains("mcg") ? .micrograms : .milligrams
  let sheet = CompoundingSheet(
    [.init(try part(words[0], words[1], unit), from: try q(stock))], making: .init(filling: try q("20 mL")))
  #expect(sheet.outcome.status == .blocked && sheet.outcome.codes.contains(code))
  #expect(sheet.outcome.alternative == nil)
}

@Test(arguments: ["10 mg/mL", "25 mg/mL", "50 mg/mL", "200 mg/mL"])
func `a stock that a pharmacy can have passes`(stock: String) throws {
  let sheet = CompoundingSheet(
    [.init(try part("morphine", "10 mg/mL"), from: try q(stock))], making: .init(filling: try q("20 mL")))
  #expect(sheet.outcome.status == .ok)
}

@Test(arguments: [
  ("morphine 20 mg/mL", Status.ok), ("morphine 20.1 mg/mL", .blocked), ("morphine 25 mg/mL", .review),
  ("baclofen 2 mg/mL", .ok),
  ("baclofen 2.001 mg/mL", .blocked),
])
func
  `the strongest solution is the last that passes: a label refuses more, a figure that nobody has read flags it`(
    wanted: String, status: Status
  ) throws
{
  let words = wanted.split(separator: " ", maxSplits: 1).map(String.init)
  let wantedPart = try part(words[0], words[1])
  let dose: DoseRate = try q(words[0] == "baclofen" ? "400 mcg/day" : "4 mg/day")
  let mixture = Admixture(device: testPump(), parts: [wantedPart], primary: 0, doses: (dose, .zero))
  let sheet = CompoundingSheet(
    [.init(wantedPart, from: 2 * wantedPart.concentration)], making: .init(filling: try q("40 mL")))
  #expect(mixture.outcome.status == status)
  #expect(sheet.outcome.codes.contains(.overConcentration) == (status != .ok))
  #expect(mixture.outcome.codes.contains(.overConcentration) == (status != .ok))
}

@Test(arguments: [
  ("20 mg/day", Status.ok, false), ("20.1 mg/day", .blocked, true), ("16 mg/day", .ok, false),
  ("15.9 mg/day", .ok, false),
])
func `the limit of the day is the last dose that is given, and near it is information`(
  dose: String, status: Status, isOver: Bool
) throws {
  let mixture = Admixture(
    device: testPump(), parts: [try part("morphine", "20 mg/mL")], primary: 0, doses: (try q(dose), .zero))
  #expect(mixture.outcome.status == status && mixture.outcome.codes.contains(.overLimit) == isOver)
  #expect(mixture.outcome.codes.contains(.nearLimit) == (dose == "20 mg/day" || dose == "16 mg/day"))
}

@Test func `a drug beside the label of the pump brings what is on record of such pumps`() throws {
  let pump = try synchroMed()
  let mixture = Admixture(device: pump, parts: try triple(), primary: 0, doses: (try q("4 mg/day"), .zero))
  #expect(mixture.outcome.finds(.drugNotOnLabel) && mixture.outcome.finds(.stallsReported))
  let labeled = Admixture(
    device: pump, parts: [try part("morphine", "10 mg/mL")], primary: 0, doses: (try q("4 mg/day"), .zero))
  #expect(!labeled.outcome.finds(.drugNotOnLabel) && !labeled.outcome.finds(.stallsReported))
  let sheet = CompoundingSheet(
    [.init(try part("bupivacaine", "5 mg/mL"), from: try q("7.5 mg/mL"))],
    making: .init(filling: try q("20 mL")), device: pump
  )
  #expect(sheet.outcome.finds(.stallsReported))
}

@Test func `a secondary drug over its limit refuses the mixture`() throws {
  let parts = [try part("morphine", "1 mg/mL"), try part("bupivacaine", "30 mg/mL")]
  let mixture = Admixture(device: testPump(), parts: parts, primary: 0, doses: (try q("2 mg/day"), .zero))
  #expect(mixture.outcome.status == .blocked && mixture.shares.map(\.status) == [.ok, .blocked])
}

@Test func `a flow per hour that was meant per day is seen where someone writes a flow`() throws {
  let wanted = [
    Admixture.Design.WantedDose(PumpDrug(named: "morphine"), try q("4 mg/day"), unit: .milligrams)
  ]
  let slip = Admixture.Design(device: testPump(), wanted: wanted, flow: try q("0.4 mL/h"))
  #expect(slip.outcome.status == .blocked && slip.outcome.codes.contains(.typoSuspected))
  // 40 mL at 5.7 mL/day last a week and a little, at 5.8 mL/day not.
  #expect(
    !Admixture.Design(device: testPump(), wanted: wanted, flow: try q("5.7 mL/day")).outcome.codes.contains(
      .typoSuspected))
  #expect(
    Admixture.Design(device: testPump(), wanted: wanted, flow: try q("5.8 mL/day")).outcome.codes.contains(
      .typoSuspected))
}
