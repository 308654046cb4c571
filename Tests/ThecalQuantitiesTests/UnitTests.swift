import Testing

@testable import ThecalQuantities

/// Each unit rebuilt from others by another route: a wrong factor must be wrong twice.
@Test func `units agree with each other by a second route`() {
  #expect(Mass(1, .grams) == Mass(1_000, .milligrams) && Mass(1, .milligrams) == Mass(1_000, .micrograms))
  #expect(Mass(1, .micrograms) == Mass(1_000, .nanograms))
  #expect(
    Volume(1, .liters) == Volume(1_000, .milliliters)
      && Volume(1, .milliliters) == Volume(1_000, .microliters))
  #expect(Time(1, .days) == Time(1_440, .minutes) && Time(1, .hours) == Time(3_600, .seconds))
  #expect(Time(1, .weeks) == Time(7, .days) && Time(4, .years) == Time(1_461, .days))
  #expect(Length(1, .meters) == Length(1_000, .millimeters))
  #expect(Area(1, .squareCentimeters) == Area(100, .squareMillimeters))
  #expect(Mass(1, .milligrams) / Volume(1, .milliliters) == Concentration(1, .milligramsPerMilliliter))
  #expect(Mass(1, .nanograms) / Volume(1, .milliliters) == Concentration(1, .nanogramsPerMilliliter))
  #expect(Mass(24, .milligrams) / Time(1, .days) == DoseRate(1, .milligramsPerHour))
  #expect(Mass(1, .micrograms) / Time(1, .minutes) == DoseRate(1, .microgramsPerMinute))
  #expect(DoseRate(1, .gramsPerDay) == DoseRate(1_000, .milligramsPerDay))
  #expect(Volume(24, .milliliters) / Time(1, .days) == Flow(1, .millilitersPerHour))
  #expect(Volume(1, .liters) / Time(1, .hours) == Flow(1, .litersPerHour))
  #expect(Flow(1, .millilitersPerMinute) == Flow(1_440, .millilitersPerDay))
  #expect(RateConstant(1, .perSecond) == RateConstant(60, .perMinute))
  #expect(RateConstant(1, .perHour) == RateConstant(24, .perDay))
  #expect(Diffusivity(100, .squareMillimetersPerSecond) == Diffusivity(1, .squareCentimetersPerSecond))
}

@Test func `every unit reads back under every spelling`() throws {
  try check(MassDimension.self)
  try check(VolumeDimension.self)
  try check(TimeDimension.self)
  try check(ConcentrationDimension.self)
  try check(DoseRateDimension.self)
  try check(FlowDimension.self)
  try check(RateConstantDimension.self)
  try check(DiffusivityDimension.self)
  func check<D: Dimension>(_: D.Type) throws {
    for unit in D.units {
      for spelling in [unit.symbol] + unit.aliases where !spelling.isEmpty {
        #expect(try Quantity<D>(reading: "1 \(spelling)") == Quantity<D>(1, unit), "\(spelling)")
      }
    }
    #expect(throws: Never.self) { try Quantity<D>(reading: D.example) }
  }
}

@Test func `no spelling belongs to two units of a dimension`() {
  func check<D: Dimension>(_: D.Type) {
    let all = D.units.flatMap { Set([normalizedUnit($0.symbol)] + $0.aliases.map(normalizedUnit)) }
    #expect(Set(all).count == all.count, "\(D.name): \(all.filter { s in all.filter { $0 == s }.count > 1 })")
  }
  check(MassDimension.self)
  check(TimeDimension.self)
  check(ConcentrationDimension.self)
  check(DoseRateDimension.self)
  check(FlowDimension.self)
}

@Test func `clinical text follows the ISMP style`() {
  #expect(ClinicalText.quantity(Mass(0.5, .milligrams), in: .milligrams) == "0.5 mg")
  #expect(ClinicalText.quantity(Mass(1_500, .micrograms), in: .micrograms) == "1,500 mcg")
  #expect(
    ClinicalText.quantity(DoseRate(ExactNumber(2, over: 3), .milligramsPerDay), in: .milligramsPerDay)
      == "0.6667 mg/day")
  #expect(ClinicalText.number(1_234_567.5) == "1,234,567.5" && ClinicalText.number(-1_000) == "-1,000")
  #expect(ClinicalText.mass(Mass(0.0005, .milligrams)) == "0.5 mcg")
}

@Test func `dates count civil days from 1900 through 2200`() throws {
  var date = try #require(CalendarDate(year: 1900, month: 1, day: 1))
  let last = try #require(CalendarDate(year: 2200, month: 12, day: 31))
  var previous = (0, 0, 0)
  while date <= last {
    let (y, m, d) = date.components
    #expect((y, m, d) > previous)
    #expect(CalendarDate(year: y, month: m, day: d) == date)
    previous = (y, m, d)
    date = date + 1
  }
  #expect(try CalendarDate(reading: "2026-01-01") + 95 == CalendarDate(reading: "2026-04-06"))
  #expect(try CalendarDate(reading: "2000-02-29").text == "2000-02-29")
  #expect(CalendarDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
}

@Test(arguments: [
  "31 Feb", "2026-02-30", "1900-02-29", "01/02/2024", "2026-1-1", "26-01-01", "0000-01-01", "2201-01-01", "",
  "2026-13-01",
])
func `impossible and ambiguous dates are refused`(text: String) {
  #expect(throws: CalendarDate.Problem.self) { try CalendarDate(reading: text) }
}

@Test func `a slashed date is refused with its two readings`() {
  do { _ = try CalendarDate(reading: "01/02/2024") } catch {
    #expect(error.explanation.contains("2024-01-02 or 2024-02-01"))
  }
}

@Test(arguments: [
  "01/02/9223372036854775807", "01.02.9223372036854775807", "9223372036854775807/1/2024",
  "1/9223372036854775807/2024",
  "01/02/20240", "01/02/-9223372036854775808",
])
func `a date with a year beyond all calendars is refused without readings`(text: String) {
  #expect(throws: CalendarDate.Problem.malformed(hint: "")) { try CalendarDate(reading: text) }
  #expect(
    CalendarDate(year: .max, month: 1, day: 1) == nil && CalendarDate(year: .min, month: 1, day: 1) == nil)
}

@Test func `a schedule delivers the sum of its parts`() {
  let schedule = DeliverySchedule(
    rates: [
      .init(start: Time(1, .days), rate: DoseRate(2, .milligramsPerDay)),
      .init(start: .zero, rate: DoseRate(1, .milligramsPerDay)),
    ],
    boluses: [.init(time: Time(36, .hours), mass: Mass(0.5, .milligrams))])
  #expect(schedule.delivered(through: Time(1, .days)) == Mass(1, .milligrams))
  #expect(schedule.delivered(through: Time(2, .days)) == Mass(3.5, .milligrams))
  #expect(schedule.rate(at: Time(30, .hours)) == DoseRate(2, .milligramsPerDay))
}
