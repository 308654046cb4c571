import Testing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalDosing

private func question(_ share: ExactNumber?, crosses: Bool = false, first: Bool = true) -> StartQuestion {
  var question = share.map {
    StartQuestion(share: $0, origin: .ratio(300, table: "leaflet_300", potency: nil), crosses: crosses)
  }
  question?.isFirstPumpDose = first
  return question ?? StartQuestion()
}

private func start(
  _ drug: String, share: ExactNumber? = nil, _ patientClass: OpioidClass? = .tolerant, crosses: Bool = false,
  first: Bool = true, _ change: (inout Patient) -> Void = { _ in }
) throws -> StartDose {
  try #require(
    rules.start(
      of: use(drug), for: patient(change), patientClass, question(share, crosses: crosses, first: first)))
}

/// What is held against the rule of the test below.
private let leastOfThree: [(ExactNumber, OpioidClass, ExactNumber)] = [
  (ExactNumber(0.4), OpioidClass.tolerant, ExactNumber(0.4)), (0.5, .tolerant, 0.5), (0.501, .tolerant, 0.5),
  (0.4, .notTolerant, 0.2), (0.2, .notTolerant, 0.2), (0.19, .notTolerant, 0.19), (0.4, .unknown, 0.2),
]

@Test(arguments: leastOfThree.indices)
func `a start of morphine is the least of ratio, consensus and first-day cap`(index: Int) throws {
  let (share, patientClass, dose) = leastOfThree[index]
  let start = try start("morphine", share: share, patientClass)
  #expect(start.dose == mg(dose) && start.unit == .milligrams)
  #expect(start.findings.has(.naiveCap) == (patientClass != .tolerant && share > 0.2))
}

@Test func `the basis names what made the start as low as it is`() throws {
  #expect(try start("morphine", share: 0.4).basis.origin == .ratio(300, table: "leaflet_300", potency: nil))
  // A ceiling that lowers nothing does not act.
  #expect(try start("morphine", share: 0.5).basis.origin == .ratio(300, table: "leaflet_300", potency: nil))
  #expect(try start("morphine", share: 0.5).figures.isEmpty)
  #expect(
    try start("morphine", share: 1).basis.origin == .ceiling(.consensus("consensus", verified: false), 0.5))
  #expect(try start("morphine", share: 1, .notTolerant).basis.origin == .ceiling(.firstDay, 0.2))
  let cap = try start("morphine", share: 1, .notTolerant).figures
  #expect(cap.map(\.value) == [0.2] && cap.map(\.source) == ["infumorph_label_2024"])
}

/// The most a start can be without a ratio, by hand from labels and consensus; nil where nothing speaks.
private let ceilings: [(String, OpioidClass?, DoseRate?)] = [
  ("morphine", .tolerant, mg(0.5)), ("morphine", .notTolerant, mg(0.2)), ("morphine", .unknown, mg(0.2)),
  ("hydromorphone", .tolerant, mg(0.15)), ("hydromorphone", .notTolerant, mg(0.04)),
  ("fentanyl", .notTolerant, mcg(75)),
  ("sufentanil", .tolerant, mcg(20)), ("bupivacaine", nil, mg(4)), ("clonidine", nil, mcg(100)),
  ("ziconotide", nil, mcg(1.2)), ("ropivacaine", nil, nil), ("baclofen", nil, nil),
]

@Test(arguments: ceilings.indices) func `without a ratio the ceilings alone make a start`(index: Int) throws {
  let (drug, patientClass, dose) = ceilings[index]
  #expect(try rules.start(of: use(drug), for: Patient(), patientClass, StartQuestion())?.dose == dose)
}

@Test(arguments: ["oxycodone", "tramadol", "methadone"]) func `a drug without intrathecal use has no start`(
  drug: String
) throws {
  #expect(try rules.start(of: use(drug), for: Patient(), .tolerant, question(0.2)) == nil)
}

@Test func `another opioid before halves the ratio, before any ceiling`() throws {
  let crossed = try start("morphine", share: 0.3, crosses: true)
  #expect(crossed.dose == mg(0.15) && crossed.findings.map(\.code) == [.crossTolerance])
  #expect(crossed.basis.reductions == [.crossTolerance(0.5)])
  // 2 x 0.5 = 1, above the ceiling: a ceiling takes the reduction of the ratio with it.
  let capped = try start("morphine", share: 2, crosses: true)
  #expect(capped.dose == mg(0.5) && capped.basis.reductions.isEmpty)
  // Without a ratio there is nothing to halve.
  var bare = StartQuestion()
  bare.crosses = true
  #expect(try rules.start(of: use("morphine"), for: Patient(), .tolerant, bare)?.findings.isEmpty == true)
}

/// What is held against the rule of the test below.
private let halved: [(String, ExactNumber, ExactNumber)] = [
  ("morphine", ExactNumber(1), ExactNumber(0.25)), ("morphine", 0.3, 0.15), ("hydromorphone", 1, 0.075),
]

@Test(arguments: halved.indices)
func `risk halves what is left after the ceilings`(index: Int) throws {
  let (drug, share, dose) = halved[index]
  let start = try start(drug, share: share) { $0.frail = true }
  #expect(start.dose == mg(dose) && start.basis.reductions == [.risk(0.5)])
  #expect(start.findings.first(.reducedForRisk)?.evidence == [.number(0.5), .list([.text("frail")])])
}

private let reasons: [(@Sendable (inout Patient) -> Void, [String])] = [
  ({ $0.frail = true }, ["frail"]), ({ $0.ageYears = 65 }, ["age 65 or above"]), ({ $0.ageYears = 64.9 }, []),
  ({ $0.ageYears = 66 }, ["age 65 or above"]), ({ $0.sleepApnea = true }, ["sleep apnea"]),
  ({ $0.sleepApnea = false }, []),
  ({ $0.cnsDepressants = true }, ["CNS depressants"]), ({ $0.cnsDepressants = false }, []), ({ _ in }, []),
  (
    { ($0.frail, $0.ageYears, $0.sleepApnea, $0.cnsDepressants) = (true, 80, true, true) },
    ["frail", "age 65 or above", "sleep apnea", "CNS depressants"]
  ),
]

@Test(arguments: reasons.indices) func `each reason for caution halves once, and what nobody stated is none`(
  index: Int
) throws {
  let (change, names) = reasons[index]
  let start = try start("morphine", share: 0.4, .tolerant, change)
  #expect(start.dose == mg(names.isEmpty ? 0.4 : 0.2))
  let list = start.findings.first(.reducedForRisk)?.evidence.last
  #expect(list == (names.isEmpty ? nil : .list(names.map { .text($0) })))
}

@Test func `risk is a matter of opioids`() throws {
  #expect(try start("ziconotide") { ($0.frail, $0.ageYears) = (true, 80) }.dose == mcg(1.2))
  #expect(try start("clonidine") { $0.sleepApnea = true }.dose == mcg(100))
}

@Test func `a change inside the pump meets no ceiling of a first dose`() throws {
  let rotated = try start("hydromorphone", share: 0.6, .notTolerant, crosses: true, first: false)
  #expect(rotated.dose == mg(0.3) && !rotated.findings.has(.naiveCap))
}

@Test(
  arguments: [
    (ExactNumber(1, over: 3), ExactNumber(0.333)), (ExactNumber(2, over: 3), 0.5),
    (ExactNumber(1, over: 6), 0.166),
    (ExactNumber(0.19999), 0.199), (0.1235, 0.123), (0.30001, 0.3), (0.3, 0.3),
  ] as [(ExactNumber, ExactNumber)])
func `a start is rounded down to three digits`(share: ExactNumber, dose: ExactNumber) throws {
  #expect(try start("morphine", share: share).dose == mg(dose))
}

@Test func `where no consensus lies below it the label's upper end for the class is the ceiling`() throws {
  let full = try intrathecal("morphine")
  let bare = IntrathecalRules(
    unit: full.unit, labelNaive: full.labelNaive, labelTolerant: full.labelTolerant, ceilings: [],
    firstDayCap: nil,
    limit: full.limit, strongest: nil, marketed: [], largestBolus: nil, smallestTrialBolus: nil,
    widestTrialBolus: nil,
    largestNaiveBolus: nil, largestDrop: nil, screening: nil, changes: full.changes, monitoring: [],
    contraindications: [])
  for (patientClass, high) in [(OpioidClass.tolerant, ExactNumber(10)), (.notTolerant, 1), (.unknown, 1)] {
    var arithmetic = StartArithmetic(bare.unit, question(20))
    arithmetic.lower(patientClass, SharedRules(bare, isOpioid: true), isOpioid: true)
    let start = try #require(arithmetic.finished())
    #expect(start.dose == mg(high) && start.basis.origin == .ceiling(.label, high))
  }
}

@Test func `the steps of a start can be repeated on paper`() throws {
  var asked = question(1, crosses: true)
  asked.explaining = true
  let start = try #require(
    rules.start(of: use("morphine"), for: patient { $0.frail = true }, .notTolerant, asked))
  #expect(
    start.steps.map(\.topic) == [
      Topic(DosingTopic.stepRatioStart), Topic(DosingTopic.stepFactor), Topic(DosingTopic.stepCeiling),
      Topic(DosingTopic.stepFactor), Topic(DosingTopic.stepRounded),
    ])
  #expect(start.steps[1].evidence == [.text("cross-tolerance"), .number(1), .number(0.5), .number(0.5)])
  #expect(start.steps[2].evidence == [.amount(0.2, "mg/day"), .amount(0.5, "mg/day")])
  #expect(start.steps[3].evidence == [.text("risk"), .number(0.2), .number(0.5), .number(0.1)])
  #expect(start.steps[4].evidence == [.amount(0.1, "mg/day"), .amount(0.1, "mg/day")])
  asked.explaining = false
  #expect(try rules.start(of: use("morphine"), for: Patient(), .tolerant, asked)?.steps.isEmpty == true)
}

@Test func `the label's range goes by the class, and an unknown class is not tolerant`() throws {
  let morphine = try intrathecal("morphine")
  #expect(morphine.label(for: .tolerant)?.high.value == 10 && morphine.label(for: .tolerant)?.low == 1)
  #expect(morphine.label(for: .notTolerant)?.high.value == 1 && morphine.label(for: .notTolerant)?.low == 0.2)
  #expect(morphine.label(for: .unknown)?.high.value == 1 && morphine.label(for: nil)?.high.value == 1)
  let ziconotide = try intrathecal("ziconotide")
  #expect(
    ziconotide.label(for: nil)?.high.value == 2.4 && ziconotide.label(for: .tolerant)?.high.value == 2.4)
}
