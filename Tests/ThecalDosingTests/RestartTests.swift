import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func restart(_ drug: String, after hours: ExactNumber, dose: DoseRate? = nil) throws -> Restart {
  rules.restart(of: try use(drug), after: Time(hours, .hours), dose: dose)
}

/// What each drug asks for, in order of the gap: the gap that must be passed, and what follows.
private let ladder: [(String, [(after: ExactNumber, RestartRule.Kind)])] = [
  ("baclofen", [(0, .asProgrammed), (12, .restorePrevious), (336, .asNew)]),
  ("morphine", [(0, .asProgrammed), (24, .asNew)]), ("hydromorphone", [(0, .asProgrammed), (24, .asNew)]),
  ("fentanyl", [(0, .asProgrammed), (24, .asNew)]), ("sufentanil", [(0, .asProgrammed), (24, .asNew)]),
  ("clonidine", [(0, .asProgrammed), (6, .assessFirst)]),
  ("ziconotide", [(0, .asProgrammed), (168, .asNew)]),
  ("bupivacaine", [(0, .asProgrammed), (24, .assessFirst)]),
  ("ropivacaine", [(0, .asProgrammed), (24, .assessFirst)]),
]

@Test(arguments: ladder.indices)
func `the rule with the longest gap that was passed holds, a border belonging below`(index: Int) throws {
  let (drug, steps) = ladder[index]
  for (place, step) in steps.enumerated() {
    if step.after > 0 { #expect(try restart(drug, after: step.after).kind == steps[place - 1].1) }
    #expect(try restart(drug, after: step.after + 0.1).kind == step.1)
  }
  #expect(try restart(drug, after: 100_000).kind == steps.last?.1)
}

@Test func `a drug of which nothing is on record is looked at first`() throws {
  #expect(try restart("oxycodone", after: 1) == .assessment && Restart.assessment.kind == .assessFirst)
  #expect(Restart.unchanged.kind == .asProgrammed && Restart.unchanged.words.isEmpty)
}

@Test(
  arguments: [
    ("morphine", nil, mg(0.2)), ("morphine", mg(0.1), mg(0.1)), ("morphine", mg(4), mg(0.2)),
    ("hydromorphone", mg(1), mg(0.04)),
    ("fentanyl", mcg(300), mcg(75)), ("fentanyl", mcg(30), mcg(30)), ("ziconotide", mcg(10), mcg(1.2)),
  ] as [(String, DoseRate?, DoseRate?)])
func `someone new starts as anybody does, never above the dose before`(
  drug: String, before: DoseRate?, first: DoseRate?
) throws {
  #expect(try restart(drug, after: 200, dose: before).firstDose == first)
}

@Test func `a first dose belongs to a start as in someone new alone`() throws {
  #expect(try restart("morphine", after: 24, dose: mg(4)).firstDose == nil)
  #expect(try restart("baclofen", after: 400, dose: mcg(400)).firstDose == nil)  // it needs a screening bolus
  #expect(try restart("clonidine", after: 24, dose: mcg(100)).firstDose == nil)
}

/// What is held against the rule of the test below.
private let gapEnds: [(ExactNumber, ExactNumber, RestartRule.Kind)] =
  [
    (ExactNumber(1), ExactNumber(12), RestartRule.Kind.asProgrammed), (11, 13, .assessFirst),
    (13, 336, .restorePrevious),
    (13, 337, .assessFirst), (400, 500, .asNew),
  ] as [(ExactNumber, ExactNumber, RestartRule.Kind)]

@Test(arguments: gapEnds.indices)
func `where only the ends of a gap are known they must agree`(index: Int) throws {
  let (short, long, kind) = gapEnds[index]
  let gap = Time(short, .hours)...Time(long, .hours)
  let found = rules.restart(of: try use("baclofen"), after: gap)
  #expect(found.kind == kind)
  #expect(try found.words == restart("baclofen", after: long).words)
}

@Test func `a gap of unknown length gives no first dose where its ends disagree`() throws {
  let gap = Time(20, .hours)...Time(30, .hours)
  #expect(rules.restart(of: try use("morphine"), after: gap, dose: mg(4)).firstDose == nil)
  let later = Time(25, .hours)...Time(30, .hours)
  #expect(rules.restart(of: try use("morphine"), after: later, dose: mg(4)).firstDose == mg(0.2))
}

@Test func `every sentence of a restart has its source`() throws {
  for (drug, steps) in ladder {
    for step in steps {
      let words = try restart(drug, after: step.after + 0.1).words
      #expect(!words.isEmpty)
      for word in words {
        #expect(Formulary.embedded.source(word.citation.source) != nil && word.text.hasSuffix("."), "\(drug)")
      }
    }
  }
}
