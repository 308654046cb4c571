import Testing
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
  let drugs = mixture.answer.records("drugs")
  #expect(mixture.answer.number("flow_mL_per_day") == 0.4)
  #expect(drugs.compactMap { $0["daily"]?.number } == [4, 8, 80])
  #expect(drugs.compactMap { $0["per_bolus"]?.number } == [0.3, 0.6, 6])
  #expect(drugs.map { $0["unit"] } == [.text("mg/day"), .text("mg/day"), .text("mcg/day")])
  #expect(drugs.map { $0["limit"]?.number } == [15, 15, 600])
  #expect(mixture.answer.status == .review)  // consensus limits that were recalled, not read
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
    Admixture.Design.Want(PumpDrug(named: "morphine"), try q("4 mg/day"), unit: .milligrams),
    Admixture.Design.Want(PumpDrug(named: "bupivacaine"), try q("8 mg/day"), unit: .milligrams),
    Admixture.Design.Want(PumpDrug(named: "clonidine"), try q("80 mcg/day"), unit: .micrograms),
  ]
  let design = Admixture.Design(device: testPump(), wants: wants, flow: try q("0.4 mL/day"))
  #expect(design.shares.map(\.part.concentration) == (try triple().map(\.concentration)))
  let back = Admixture(
    device: testPump(), parts: design.shares.map(\.part), primary: 2, doses: (wants[2].dose, .zero))
  #expect(back.shares.map(\.daily) == wants.map(\.dose))
}

@Test func `an impossible interval names the flow that works`() throws {
  let wants = [Admixture.Design.Want(PumpDrug(named: "morphine"), try q("5 mg/day"), unit: .milligrams)]
  let design = try #require(
    Admixture.Design(
      device: testPump(), wants: wants, fill: try q("20 mL"), alarm: nil, interval: try q("90 day")))
  #expect(design.answer.status == .blocked)
  #expect(design.answer.codes.contains("TOO_CONCENTRATED"))
  #expect(design.answer.message.contains("0.25 mL/day"))
}

@Test func `what must never be given intrathecally is refused, and what is unknown is named`() throws {
  let vinca = Admixture(
    device: testPump(), parts: [try part("vincristine", "1 mg/mL")], primary: 0,
    doses: (try q("1 mg/day"), .zero))
  #expect(vinca.answer.status == .blocked && vinca.answer.codes.contains("NEVER_INTRATHECAL"))
  let odd = Admixture(
    device: testPump(), parts: [try part("exampline", "1 mg/mL")], primary: 0,
    doses: (try q("1 mg/day"), .zero))
  #expect(odd.answer.codes.contains("UNKNOWN_DRUG"))
}

@Test func `a compounding sheet rounds to the syringe and computes the strengths again`() throws {
  let sheet = CompoundingSheet(
    [
      .init(try part("morphine", "10 mg/mL"), from: try q("25 mg/mL"), vial: try q("20 mL")),
      .init(try part("bupivacaine", "5 mg/mL"), from: try q("30 mg/mL")),
      .init(
        try part("clonidine", "100 mcg/mL", .micrograms), from: try q("500 mcg/mL"), vial: try q("10 mL")),
    ], total: try q("43 mL"))
  #expect(sheet.lines.map { $0.stockVolume.exactValue(in: .milliliters) } == [17.2, 7.17, 8.6])
  #expect(sheet.diluent == (try q("10.03 mL")))
  #expect(sheet.lines.map(\.vials) == [1, nil, 1])
  #expect(sheet.lines[0].leftover == (try q("2.8 mL")))
  #expect(sheet.lines[0].actual == (try q("10 mg/mL")))
  #expect(rounded(sheet.lines[1].actual.exactValue(in: .milligramsPerMilliliter), 4) == 5.0023)
  // Mass balance: what is drawn is what is in the bag.
  for line in sheet.lines { #expect(line.actual * sheet.total == line.ingredient.stock * line.stockVolume) }
}

@Test func `the recipe of the Archimedes manual`() throws {
  // 35 mL at 1 mL/day with 2.5 mg/day from 10 mg/mL: 8.75 mL and 26.25 mL of saline.
  let sheet = CompoundingSheet(
    [.init(try part("morphine", "2.5 mg/mL"), from: try q("10 mg/mL"))], total: try q("35 mL"))
  #expect(sheet.lines[0].stockVolume == (try q("8.75 mL")))
  #expect(sheet.diluent == (try q("26.25 mL")))
}

@Test func `stocks that do not fit are refused with strengths that do`() throws {
  let sheet = CompoundingSheet(
    [.init(try part("morphine", "20 mg/mL"), from: try q("10 mg/mL"))], total: try q("20 mL"))
  #expect(sheet.answer.status == .blocked && sheet.answer.codes.contains("NEGATIVE_DILUENT"))
  #expect(sheet.answer.message.contains("morphine 10 mg/mL"))
  #expect(sheet.answer.records("drugs").isEmpty)
  let back = CompoundingSheet(
    [.init(try part("morphine", "10 mg/mL"), from: try q("10 mg/mL"))], total: try q("20 mL"))
  #expect(back.answer.status != .blocked)
}

@Test func `a mixture keeps as long as exactly that mixture was shown to keep`() throws {
  func days(_ parts: [Admixture.Part]) throws -> PumpAnswer {
    Admixture(device: testPump(), parts: parts, primary: 0, doses: (try q("1 mg/day"), .zero)).answer
  }
  #expect(try days(triple()).number("stability_days") == 90)
  let pair = try days(Array(triple().prefix(2)))  // shown in glass only
  #expect(pair.number("stability_days") == nil && pair.codes.contains("STABILITY_UNKNOWN"))
}

@Test func `a pump with strokes says what it makes of a flow`() throws {
  let pump = try #require(PumpDevice(named: "Prometra II"))
  let even = Admixture(
    device: pump, parts: [try part("morphine", "10 mg/mL")], primary: 0, doses: (try q("4 mg/day"), .zero))
  #expect(!even.answer.codes.contains("STROKE_ROUNDING"))  // 0.4 mL = 160 strokes
  let odd = Admixture(
    device: pump, parts: [try part("morphine", "10 mg/mL")], primary: 0, doses: (try q("4.01 mg/day"), .zero))
  #expect(odd.answer.message.contains("160.4 strokes a day; 160 give 0.4 mL/day"))
}
