import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalConversion

/// The worked rows that the project promises, each computed by hand: noncancer, 30 days on the dose.
@Test func `morphine 60 mg twice a day gives 0.4 mg a day and needs no review`() throws {
  let result = try convert([oral("morphine", 60, 2)])
  #expect(result.status == .ok && result.codes.isEmpty)
  #expect(result.equivalent == 120 && result.oralMilligramsPerDay == 120)
  #expect(result.estimate == 0.4 && result.start == DoseRate(0.4, .milligramsPerDay))
  #expect(result.low == 0.4 && result.high == 2.4)  // 120 / 300 and, by the French label, 120 / 50
  #expect(result.limit == DoseRate(20, .milligramsPerDay) && result.opioidClass == .tolerant)
}

@Test func `oxycodone 20 mg every 6 h starts at half of the estimate`() throws {
  let result = try convert([oral("oxycodone", 20, 4)])
  #expect(result.equivalent == 120 && result.estimate == 0.4)
  #expect(result.start == DoseRate(0.2, .milligramsPerDay))
  #expect(result.status == .review && result.codes.codes == [.crossTolerance])
}

@Test func `two opioids add up, and the start is rounded down`() throws {
  let result = try convert([oral("morphine", 60, 2), oral("hydromorphone", 4, 4)])
  #expect(result.equivalent == 200)
  #expect(result.estimate?.rounded(toSignificantDigits: 3) == 0.667)
  #expect(result.start == DoseRate(0.333, .milligramsPerDay) && result.status == .review)
}

@Test func `a small dose without tolerance stays below the first-day cap`() throws {
  let result = try convert([oral("morphine", 10, 2)])
  #expect(result.estimate?.rounded(toSignificantDigits: 3) == 0.0667)
  #expect(result.opioidClass == .notTolerant && result.start == DoseRate(0.0666, .milligramsPerDay))
}

@Test func `a patch counts per hour worn`() throws {
  let patch = Medicine(
    drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(100, .microgramsPerHour)))
  let result = try convert([patch])
  #expect(result.equivalent == 240)  // 720 would be the factor of the patch supplied
  #expect(result.start == DoseRate(0.4, .milligramsPerDay))
}

@Test func `methadone has an equivalent and no dose`() throws {
  let result = try convert([oral("methadone", 20, 3)])
  #expect(result.equivalent == 282 && result.status == .blocked && result.codes.contains(.noConversion))
  #expect(result.estimate == nil && result.low == nil && result.start == nil)
}

@Test func `buprenorphine has neither in the table of 2022`() throws {
  let medicine = Medicine(drug: "buprenorphine", route: .sublingual, amount: doses(16, 1))
  let result = try convert([medicine])
  #expect(result.equivalent == nil && result.status == .blocked && result.codes.contains(.noConversion))
}

@Test(arguments: [(ExactNumber?.none, ExactNumber?.none), (6, 100), (9, 50), (8, 100)])
func `baclofen starts from its screening bolus alone`(effect: ExactNumber?, start: ExactNumber?) throws {
  var facts = Patient()
  if let effect { facts.screening = Screening(bolus: Mass(50, .micrograms), effect: Time(effect, .hours)) }
  let result = try convert([oral("baclofen", 20, 3)], to: "baclofen", facts)
  #expect(result.estimate == 200 && result.unit == .micrograms && result.low == 200 && result.high == 200)
  #expect(result.status == .review && result.codes.contains(.ruleOfThumb))
  #expect(result.start == start.map { DoseRate($0, .microgramsPerDay) })
  #expect(result.codes.contains(.screeningRequired) == (effect == nil))
}

@Test func `a screening without its length of effect is taken once`() throws {
  var facts = Patient()
  facts.screening = Screening(bolus: Mass(75, .micrograms))
  let result = try convert([oral("baclofen", 20, 3)], to: "baclofen", facts)
  #expect(result.start == DoseRate(75, .microgramsPerDay) && result.status == .review)
}

@Test func `no response, or a bolus above the protocol, blocks`() throws {
  var facts = Patient()
  facts.screening = Screening(bolus: Mass(150, .micrograms), effect: Time(6, .hours))
  #expect(try convert([oral("baclofen", 20, 3)], to: "baclofen", facts).codes.contains(.noResponse))
  facts.screening = Screening(bolus: Mass(100, .micrograms), effect: Time(6, .hours))
  facts.screeningResponse = false
  let result = try convert([oral("baclofen", 20, 3)], to: "baclofen", facts)
  #expect(result.status == .blocked && result.start == nil && result.estimate == nil)
}

@Test func `on the way back one milligram is twelve, never three hundred`() throws {
  let pump = Medicine(drug: "morphine", route: .intrathecal, amount: .rate(DoseRate(1, .milligramsPerDay)))
  let converter = try Converter()
  let result = converter.convert(ConversionRequest(medicines: [pump], target: "morphine", targetRoute: .oral))
  #expect(result.estimate == 12 && result.status == .review && result.ratioTable == "sylvester_2004")
  #expect(result.findings.all.contains { $0.isAbout(ConversionTopic.oralMonitoring) })
}

/// MME by table for one regimen. Source: the tables themselves, multiplied out by hand.
let spread: [(String, [String: ExactNumber?])] = [
  (
    "methadone",
    ["cdc_2022": 282, "cdc_2017": 600, "cdc_2014_cms": 180, "anzca_fpm_2021": nil, "uk_2025": nil]
  ),
  (
    "fentanyl",
    ["cdc_2022": 240, "cdc_2017": 240, "cdc_2014_cms": 240, "anzca_fpm_2021": 300, "uk_2025": 240]
  ),
  (
    "hydromorphone",
    ["cdc_2022": 120, "cdc_2017": 96, "cdc_2014_cms": 96, "anzca_fpm_2021": 120, "uk_2025": 120]
  ),
  ("tramadol", ["cdc_2022": 80, "cdc_2017": 40, "cdc_2014_cms": 40, "anzca_fpm_2021": 80, "uk_2025": 40]),
  (
    "tapentadol",
    ["cdc_2022": 160, "cdc_2017": 160, "cdc_2014_cms": 160, "anzca_fpm_2021": 120, "uk_2025": 160]
  ),
  (
    "buprenorphine",
    ["cdc_2022": nil, "cdc_2017": nil, "cdc_2014_cms": 160, "anzca_fpm_2021": 640, "uk_2025": 640]
  ),
  ("codeine", ["cdc_2022": 36, "cdc_2017": 36, "cdc_2014_cms": 36, "anzca_fpm_2021": 31.2, "uk_2025": 24]),
]

@Test(arguments: spread) func `tables differ by as much as they differ`(
  drug: String, expected: [String: ExactNumber?]
) throws {
  let medicines = [
    "methadone": oral("methadone", 60, 1), "hydromorphone": oral("hydromorphone", 24, 1),
    "tramadol": oral("tramadol", 400, 1), "tapentadol": oral("tapentadol", 400, 1),
    "codeine": oral("codeine", 240, 1),
    "fentanyl": Medicine(
      drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(100, .microgramsPerHour))),
    "buprenorphine": Medicine(drug: "buprenorphine", route: .sublingual, amount: doses(16, 1)),
  ]
  for (table, value) in expected {
    let converter = try Converter(equivalentTable: table)
    let result = converter.convert(
      ConversionRequest(medicines: [try #require(medicines[drug])], target: "morphine"))
    #expect(result.equivalent == value, "\(table)")
  }
}

@Test(
  arguments: [
    ("krames_1996", 120, 0.4), ("huntsman_2021", 120, 1.2), ("krames_1996", 300, 1.0),
    ("kuopio_100", 120, 1.2),
  ] as [(String, ExactNumber, ExactNumber)])
func `a chosen ratio table makes the estimate, and never the start`(
  table: String, daily: ExactNumber, estimate: ExactNumber
) throws {
  var facts = Patient()
  facts.opioidDays = 30
  facts.indication = .cancer
  let converter = try Converter(ratioTable: table)
  let result = converter.convert(
    ConversionRequest(medicines: [oral("morphine", daily, 1)], target: "morphine", patient: facts))
  #expect(result.estimate == estimate)
  #expect((result.start ?? .zero) <= DoseRate(daily / 300, .milligramsPerDay))
}

func doses(_ milligrams: ExactNumber, _ times: ExactNumber) -> Amount {
  .doses(Mass(milligrams, .milligrams), Frequency(timesPerDay: times))
}

func oral(_ drug: String, _ milligrams: ExactNumber, _ times: ExactNumber) -> Medicine {
  Medicine(drug: drug, route: .oral, amount: doses(milligrams, times))
}

/// Converts by the default tables for noncancer pain after 30 days on the dose.
func convert(_ medicines: [Medicine], to target: String = "morphine", _ facts: Patient = Patient())
  throws -> Conversion
{
  var facts = facts
  facts.opioidDays = facts.opioidDays ?? 30
  return try Converter().convert(
    ConversionRequest(medicines: medicines, target: target, patient: facts), explaining: true)
}
