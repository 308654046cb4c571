import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalConversion

/// A slip of the pen: the medicine as typed, and the slip with what it would have meant.
let slips: [(Medicine, Evidence)] = [
  (
    Medicine(drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(1_200, .microgramsPerHour))),
    .slip(.perHourForPerDay, 50, "mcg/h")
  ),
  (oral("baclofen", 200, 3), .slip(.tenfold, 60, "mg/day")),
  (oral("hydromorphone", 400, 4), .slip(.tenfold, 160, "mg/day")),
  (oral("morphine", 0.06, 2), .slip(.microgramsForMilligrams, 120, "mg/day")),
  (oral("morphine", 6_000, 2), .slip(.milligramsForMicrograms, 12, "mg/day")),
  (intrathecal("morphine", 400), .slip(.milligramsForMicrograms, 0.4, "mg/day")),
  (intrathecal("baclofen", 100, .microgramsPerHour), .slip(.perHourForPerDay, 100, "mcg/day")),
  (oral("oxycodone", 300, 4), .slip(.dailyAsSingle, 300, "mg/day")),
]

@Test(arguments: slips) func `an odd amount names the slip that would explain it`(
  medicine: Medicine, slip: Evidence
) throws {
  let target = medicine.drug == "baclofen" ? "baclofen" : "morphine"
  let result = try convert([medicine], to: target)
  #expect(result.codes.contains(.unusualDose) != result.codes.contains(.implausibleDose))
  let named = result.findings.all.filter { $0.isAbout(DosingTopic.slipOfDose) }.flatMap(\.evidence)
  #expect(
    named.contains { if case .either(let slips) = $0 { slips.contains(slip) } else { false } }, "\(named)")
  #expect(result.status == .blocked && result.codes.contains(.typoSuspected) && result.start == nil)
}

@Test(arguments: [(60, 6), (80, 8), (120, 12), (40, 4)] as [(ExactNumber, ExactNumber)])
func `an interval with a zero too many is refused with the interval meant`(
  hours: ExactNumber, meant: ExactNumber
) throws {
  let frequency = Frequency(timesPerDay: ExactNumber(24) / hours)
  let medicine = Medicine(drug: "oxycodone", route: .oral, amount: .doses(Mass(20, .milligrams), frequency))
  let result = try convert([medicine])
  #expect(result.status == .blocked && result.codes.contains(.typoSuspected) && result.start == nil)
  let finding = try #require(result.findings.all.first { $0.isAbout(DosingTopic.unusualIntervalMeant) })
  #expect(finding.evidence == [.number(hours), .number(meant)])
}

@Test(arguments: [24, 12, 8, 6, 4, 3, 48, 72, 168] as [ExactNumber])
func `intervals in use raise no question`(hours: ExactNumber) throws {
  let frequency = Frequency(timesPerDay: ExactNumber(24) / hours)
  let medicine = Medicine(drug: "morphine", route: .oral, amount: .doses(Mass(60, .milligrams), frequency))
  #expect(try !convert([medicine]).codes.contains(.typoSuspected))
}

@Test func `an ordinary amount is not called odd, an impossible one is refused`() throws {
  #expect(try !convert([oral("morphine", 250, 4)]).codes.contains(.unusualDose))
  // 1,000 mg a day is the border of what is usual; above it a zero too many explains the dose.
  #expect(try convert([oral("morphine", 250.1, 4)]).codes.contains(.typoSuspected))
  #expect(try convert([oral("morphine", 3_000, 4)]).status == .blocked)
  #expect(try convert([oral("morphine", 0.05, 2)]).status == .blocked)
}

@Test(arguments: [(8, false), (8.1, true), (12, true), (24, true)] as [(ExactNumber, Bool)])
func `more than eight doses a day by mouth are no regimen`(times: ExactNumber, refused: Bool) throws {
  let result = try convert([oral("morphine", 15, times)])
  #expect(result.codes.contains(.typoSuspected) == refused && (result.status == .blocked) == refused)
}
