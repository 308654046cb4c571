import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

private func stop(
  _ drug: String, _ dose: String, _ time: String, delay: String = "0 h", reason: Interruption.Reason = .other
) throws -> Interruption {
  let unit: DoseUnit = dose.contains("mcg") ? .micrograms : .milligrams
  return Interruption(
    drug: PumpDrug(named: drug), dose: (try q(dose), unit),
    stop: .init(try q(time), delay: try q(delay), reason: reason, device: try synchroMed()))
}

@Test func `a scan with a late restart misses a day of baclofen`() throws {
  let late = try stop("baclofen", "200 mcg/day", "45 min", delay: "24 h", reason: .mri)
  #expect(late.missed == (try q("206.25 mcg")))
  #expect(late.restart.kind == .restorePrevious && late.outcome.codes.contains(.interrogate))
}

/// The restart of each drug, just at and just above every border of the data.
private let borders: [(String, String, String, RestartRule.Kind)] = [
  ("baclofen", "400 mcg/day", "12 h", .asProgrammed), ("baclofen", "400 mcg/day", "12.1 h", .restorePrevious),
  ("baclofen", "400 mcg/day", "25 h", .restorePrevious),
  ("baclofen", "400 mcg/day", "336 h", .restorePrevious),
  ("baclofen", "400 mcg/day", "336.1 h", .asNew), ("morphine", "4 mg/day", "24 h", .asProgrammed),
  ("morphine", "4 mg/day", "24.1 h", .asNew), ("hydromorphone", "1 mg/day", "25 h", .asNew),
  ("fentanyl", "100 mcg/day", "25 h", .asNew), ("sufentanil", "20 mcg/day", "24 h", .asProgrammed),
  ("clonidine", "100 mcg/day", "6 h", .asProgrammed), ("clonidine", "100 mcg/day", "6.1 h", .assessFirst),
  ("ziconotide", "2.4 mcg/day", "168 h", .asProgrammed), ("ziconotide", "2.4 mcg/day", "168.1 h", .asNew),
  ("bupivacaine", "8 mg/day", "24 h", .asProgrammed), ("bupivacaine", "8 mg/day", "24.1 h", .assessFirst),
]

@Test(arguments: borders.indices)
func `each drug is taken up again as its rule says, at every border`(index: Int) throws {
  let (drug, dose, time, kind) = borders[index]
  let found = try stop(drug, dose, time)
  #expect(found.restart.kind == kind && !found.restart.words.isEmpty)
  for word in found.restart.words { #expect(Formulary.embedded.source(word.citation.source) != nil) }
  #expect((found.outcome.status == .ok) == (kind == .asProgrammed && !found.outcome.finds(.withdrawal)))
}

@Test func `baclofen after a day is restored at the previous dose, with the label, and never by mouth alone`()
  throws
{
  let empty = try stop("baclofen", "400 mcg/day", "25 h", reason: .empty)
  #expect(empty.restart.firstDose == nil)
  let sources = Set(empty.restart.words.map(\.citation.source))
  #expect(
    sources.isSuperset(of: ["lioresal_label_2022", "alden2002", "itb_withdrawal_chapter", "sgouros2010"]))
  #expect(empty.outcome.codes.contains(.restorePrevious) && empty.outcome.codes.contains(.withdrawal))
  #expect(
    try empty.outcome.finds(.watchForWithdrawal) && empty.drug.withdrawalOnset?.value == (try q("12 h")))
}

@Test func `someone without tolerance starts as anybody does, and never above the dose before`() throws {
  #expect(try stop("morphine", "4 mg/day", "25 h").restart.firstDose == q("0.2 mg/day"))
  #expect(try stop("morphine", "0.1 mg/day", "25 h").restart.firstDose == q("0.1 mg/day"))
  #expect(try stop("morphine", "4 mg/day", "24 h").restart.firstDose == nil)
  let start = DosingRules.standard.drug("hydromorphone").flatMap {
    DosingRules.standard.start(of: $0, for: Patient(), .notTolerant, StartQuestion())?.dose
  }
  #expect(try stop("hydromorphone", "1 mg/day", "25 h").restart.firstDose == start)
  // it needs a screening bolus
  #expect(try stop("baclofen", "400 mcg/day", "337 h").restart.firstDose == nil)
}

@Test func `withdrawal is named from its onset on`() throws {
  #expect(try !stop("morphine", "4 mg/day", "5.9 h").outcome.finds(.withdrawal))
  #expect(try stop("morphine", "4 mg/day", "6 h").outcome.finds(.withdrawal))
  let ziconotide = try stop("ziconotide", "2.4 mcg/day", "48 h")
  #expect(ziconotide.drug.withdrawalOnset == nil && !ziconotide.outcome.finds(.withdrawal))
}

@Test func `a stall without a known cause is looked at first, however short`() throws {
  let stall = try stop("morphine", "4 mg/day", "2 h", reason: .stall)
  #expect(stall.restart.kind == .assessFirst && stall.outcome.codes.contains(.causeFirst))
}

@Test(arguments: [
  ("baclofen", "400 mg/day", Code.typoSuspected), ("morphine", "21 mg/day", .overLimit),
  ("vincristine", "1 mg/day", .neverIntrathecal), ("exampline", "1 mg/day", .unknownDrug),
])
func `a dose that the rules refuse is not taken up again`(drug: String, dose: String, code: Code) throws {
  let refused = try stop(drug, dose, "25 h")
  #expect(refused.outcome.status >= .blocked && refused.outcome.codes.contains(code))
}

@Test func `where only the ends of a gap are known, both must say the same`() throws {
  let baclofen = try #require(DosingRules.standard.drug("baclofen"))
  func kind(_ short: String, _ long: String) throws -> RestartRule.Kind {
    let (low, high): (Time, Time) = (try q(short), try q(long))
    return DosingRules.standard.restart(of: baclofen, after: low...high).kind
  }
  #expect(try kind("13 h", "300 h") == .restorePrevious)
  #expect(try kind("11 h", "13 h") == .assessFirst)
  #expect(try kind("0 h", "300 h") == .assessFirst)
  #expect(try kind("300 h", "400 h") == .assessFirst)
  #expect(try kind("400 h", "500 h") == .asNew)
}
