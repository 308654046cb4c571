import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func interval(_ medicine: Medicine) -> [Finding] {
  rules.check(medicine).filter { $0.place?.field == "frequency" }
}

@Test(arguments: [1, 2, 3, 4, 6, 8] as [ExactNumber]) func `up to eight doses a day by mouth are a regimen`(
  times: ExactNumber
) {
  #expect(interval(taken("morphine", 10, times: times)).isEmpty)
}

@Test(
  arguments: [
    (12, 12), (24, 24), (10, 24), (40, 6), (9, nil), (11, nil), (16, nil), (60, 4),
  ] as [(ExactNumber, ExactNumber?)])
func `more are none, and the interval that was meant is offered where one fits`(
  times: ExactNumber, meant: ExactNumber?
) throws {
  let found = interval(taken("morphine", 1, times: times, line: 3))
  #expect(found.topics == [meant == nil ? .tooManyDoses : .tooManyDosesMeant])
  #expect(found[0].evidence == [.number(times)] + (meant.map { [.number($0)] } ?? []))
  #expect(found[0].severity == .blocked && found[0].code == .typoSuspected)
  #expect(found[0].place == Place(line: 3, field: "frequency"))
}

@Test(arguments: [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 84, 96, 168] as [ExactNumber])
func `intervals that clinics use are not questioned`(hours: ExactNumber) {
  #expect(interval(taken("hydromorphone", 1, times: 24 / hours, by: .intravenous)).isEmpty)
}

@Test(
  arguments: [
    (ExactNumber(60), ExactNumber(6)), (80, 8), (40, 4), (0.6, 6), (0.8, 8), (2.4, 24), (30, 3), (16.8, 168),
  ] as [(ExactNumber, ExactNumber)])
func `an interval that lost or gained a digit is a slip`(hours: ExactNumber, meant: ExactNumber) {
  let found = interval(taken("hydromorphone", 1, times: 24 / hours, by: .intravenous))
  #expect(found.topics == [.unusualIntervalMeant] && found[0].evidence == [.number(hours), .number(meant)])
  #expect(found[0].severity == .blocked)
}

@Test(arguments: [5, 7, 9, 36, 100, 200] as [ExactNumber])
func `another interval is asked about, and no more`(hours: ExactNumber) {
  let found = interval(taken("hydromorphone", 1, times: 24 / hours, by: .intravenous))
  #expect(
    found.topics == [.unusualInterval] && found[0].severity == .review
      && found[0].evidence == [.number(hours)])
}

@Test func `what is given evenly has no interval`() {
  #expect(rules.check(patch("fentanyl", 25)).isEmpty)
  #expect(rules.check(infused("morphine", 10, .milligramsPerDay, by: .subcutaneous)).isEmpty)
}

@Test func `a drug or a route without a window is not questioned about its amount`() {
  #expect(rules.check(taken("exampline", 1_000_000)).isEmpty)
  #expect(rules.check(taken("morphine", 1_000_000, by: .rectal)).isEmpty)
}

@Test func `every route has a place of its own in the tables`() throws {
  for route in AdministrationRoute.allCases {
    let window = Formulary.embedded.drug(named: "morphine")?.window(route)
    #expect(try (use("morphine").window(route) == nil) == (window == nil), "\(route)")
  }
}

@Test(
  arguments: [
    (taken("morphine", 15, times: 4), ExactNumber(60), "mg/day"),
    (taken("morphine", 70, times: ExactNumber(1, over: 7)), 10, "mg/day"),
    (patch("fentanyl", 25), 25, "mcg/h"),
    (infused("fentanyl", 25, .microgramsPerHour, by: .intravenous), 0.6, "mg/day"),
    (infused("morphine", 1, .milligramsPerHour, by: .intrathecal), 24, "mg/day"),
  ] as [(Medicine, ExactNumber, String)])
func `a daily amount is counted as the tables of its route count`(
  medicine: Medicine, value: ExactNumber, unit: String
) {
  let amount = DailyAmount(of: medicine)
  #expect(amount.value == value && amount.unit == unit && amount.evidence == .amount(value, unit))
}
