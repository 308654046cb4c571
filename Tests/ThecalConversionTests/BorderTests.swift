import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalConversion

private func residual(_ total: ExactNumber, _ goesOn: ExactNumber) throws -> Conversion {
  var patient = Patient()
  patient.residualEquivalent = goesOn
  return try convert([oral("morphine", total, 1)], patient)
}

@Test func `what goes on beside the pump is not converted, and all of it leaves nothing to convert`() throws {
  #expect(
    try residual(120, 60).start == DoseRate(0.2, .milligramsPerDay) && residual(120, 60).estimate == 0.2)
  #expect(try residual(120, 112.5).start == DoseRate(ExactNumber(25, over: 1_000), .milligramsPerDay))
  let all = try residual(120, 120)
  #expect(
    all.status == .blocked && all.codes.contains(.noConversion) && !all.codes.contains(.conflictingValues))
  #expect(all.findings.all.contains { $0.isAbout(ConversionTopic.nothingStops) } && all.start == nil)
  let more = try residual(120, 120.1)
  #expect(more.status == .error && more.codes.contains(.conflictingValues) && more.start == nil)
}

@Test func `what goes on does not change who is tolerant`() throws {
  #expect(try residual(120, 100).opioidClass == .tolerant && residual(50, 10).opioidClass == .notTolerant)
}

@Test(arguments: [(ExactNumber(300), false), (301, true), (600, true), (150, false)])
func `a start that stands for less than half of what is taken says so`(daily: ExactNumber, isFar: Bool) throws
{
  let result = try convert([oral("morphine", daily, 1)])
  let finding = result.findings.all.first { $0.isAbout(ConversionTopic.startFarBelow) }
  #expect((finding != nil) == isFar && finding?.severity ?? .note == .note)
  if daily == 600 { #expect(finding?.evidence == [.number(150), .number(600)]) }  // 0.5 of 2 mg/day
}

@Test(arguments: [(ExactNumber(20), false), (20.1, true), (1, false)])
func `up to the limit there is a way back to tablets`(daily: ExactNumber, isRefused: Bool) throws {
  let request = ConversionRequest(
    medicines: [intrathecal("morphine", daily)], target: "morphine", targetRoute: .oral)
  let result = try Converter().convert(request)
  #expect(result.findings.all.contains { $0.isAbout(ConversionTopic.tooMuchForTablets) } == isRefused)
  #expect((result.estimate == nil) == isRefused && (isRefused || result.estimate == 12 * daily))
}

@Test func `the fall of a rotation is counted from both ends of the ratio`() throws {
  // 0.6 / 6 = 0.1 halved to 0.05; by 2:1 it would be 0.3.
  let result = try convert([intrathecal("morphine", 0.6)], to: "hydromorphone")
  let fall = try #require(result.findings.all.first { $0.isAbout(ConversionTopic.effectFalls) })
  #expect(
    fall.evidence == [.number(50), .number(83)] && fall.code == .underdoseRisk && fall.severity == .review)
}

@Test(arguments: ["fentanyl", "sufentanil", "clonidine", "ziconotide", "morphine", "baclofen"])
func `what is in the pump is not converted to itself`(drug: String) throws {
  let unit: DoseRate.Unit = drug == "morphine" ? .milligramsPerDay : .microgramsPerDay
  let result = try convert([intrathecal(drug, 15, unit)], to: drug)
  #expect(result.codes.contains(.alreadyIntrathecal) && result.start == nil && result.status == .blocked)
}

@Test func `a tablet beside the pump is another matter`() throws {
  let mixed = try convert([intrathecal("morphine", 2), oral("morphine", 30, 2)])
  #expect(mixed.findings.all.contains { $0.isAbout(ConversionTopic.mixedRoutes) })
  #expect(!mixed.codes.contains(.alreadyIntrathecal))
}

@Test func `the estimate at the limit is near it and not above`() throws {
  func codes(_ daily: ExactNumber) throws -> CodeSet {
    try convert([intrathecal("hydromorphone", daily)]).codes
  }
  #expect(try codes(10).contains(.nearLimit) && !codes(10).contains(.overLimit))  // 10 x 2 = 20
  #expect(try !codes(7.99).contains(.nearLimit) && codes(8).contains(.nearLimit))
}

@Test(arguments: Indication.allCases) func `the largest ratio that speaks for an indication makes the start`(
  indication: Indication
) throws {
  var patient = Patient()
  patient.indication = indication
  let result = try convert([oral("morphine", 60, 1)], patient)
  // 60 / 300; no table that starts speaks of more than 300.
  #expect(result.start == DoseRate(0.2, .milligramsPerDay) && result.opioidClass == .tolerant)
  #expect(result.startBasis?.origin == .ratio(300, table: "leaflet_300", potency: nil))
}

/// What `pump` and `risk` would refuse as a slip of the pen, no conversion prints as a start: 0.025 mg/day of morphine and 0.01 of
/// hydromorphone are the least that are ordinary, by the windows of the formulary.
@Test(arguments: [
  ("morphine", ExactNumber(7.5), true), ("morphine", 7.4, false), ("morphine", 2, false),
  ("hydromorphone", 36, true), ("hydromorphone", 35.9, false), ("hydromorphone", 4, false),
])
func `a start outside the window of its drug is refused with the slip, as from every command`(
  target: String, daily: ExactNumber, isGiven: Bool
) throws {
  let result = try convert([oral("morphine", daily, 1)], to: target)
  #expect((result.start != nil) == isGiven && (result.estimate != nil) == isGiven)
  #expect(result.codes.contains(.typoSuspected) == !isGiven && (result.status == .blocked) == !isGiven)
}

@Test(arguments: 0..<400 as Range<UInt64>)
func `every start that is printed is a dose that may be asked for`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  var patient = Patient()
  patient.opioidDays = ExactNumber(Int.random(in: 0...30, using: &random))
  patient.ageYears = ExactNumber(Int.random(in: 18...95, using: &random))
  patient.frail = Bool.random(using: &random)
  if Bool.random(using: &random) {
    patient.residualEquivalent = ExactNumber(Int.random(in: 0...200, using: &random))
  }
  let drug =
    ["morphine", "oxycodone", "hydromorphone", "codeine"].randomElement(using: &random) ?? "morphine"
  let target = Bool.random(using: &random) ? "morphine" : "hydromorphone"
  let single = ExactNumber(Int.random(in: 1...80, using: &random))
  let times = ExactNumber(Int.random(in: 1...6, using: &random))
  let result = try convert([oral(drug, single, times)], to: target, patient)
  guard let start = result.start else {
    #expect(result.status >= Status.blocked && result.estimate == nil)
    return
  }
  let again = DosingRules.standard.check(start, of: target)
  #expect(!Findings(again).isRefused, "\(single) of \(drug) to \(start): \(again)")
}
