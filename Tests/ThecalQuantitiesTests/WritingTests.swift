import Testing

@testable import ThecalQuantities

@Test(
  arguments: [
    (ExactNumber(0), "0"), (0.5, "0.5"), (999, "999"), (1_000, "1,000"), (10_000, "10,000"),
    (100_000, "100,000"), (1_000_000, "1,000,000"),
    (1_234.5, "1,234.5"), (0.0001, "0.0001"), (-0.5, "-0.5"), (-999, "-999"), (-1_234_567, "-1,234,567"),
    (12_345_678, "12,345,678"),
  ] as [(ExactNumber, String)])
func `a number has a zero before the point, commas by threes and its sign`(number: ExactNumber, text: String)
{
  #expect(ClinicalText.number(number) == text)
}

@Test(
  arguments: [
    (ExactNumber(1), "1 mg"), (1.001, "1.001 mg"), (0.9999, "999.9 mcg"), (0.001, "1 mcg"),
    (1_500, "1,500 mg"),
    (0.0005, "0.5 mcg"), (0, "0 mcg"), (2, "2 mg"),
  ] as [(ExactNumber, String)])
func `a mass is in milligrams from one milligram on and in micrograms below`(
  milligrams: ExactNumber, text: String
) {
  #expect(ClinicalText.mass(Mass(milligrams, .milligrams)) == text)
}

@Test func `a quantity has a space before its unit and none where it has no unit`() {
  #expect(ClinicalText.quantity(Flow(0.4, .millilitersPerDay), in: .millilitersPerDay) == "0.4 mL/day")
  #expect(
    ClinicalText.quantity(Ratio(0.145, .one), in: .percent) == "14.5 %"
      && ClinicalText.quantity(Ratio(0.34, .one), in: .one) == "0.34")
  #expect(ClinicalText.quantity(Volume(12.34567, .milliliters), in: .milliliters) == "12.35 mL")
  #expect(ClinicalText.quantity(Volume(12.34567, .milliliters), in: .milliliters, digits: 6) == "12.3457 mL")
}

@Test(arguments: [
  (DoseUnit.milligrams, "mg", "mg/day"), (.micrograms, "mcg", "mcg/day"), (.nanograms, "ng", "ng/day"),
])
func `a drug is spoken of in its own unit, as mass, rate and strength`(
  unit: DoseUnit, mass: String, daily: String
) throws {
  #expect(
    unit.daily == daily && unit.mass.symbol == mass && unit.concentration.symbol == "\(mass)/mL"
      && unit.dailyDose.symbol == daily)
  #expect(
    unit.text(unit.rate(0.12345)) == "0.1235 \(daily)" && unit.text(Mass(1_500, unit.mass)) == "1,500 \(mass)"
  )
  #expect(unit.text(Concentration(25, unit.concentration)) == "25 \(mass)/mL")
  #expect(unit.perDay(unit.rate(3.7)) == 3.7 && unit.rate(2).exactValue(in: unit.dailyDose) == 2)
  #expect(DoseUnit(rawValue: mass) == unit)
}

@Test func `no text of the style has a naked point, a trailing zero or a bare mu`() {
  var random = SplitMix(state: 47)
  for _ in 0..<2_000 {
    let number = random.fraction().rounded(toSignificantDigits: 4)
    let text = ClinicalText.number(number)
    #expect(!text.hasPrefix(".") && !text.hasPrefix("-.") && !text.hasSuffix("."))
    #expect(!(text.contains(".") && text.hasSuffix("0")))
    #expect(ExactNumber(decimal: text.filter { $0 != "," }) == number)
    for group in text.drop(while: { $0 == "-" }).prefix(while: { $0 != "." }).split(separator: ",")
      .dropFirst()
    { #expect(group.count == 3) }
  }
  for unit in MassDimension.units.map(\.symbol) + DoseRateDimension.units.map(\.symbol)
    + ConcentrationDimension.units.map(\.symbol)
  {
    #expect(!unit.contains("µ") && !unit.contains("ug") && !unit.contains("cc"))
  }
}

@Test(arguments: [
  ("2026-01-01", 20_454), ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017),
  ("1900-01-01", -25_567), ("2200-12-31", 84_370),
  (" 2026-06-30 ", 20_634),
])
func `a date is a number of days`(text: String, number: Int) throws {
  let date = try CalendarDate(reading: text)
  #expect(date.dayNumber == number && CalendarDate(dayNumber: number).text == text.trimmed)
}

@Test(arguments: [
  ("1899-12-31", CalendarDate.Problem.outOfRange), ("2201-01-01", .outOfRange), ("2026-02-29", .impossible),
  ("1900-02-29", .impossible),
  ("2026-04-31", .impossible), ("2026-00-10", .impossible), ("2026-13-01", .impossible),
  ("2026-01-00", .impossible), ("2100-02-29", .impossible),
])
func `a day that is none, or lies too far away, is refused with the reason`(
  text: String, problem: CalendarDate.Problem
) {
  #expect(throws: problem) { try CalendarDate(reading: text) }
}

@Test func `every fourth year has a leap day but three centuries in four`() throws {
  for year in [1904, 1996, 2000, 2024, 2028, 2196] {
    #expect(CalendarDate(year: year, month: 2, day: 29) != nil, "\(year)")
  }
  for year in [1900, 1999, 2026, 2100, 2200] {
    #expect(CalendarDate(year: year, month: 2, day: 29) == nil, "\(year)")
  }
  #expect(
    CalendarDate(year: 2026, month: 6, day: 31) == nil && CalendarDate(year: 2026, month: 12, day: 31) != nil)
}

@Test func `days add across months, years and clock changes`() throws {
  let day = try CalendarDate(reading: "2026-03-28")
  #expect(
    (day + 1).text == "2026-03-29" && (day + 2).text == "2026-03-30" && (day + 365).text == "2027-03-28"
      && (day + -28).text == "2026-02-28")
  #expect(
    try CalendarDate(reading: "2026-12-31") - CalendarDate(reading: "2026-01-01") == 364 && day < day + 1
      && !(day < day))
}

@Test func `a date of another form is answered with what it may mean`() {
  func explanation(_ text: String) -> String {
    do throws(CalendarDate.Problem) {
      _ = try CalendarDate(reading: text)
      return ""
    } catch {
      return error.explanation
    }
  }
  #expect(
    explanation("13/02/2024").contains("(2024-02-13?)")
      && explanation("01.02.2024").contains("2024-01-02 or 2024-02-01"))
  #expect(explanation("yesterday") == "is not a date of the form 2026-01-31")
  #expect(
    explanation("2026-02-30") == "is a day that does not exist"
      && explanation("1850-01-01").contains("1900 to 2200"))
}

private let schedule = DeliverySchedule(
  rates: [
    .init(start: .zero, rate: DoseRate(24, .milligramsPerDay)), .init(start: Time(10, .hours), rate: .zero),
    .init(start: Time(20, .hours), rate: DoseRate(48, .milligramsPerDay)),
  ],
  boluses: [
    .init(time: Time(5, .hours), mass: Mass(2, .milligrams)),
    .init(time: Time(5, .hours), mass: Mass(1, .milligrams), volume: Volume(1, .milliliters)),
  ])

@Test(
  arguments: [(ExactNumber(0), ExactNumber(24)), (9.99, 24), (10, 0), (19.99, 0), (20, 48), (1_000, 48)]
    as [(ExactNumber, ExactNumber)])
func `a rate holds from its start until the next`(hours: ExactNumber, rate: ExactNumber) {
  #expect(schedule.rate(at: Time(hours, .hours)) == DoseRate(rate, .milligramsPerDay))
}

@Test(
  arguments: [
    (ExactNumber(0), ExactNumber(0)), (4.9, 4.9), (5, 8), (10, 13), (15, 13), (20, 13), (22, 17),
  ] as [(ExactNumber, ExactNumber)])
func `what was given counts a bolus from its instant on`(hours: ExactNumber, milligrams: ExactNumber) {
  #expect(schedule.delivered(through: Time(hours, .hours)) == Mass(milligrams, .milligrams))
}

@Test func `before the first rate nothing runs`() {
  let late = DeliverySchedule(rates: [.init(start: Time(2, .hours), rate: DoseRate(1, .milligramsPerDay))])
  #expect(late.rate(at: Time(1, .hours)) == .zero && late.delivered(through: Time(2, .hours)) == .zero)
  #expect(DeliverySchedule(rates: []).delivered(through: Time(9, .hours)) == .zero)
}

@Test(arguments: DoseUnit.allCases)
func `a daily dose goes into its unit and back`(unit: DoseUnit) {
  let dose = unit.rate(0.75)
  #expect(unit.perDay(dose) == 0.75 && dose == DoseRate(0.75, unit.dailyDose))
  #expect(unit.text(dose) == "0.75 \(unit.rawValue)/day" && unit.daily == "\(unit.rawValue)/day")
  #expect(unit.text(Mass(2, unit.mass)) == "2 \(unit.rawValue)")
  #expect(unit.text(Concentration(25, unit.concentration)) == "25 \(unit.rawValue)/mL")
}
