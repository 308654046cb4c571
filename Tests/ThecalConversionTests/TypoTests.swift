import Testing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalConversion

/// A slip of the pen: the medicine as typed, and what the message says it would explain.
let slips: [(Medicine, String)] = [
  (
    Medicine(drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(1_200, .microgramsPerHour))),
    "per hour typed for per day (50 mcg/h)"
  ),
  (oral("baclofen", 200, 3), "zero too many"), (oral("hydromorphone", 400, 4), "zero too many"),
  (oral("morphine", 0.06, 2), "mcg typed for mg"), (oral("morphine", 6_000, 2), "mg typed for mcg"),
  (intrathecal("morphine", 400), "mg typed for mcg"),
  (intrathecal("baclofen", 100, .microgramsPerHour), "per hour typed for per day"),
  (oral("oxycodone", 300, 4), "the daily amount typed as a single dose"),
]

@Test(arguments: slips) func `an odd amount names the slip that would explain it`(
  medicine: Medicine, words: String
) throws {
  let target = medicine.drug == "baclofen" ? "baclofen" : "morphine"
  let result = try convert([medicine], to: target)
  #expect(
    result.codes.contains(.implausibleDose) && result.codes.contains(.typoSuspected),
    "\(result.notices.map(\.text))")
  #expect(result.notices.contains { $0.text.contains(words) }, "\(result.notices.map(\.text))")
  #expect(result.status >= .review)
}

@Test(arguments: [(60, "q6h"), (80, "q8h"), (120, "q12h"), (40, "q4h")] as [(ExactNumber, String)])
func `an interval with a zero too many is asked about`(hours: ExactNumber, meant: String) throws {
  let frequency = Frequency(timesPerDay: ExactNumber(24) / hours)
  let medicine = Medicine(drug: "oxycodone", route: .oral, amount: .doses(Mass(20, .milligrams), frequency))
  let result = try convert([medicine])
  #expect(result.status == .review && result.codes.contains(.typoSuspected))
  #expect(result.notices.contains { $0.text.contains("every \(hours) h") && $0.text.contains(meant) })
}

@Test(arguments: [24, 12, 8, 6, 4, 3, 2, 48, 72, 168] as [ExactNumber])
func `intervals in use raise no question`(hours: ExactNumber) throws {
  let frequency = Frequency(timesPerDay: ExactNumber(24) / hours)
  let medicine = Medicine(drug: "morphine", route: .oral, amount: .doses(Mass(30, .milligrams), frequency))
  #expect(try !convert([medicine]).codes.contains(.typoSuspected))
}

@Test func `an ordinary amount is not called odd, an impossible one is refused`() throws {
  #expect(try !convert([oral("morphine", 100, 4)]).codes.contains(.implausibleDose))
  #expect(try convert([oral("morphine", 500, 4)]).status == .review)
  #expect(try convert([oral("morphine", 3_000, 4)]).status == .blocked)
  #expect(try convert([oral("morphine", 0.05, 2)]).status == .blocked)
}
