import Testing
import ThecalFormulary
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalDosing

/// A person, a drug and what a ratio gives, drawn from a seed.
private struct Drawn {
  let drug: DrugUse
  let rules: IntrathecalRules
  let patientClass: OpioidClass
  let share: ExactNumber
  let crosses: Bool
  let patient: Patient

  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    drug = try use(["morphine", "hydromorphone"][Int.random(in: 0...1, using: &random)])
    rules = try #require(drug.intrathecal)
    patientClass = [OpioidClass.tolerant, .notTolerant, .unknown][Int.random(in: 0...2, using: &random)]
    share = ExactNumber(
      Int.random(in: 1...5_000, using: &random), over: Int.random(in: 300...1_800, using: &random))
    crosses = Bool.random(using: &random)
    var patient = Patient()
    patient.frail = [nil, true, false][Int.random(in: 0...2, using: &random)]
    patient.sleepApnea = [nil, true, false][Int.random(in: 0...2, using: &random)]
    patient.ageYears = [nil, 40, 64, 65, 90][Int.random(in: 0...4, using: &random)]
    self.patient = patient
  }

  func question(_ share: ExactNumber) -> StartQuestion {
    StartQuestion(share: share, origin: .ratio(300, table: "leaflet_300", potency: nil), crosses: crosses)
  }

  /// The ceiling by a second route: the least of every figure that speaks for the class.
  var ceiling: ExactNumber {
    var all = rules.ceilings.map(\.high.value)
    if let label = patientClass == .tolerant ? rules.labelTolerant : rules.labelNaive {
      all.append(label.high.value)
    }
    if patientClass != .tolerant, let cap = rules.firstDayCap { all.append(cap.value) }
    return all.min() ?? 1_000_000
  }

  var isAtRisk: Bool {
    patient.frail == true || patient.sleepApnea == true || (patient.ageYears ?? 0) >= 65
  }
}

@Test(arguments: 0..<400 as Range<UInt64>) func `a start is min(R, C) x F, rounded down`(seed: UInt64) throws
{
  let drawn = try Drawn(seed: seed)
  let ratio = drawn.crosses ? drawn.share / 2 : drawn.share
  var expected = min(ratio, drawn.ceiling)
  if drawn.isAtRisk { expected = expected / 2 }
  let start = try #require(
    rules.start(of: drawn.drug, for: drawn.patient, drawn.patientClass, drawn.question(drawn.share)))
  let dose = drawn.rules.unit.perDay(start.dose)
  #expect(
    dose == expected.roundedDown(toSignificantDigits: 3) && dose <= ratio && dose <= drawn.ceiling
      && dose > .zero)
  #expect(dose * 1.01 >= expected)  // nothing is lost but the last digits
}

@Test(arguments: 400..<600 as Range<UInt64>)
func `more by mouth is never less in the pump, and less tolerance never more`(seed: UInt64) throws {
  let drawn = try Drawn(seed: seed)
  func dose(_ share: ExactNumber, _ patientClass: OpioidClass) throws -> DoseRate {
    try #require(rules.start(of: drawn.drug, for: drawn.patient, patientClass, drawn.question(share))).dose
  }
  #expect(try dose(drawn.share, drawn.patientClass) <= dose(drawn.share * 1.5, drawn.patientClass))
  #expect(try dose(drawn.share, .notTolerant) <= dose(drawn.share, .tolerant))
  #expect(try dose(drawn.share, .unknown) == dose(drawn.share, .notTolerant))
}

@Test(arguments: 600..<800 as Range<UInt64>) func `risk halves exactly, however many reasons there are`(
  seed: UInt64
) throws {
  let drawn = try Drawn(seed: seed)
  func dose(_ change: (inout Patient) -> Void) throws -> ExactNumber {
    // A share of two digits, so that rounding takes nothing.
    let share = drawn.share.roundedDown(toSignificantDigits: 1)
    let start = rules.start(of: drawn.drug, for: patient(change), drawn.patientClass, drawn.question(share))
    return drawn.rules.unit.perDay(try #require(start).dose)
  }
  let whole = try dose { _ in }
  #expect(try dose { $0.frail = true } == whole / 2)
  #expect(
    try dose { ($0.frail, $0.sleepApnea, $0.cnsDepressants, $0.ageYears) = (true, true, true, 70) } == whole
      / 2)
}

@Test(arguments: 0..<300 as Range<UInt64>)
func `a larger dose is never judged more mildly above the ordinary, nor a smaller one below`(seed: UInt64)
  throws
{
  var random = SeededGenerator(seed: seed)
  let drugs = Formulary.embedded.drugs.flatMap { drug in drug.windows.map { (drug.id, $0.route) } }
  let (drug, route) = drugs[Int.random(in: 0..<drugs.count, using: &random)]
  let window = try #require(use(drug).window(route))
  let (low, high) = (
    window.oddBelow * ExactNumber(Int.random(in: 1...999, using: &random), over: 1_000),
    window.oddAbove * ExactNumber(Int.random(in: 1_001...30_000, using: &random), over: 1_000)
  )
  func status(_ value: ExactNumber) -> Status {
    rules.check(
      infused(drug, value, route == .transdermal ? .microgramsPerHour : .milligramsPerDay, by: route)
    ).status
  }
  #expect(status(low) >= .review && status(high) >= .review)
  if !window.isPossible(high) { #expect(status(high) == .blocked) }
  if !window.isPossible(low) { #expect(status(low) == .blocked) }
}

@Test(arguments: 0..<200 as Range<UInt64>)
func `a drug is never above its limit without a refusal, and never refused below it for that`(seed: UInt64)
  throws
{
  var random = SeededGenerator(seed: seed)
  let names = [
    "morphine", "hydromorphone", "fentanyl", "sufentanil", "bupivacaine", "clonidine", "baclofen",
    "ziconotide",
  ]
  let drug = names[Int(seed) % names.count]
  let limit = try #require(intrathecal(drug).limit?.value)
  let dose = ExactNumber(Int.random(in: 1...2_000, using: &random), over: 1_000) * limit
  let found = rules.check(dose, of: drug)
  #expect(found.has(.doseOverLimit) == (dose > limit) && (dose <= limit || found.status == .blocked))
  #expect(found.has(.doseNearLimit) == (dose <= limit && dose >= ExactNumber(4, over: 5) * limit))
}
