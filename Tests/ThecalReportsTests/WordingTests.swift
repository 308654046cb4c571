import Testing
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

@testable import ThecalReports

private let bases: [(StartBasis.Origin, [StartBasis.Reduction], String)] = [
  (.ratio(300, table: "leaflet_300", potency: nil), [], "ratio 300 of leaflet_300"),
  (
    .ratio(300, table: "leaflet_300", potency: 6), [],
    "ratio 300 of leaflet_300 / 6 (morphine to hydromorphone)"
  ),
  (
    .ratio(300, table: "leaflet_300", potency: nil), [.crossTolerance(0.5)],
    "ratio 300 of leaflet_300 x 0.5 cross-tolerance"
  ),
  (
    .ratio(300, table: "leaflet_300", potency: nil), [.crossTolerance(0.5), .risk(0.5)],
    "ratio 300 of leaflet_300 x 0.5 cross-tolerance x 0.5 risk"
  ),
  (.ceiling(.label, 10), [], "label maximum for the class 10"),
  (.ceiling(.firstDay, 0.2), [.risk(0.5)], "first-day cap without tolerance 0.2 x 0.5 risk"),
  (.ceiling(.consensus("consensus_2012", verified: true), 1.2), [], "consensus 2012 maximum 1.2"),
  (.ceiling(.consensus("consensus", verified: false), 0.5), [], "unverified consensus ceiling 0.5"),
  (.screening(2), [], "screening bolus x 2"),
]

@Test(arguments: bases.indices) func `a start says what made it as low as it is`(index: Int) {
  var basis = StartBasis(bases[index].0)
  basis.reductions = bases[index].1
  #expect(basis.text == bases[index].2 && ClinicalWording().text(basis) == bases[index].2)
}

private let evidence: [(Evidence, String)] = [
  (.number(1_234.5678), "1,235"), (.number(0.00012345), "0.0001235"), (.amount(0.2, "mg/day"), "0.2 mg/day"),
  (.amount(5, ""), "5"), (.amount(5, "1"), "5"),
  (.dose(DoseRate(0.4, .milligramsPerDay), .milligrams), "0.4 mg/day"),
  (.dose(DoseRate(0.4, .milligramsPerDay), .micrograms), "400 mcg/day"),
  (.mass(Mass(1, .milligrams), nil), "1 mg"), (.mass(Mass(0.5, .milligrams), nil), "500 mcg"),
  (.mass(Mass(0.5, .milligrams), .milligrams), "0.5 mg"),
  (.strength(Concentration(2_000, .microgramsPerMilliliter), .micrograms), "2,000 mcg/mL"),
  (.volume(Volume(0.331, .milliliters)), "0.331 mL"),
  (.flow(Flow(0.048, .millilitersPerDay)), "0.048 mL/day"), (.share(Ratio(0.145, .one)), "14.5 %"),
  (.length(Length(60, .centimeters)), "60 cm"),
  (.time(Time(90, .minutes)), "90 min"), (.time(Time(119, .minutes)), "119 min"),
  (.time(Time(2, .hours)), "2 h"), (.time(Time(47, .hours)), "47 h"),
  (.time(Time(2, .days)), "2 days"), (.time(Time(90, .days)), "90 days"),
  (.date(CalendarDate(dayNumber: 20_454)), "2026-01-01"),
  (.drug("hydromorphone"), "HYDROmorphone"), (.drug("exampline"), "exampline"), (.text("frail"), "frail"),
  (.slip(.milligramsForMicrograms, 400, "mcg/day"), "mg typed for mcg (400 mcg/day)"),
  (.text("a\u{1}b\u{200B}"), "aU+0001bU+200B"), (.text("zwei Wörter"), "zwei Wörter"),
  (.text("e\u{301}"), "e\u{301}"), (.range(12, 72, "h"), "12 to 72 h"), (.range(0.3, 0.3, "mg"), "0.3 mg"),
  (.range(1, 2, ""), "1 to 2"),
  (.list([.text("a"), .number(1)]), "a, 1"),
  (.either([.text("a"), .text("b")]), "a; or b"), (.list([]), ""),
]

@Test(arguments: evidence.indices) func `evidence is written in the style of the clinic`(index: Int) {
  #expect(EvidenceText.text(evidence[index].0) == evidence[index].1)
}

@Test func `every slip has a name of its own`() {
  #expect(
    Set(Slip.allCases.map(\.words)).count == Slip.allCases.count
      && Slip.allCases.allSatisfy { !$0.words.isEmpty })
}

private let values: [(AnswerValue, String)] = [
  (.number(0.4), "0.4"), (.number(1_234_567), "1234567"), (.text("a \"b\"\n"), #""a \"b\"\n""#),
  (.flag(true), "true"), (.flag(false), "false"),
  (.null, "null"), (.list([]), "[]"), (.list([.number(1), .null]), "[1,null]"),
  (.object([AnswerField("b", .number(1)), AnswerField("a", .text("x"))]), #"{"b":1,"a":"x"}"#),
]

@Test(arguments: values.indices) func `a value is JSON, its keys in the order given`(index: Int) {
  let answer = Answer(text: "", fields: [AnswerField("value", values[index].0)])
  #expect(
    answer.json.filter { $0 != "\n" && $0 != " " }
      == (#"{"status":"ok","codes":[],"message":"","sources":[],"value":"# + values[index].1 + "}").filter {
        $0 != " "
      })
}

@Test func `every answer begins with status, codes, message and sources`() {
  let answer = Answer(text: "t", status: .review, codes: [.age], message: "m", sources: ["s"], fields: [])
  #expect(
    answer.json.filter { $0 != "\n" } == #"{"status":"review","codes":["AGE"],"message":"m","sources":["s"]}"#
  )
}

@Test func `values read on a sheet as a person writes them`() {
  #expect(
    AnswerValue.null.sheetText == "-" && AnswerValue.flag(true).sheetText == "yes"
      && AnswerValue.number(1_234.56).sheetText == "1,235")
  #expect(AnswerValue.list([.number(1), .text("a")]).sheetText == "1, a")
  #expect(
    AnswerValue.parts(("flow_mL_per_day", .number(0.4)), ("none", .null)).sheetText == "flow 0.4 mL/day")
  #expect(
    AnswerValue.parts(
      ("drug", .text("baclofen")), ("stock_mL", .number(5)), ("step_percent", .number(10)),
      ("actual", .number(500)), ("unit", .text("mcg/mL"))
    ).sheetText == "drug baclofen; stock 5 mL; step 10 %; actual 500 mcg/mL")
  #expect(AnswerValue.maybe(nil) == .null && AnswerValue.maybe(2) == .number(2))
}
