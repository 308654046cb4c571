import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func found(_ drug: String = "morphine", _ change: (inout Patient) -> Void = { _ in }) -> [Finding] {
  rules.check(patient(change), for: drug).filter { !$0.isAbout(DosingTopic.notStated) }
}

private let flags: [(String, @Sendable (inout Patient) -> Void, Code?, Status)] = [
  ("morphine", { $0.ageYears = 17 }, .age, .blocked), ("morphine", { $0.ageYears = 17.9 }, .age, .blocked),
  ("morphine", { $0.ageYears = 18 }, nil, .ok), ("hydromorphone", { $0.ageYears = 17 }, nil, .ok),
  ("baclofen", { $0.ageYears = 3.9 }, .age, .review), ("baclofen", { $0.ageYears = 4 }, nil, .ok),
  ("morphine", { $0.anticoagulant = true }, .anticoagulant, .review),
  ("baclofen", { $0.anticoagulant = true }, .anticoagulant, .review),
  ("exampline", { $0.anticoagulant = true }, .anticoagulant, .review),
  ("morphine", { $0.anticoagulant = false }, nil, .ok),
  ("morphine", { $0.pregnancy = true }, .pregnancy, .review),
  ("morphine", { $0.renal = true }, .renal, .review),
  ("baclofen", { $0.renal = true }, .renal, .review), ("clonidine", { $0.renal = true }, .renal, .review),
  ("hydromorphone", { $0.renal = true }, nil, .ok),
  ("ziconotide", { $0.psychosisHistory = true }, .psychosisHistory, .blocked),
  ("ziconotide", { $0.psychosisHistory = false }, nil, .ok),
  ("morphine", { $0.psychosisHistory = true }, nil, .ok),
  ("morphine", { $0.residualEquivalent = 30 }, .residualOpioid, .review),
  ("morphine", { $0.residualEquivalent = 0 }, nil, .ok),
]

@Test(arguments: flags.indices) func `a fact about a patient stops, flags or does nothing`(index: Int) {
  let (drug, change, code, status) = flags[index]
  let findings = found(drug, change)
  #expect(findings.status == status && findings.compactMap(\.code) == (code.map { [$0] } ?? []))
}

@Test(arguments: [
  ("morphine", "morphine", true), ("morphine", "Morphine sulfate", true), ("morphine", "yes", true),
  ("morphine", "Y", true),
  ("morphine", "latex", false), ("morphine", "penicillin; Infumorph", true), ("baclofen", "Lioresal", true),
  ("morphine", "codeine/latex", false),
])
func `an allergy to the drug stops, another is shown`(drug: String, allergy: String, stops: Bool) throws {
  let findings = found(drug) { $0.allergy = allergy }
  let finding = try #require(findings.first)
  #expect(findings.count == 1 && finding.code == .allergy && finding.severity == (stops ? .blocked : .review))
  #expect(finding.isAbout(stops ? DosingTopic.allergyToDrug : .allergyToOther))
  #expect(finding.evidence == [.text(allergy.lowercased()), .drug(drug)])
}

@Test(arguments: ["no", "No", "none", "N", "NKDA", ""]) func `no allergy is none`(text: String) {
  #expect(found { $0.allergy = text }.isEmpty)
}

@Test func `what matters and is not stated is named, field by field`() {
  func names(_ drug: String, _ change: (inout Patient) -> Void) -> [Evidence]? {
    rules.check(patient(change), for: drug).first(.notStated)?.evidence
  }
  let all = ["age_years", "frail", "sleep_apnea", "cns_depressants", "residual_mme"]
  #expect(names("morphine") { _ in } == [.list(all.map { .text($0) })])
  #expect(
    names("morphine") { ($0.ageYears, $0.sleepApnea) = (40, false) } == [
      .list([.text("frail"), .text("cns_depressants"), .text("residual_mme")])
    ])
  #expect(
    names("morphine") {
      ($0.ageYears, $0.frail, $0.sleepApnea, $0.cnsDepressants, $0.residualEquivalent) = (
        40, false, false, false, 0
      )
    } == nil)
  #expect(
    names("baclofen") { _ in } == [.list([.text("age_years")])]
      && names("baclofen") { $0.ageYears = 9 } == nil)
  #expect(names("ziconotide") { _ in } == [.list([.text("psychosis_history")])])
  #expect(names("ziconotide") { $0.psychosisHistory = false } == nil)
}

@Test func `what is not stated is a note, never a reason for a review`() {
  let finding = rules.check(Patient(), for: "morphine")
  #expect(
    finding.count == 1 && finding[0].severity == .note && finding[0].code == nil && finding.status == .ok)
}

@Test func `the first opioid dose is watched for a day, with naloxone at hand`() throws {
  for drug in ["morphine", "hydromorphone"] {
    let lines = rules.monitoring(try use(drug))
    #expect(lines.topics == [.observeFirstDose, .naloxoneAtHand] && lines[0].evidence == [.number(24)])
    for line in lines { #expect(line.severity == .note && line.citations.count == 1) }
  }
  let baclofen = rules.monitoring(try use("baclofen"))
  #expect(baclofen.topics == [.statement] && baclofen[0].citations.map(\.source) == ["lioresal_label_2022"])
  #expect(rules.monitoring(try use("oxycodone")).isEmpty)
}

@Test func `figures that nobody has read and cut-offs of this project's own are told apart, each once`()
  throws
{
  let unread = try #require(intrathecal("morphine").strongest).citation
  let own = try #require(intrathecal("baclofen").largestDrop).citation
  let read = try #require(intrathecal("morphine").limit).citation
  #expect(!unread.verified && !unread.isOwn && own.isOwn && read.verified)
  #expect(DosingRules.unverified([(read, "limit")]).isEmpty)
  let both = DosingRules.unverified([
    (unread, "start"), (own, "step"), (unread, "start"), (unread, "limit"), (read, "estimate"),
  ])
  #expect(
    both.topics == [.unverifiedFigures, .ownCutoffs] && both.map(\.code) == [.unverifiedSource, .ownCutoff])
  #expect(
    both[0].evidence == [.list([.text("start"), .text("limit")])]
      && both[1].evidence == [.list([.text("step")])])
  #expect(both.status == .review)
}

@Test func `noncancer pain decides where no indication is stated`() {
  #expect(
    Patient().decisiveIndication == .noncancer
      && patient { $0.indication = .cancer }.decisiveIndication == .cancer)
  #expect(Indication.allCases.filter(\.isSpasticity) == [.spasticitySpinal, .spasticityCerebral])
}
