import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalConversion

/// A start with every step done by hand, in thousandths of the unit.
struct StartCase: Sendable {
  let drug: String
  let daily: ExactNumber
  let target: String
  let days: ExactNumber
  let risk: Bool
  /// Milligrams a day.
  let start: ExactNumber
}

/// Factors: oxycodone 1.5, hydromorphone 5, morphine 1 (`cdc_2022`); ratio 300; hydromorphone = morphine / 6;
/// first-day cap 0.2 (hydromorphone 0.04); x 0.5 for another opioid; x 0.5 for risk.
let starts = [
  // 120 / 300 = 0.4; without tolerance the cap of 0.2; x 0.5 each
  StartCase(drug: "morphine", daily: 120, target: "morphine", days: 30, risk: false, start: 0.4),
  StartCase(drug: "morphine", daily: 120, target: "morphine", days: 30, risk: true, start: 0.2),
  StartCase(drug: "morphine", daily: 120, target: "morphine", days: 3, risk: false, start: 0.2),
  StartCase(drug: "morphine", daily: 120, target: "morphine", days: 3, risk: true, start: 0.1),
  // 80 x 1.5 / 300 = 0.4; x 0.5
  StartCase(drug: "oxycodone", daily: 80, target: "morphine", days: 30, risk: false, start: 0.2),
  StartCase(drug: "oxycodone", daily: 80, target: "morphine", days: 30, risk: true, start: 0.1),
  // the halved ratio meets the cap: min(0.2, 0.2), and risk halves the result
  StartCase(drug: "oxycodone", daily: 80, target: "morphine", days: 3, risk: false, start: 0.2),
  StartCase(drug: "oxycodone", daily: 80, target: "morphine", days: 3, risk: true, start: 0.1),
  // above the cap the cap holds: 100 x 1.5 / 300 x 0.5 = 0.25, then 0.2
  StartCase(drug: "oxycodone", daily: 100, target: "morphine", days: 3, risk: false, start: 0.2),
  StartCase(drug: "oxycodone", daily: 100, target: "morphine", days: 3, risk: true, start: 0.1),
  // 59 < 60: not tolerant, but 59 / 300 = 0.19666 lies below the cap; rounded down
  StartCase(drug: "morphine", daily: 59, target: "morphine", days: 30, risk: false, start: 0.196),
  // 60 / 300 = 0.2, tolerant at the border
  StartCase(drug: "morphine", daily: 60, target: "morphine", days: 30, risk: false, start: 0.2),
  // oxycodone 29 < 30 mg and 43.5 < 60 MME: not tolerant; 43.5 / 300 = 0.145; x 0.5 = 0.0725
  StartCase(drug: "oxycodone", daily: 29, target: "morphine", days: 30, risk: false, start: 0.0725),
  // 120 / 300 / 6 = 0.06666; x 0.5 for morphine to hydromorphone = 0.03333
  StartCase(drug: "morphine", daily: 120, target: "hydromorphone", days: 30, risk: false, start: 0.0333),
  // hydromorphone 24 x 5 = 120: 0.06666, the same drug: no cross-tolerance
  StartCase(drug: "hydromorphone", daily: 24, target: "hydromorphone", days: 30, risk: false, start: 0.0666),
  // not tolerant: 0.06666, the cap of 0.04 nobody has verified; it may lower
  StartCase(drug: "hydromorphone", daily: 24, target: "hydromorphone", days: 3, risk: false, start: 0.04),
  // 1,500 / 300 = 5 = the French guideline; 0.5 by the consensus that nobody has verified
  StartCase(drug: "morphine", daily: 1_000, target: "morphine", days: 30, risk: false, start: 0.5),
  // min(1,000 x 1.5 / 300 x 0.5, 0.5) = 0.5, and risk halves the result: 0.25; the ceiling swallows nothing
  StartCase(drug: "oxycodone", daily: 400, target: "morphine", days: 30, risk: false, start: 0.5),
  StartCase(drug: "oxycodone", daily: 400, target: "morphine", days: 30, risk: true, start: 0.25),
  StartCase(drug: "morphine", daily: 600, target: "morphine", days: 30, risk: false, start: 0.5),
  StartCase(drug: "morphine", daily: 600, target: "morphine", days: 30, risk: true, start: 0.25),
  // 200 / 300 = 0.6666; x 0.5 for oxycodone = 0.3333, below the unverified 0.5
  StartCase(drug: "hydromorphone", daily: 40, target: "morphine", days: 30, risk: false, start: 0.333),
]

@Test(arguments: starts) func `a start is what paper and pencil give`(example: StartCase) throws {
  var patient = Patient()
  patient.opioidDays = example.days
  patient.frail = example.risk
  let result = try convert([oral(example.drug, example.daily, 1)], to: example.target, patient)
  #expect(
    result.start == DoseRate(example.start, .milligramsPerDay), "\(String(describing: result.startBasis))")
  #expect(result.codes.contains(.crossTolerance) == (example.drug != example.target))
  #expect(result.codes.contains(.reducedForRisk) == example.risk)
}

@Test func `several reasons for caution halve once`() throws {
  var patient = Patient()
  (patient.frail, patient.sleepApnea, patient.cnsDepressants, patient.ageYears) = (true, true, true, 90)
  #expect(try convert([oral("morphine", 60, 2)], patient).start == DoseRate(0.2, .milligramsPerDay))
}

@Test func `an unverified ceiling lowers a start, says so, and asks for a review`() throws {
  let result = try convert([oral("morphine", 300, 1)])  // 300 / 300 = 1 by what is verified
  #expect(result.start == DoseRate(0.5, .milligramsPerDay) && result.status == .review)
  #expect(
    result.codes.codes == [.unverifiedSource]
      && result.startBasis?.origin == .ceiling(.consensus("consensus", verified: false), 0.5))
  let below = try convert([oral("morphine", 150, 1)])  // 0.5 exactly: the ceiling does not act
  #expect(below.start == DoseRate(0.5, .milligramsPerDay) && below.status == .ok)
}

@Test(arguments: ["cdc_2022", "cdc_2017", "cdc_2014_cms", "anzca_fpm_2021", "uk_2025"])
func `no table raises a start above what verified figures allow`(table: String) throws {
  for ratio in [
    "leaflet_300", "krames_1996", "huntsman_2021", "kuopio_100", "mascc_100", "label_fr", "japan_2023",
  ] {
    let converter = try Converter(equivalentTable: table, ratioTable: ratio)
    for daily in [30, 120, 600, 1_000] as [ExactNumber] {
      var patient = Patient()
      (patient.opioidDays, patient.indication) = (30, .cancer)
      let result = converter.convert(
        ConversionRequest(medicines: [oral("morphine", daily, 1)], target: "morphine", patient: patient))
      let start = try #require(result.start)
      #expect(
        start <= DoseRate(daily / 300, .milligramsPerDay) && start <= DoseRate(10, .milligramsPerDay),
        "\(ratio)")
    }
  }
}

@Test func `rotation takes the end that gives the lower dose, both ways`() throws {
  let there = try convert([intrathecal("morphine", 0.6)], to: "hydromorphone")
  #expect(there.estimate == 0.1 && there.high == 0.3 && there.ratio == 6)  // 0.6 / 6, 0.6 / 2
  #expect(there.start == DoseRate(0.05, .milligramsPerDay))  // x 0.5
  let back = try convert([intrathecal("hydromorphone", 0.1)], to: "morphine")
  #expect(back.estimate == 0.2 && back.high == 0.6 && back.ratio == 2)  // 0.1 x 2, 0.1 x 6
  #expect(back.start == DoseRate(0.1, .milligramsPerDay))
  #expect(there.status == .review && back.status == .review)
  // There and back again never gives more than at the start.
  #expect((back.estimate ?? 1) * 3 <= 0.6)
}

@Test func `to hydromorphone the low end counts, and the range shows the rest`() throws {
  let result = try convert([oral("morphine", 180, 1)], to: "hydromorphone")
  #expect(result.estimate == 0.1 && result.low == 0.1)  // 180 / 300 / 6
  #expect(result.high == 1.8)  // 180 / 50 / 2
  #expect(result.codes.contains(.offLabel))
}

@Test func `the limit is compared with the estimate, at its border too`() throws {
  func codes(_ daily: ExactNumber) throws -> CodeSet {
    try convert([intrathecal("hydromorphone", daily)]).codes
  }
  #expect(try !codes(7.9).contains(.nearLimit) && !codes(7.9).contains(.overLimit))  // 15.8 < 16
  #expect(try codes(8).contains(.nearLimit))  // 16 = 0.8 x 20
  #expect(try codes(10).contains(.nearLimit) && !codes(10).contains(.overLimit))  // 20
  // Above the drug's own limit of 10 mg/day one slip explains the dose, and nothing is computed from it.
  #expect(try codes(10.1).contains(.typoSuspected) && !codes(10.1).contains(.overLimit))
}
