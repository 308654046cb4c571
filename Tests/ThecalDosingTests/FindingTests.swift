import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func finding(_ code: Code?, _ severity: Severity? = nil, _ evidence: [Evidence] = []) -> Finding {
  Finding(DosingTopic.statement, code, severity, evidence)
}

@Test func `a finding without a weight of its own has that of its code, or informs`() {
  #expect(finding(.badNumber).severity == .error && finding(.neverIntrathecal).severity == .blocked)
  #expect(finding(.crossTolerance).severity == .review && finding(.flowRange).severity == .note)
  #expect(finding(nil).severity == .note && finding(.badNumber, .review).severity == .review)
}

/// Codes of what was read and refused: a dose beside one of them would be a danger.
private let refusing: Set<Code> = [
  .neverIntrathecal, .implausibleDose, .typoSuspected, .noConversion, .noResponse, .lipophilicRotation,
  .alreadyIntrathecal,
  .flowOutOfRange, .overLimit, .overConcentration, .reservoirTooSmall, .alarmAboveFill, .residualAboveFill,
  .negativeDiluent,
  .tooConcentrated, .notFeasible, .noProtocol, .contraindicated, .psychosisHistory, .impossiblePump,
  .excluded,
]

@Test(arguments: Code.allCases) func `a code refuses, cannot be read, or asks`(code: Code) {
  if refusing.contains(code) {
    #expect(code.severity == .blocked && !code.severity.status.allowsDoses)
  } else if code.name.hasPrefix("BAD_") && code != .badRow {  // a diary goes on without the row
    #expect(code.severity == .error && !code.severity.status.allowsDoses)
  } else {
    #expect(code.severity != .blocked && code.severity != .passed)
  }
}

@Test func `weights and statuses are in order, and only two of them allow a dose`() {
  #expect(
    [Severity.error, .passed, .blocked, .note, .review].sorted() == [
      .passed, .note, .review, .blocked, .error,
    ])
  #expect(
    Status.allCases.sorted() == [.ok, .review, .blocked, .error]
      && Status.allCases.filter(\.allowsDoses) == [.ok, .review])
  #expect(
    [Severity.passed, .note, .review, .blocked, .error].map(\.status) == [
      .ok, .ok, .review, .blocked, .error,
    ])
}

@Test func `findings amount to the gravest, with the codes of all but what was met`() {
  var all = Findings()
  #expect(all.status == .ok && all.codes.isEmpty && !all.isRefused)
  all.add(finding(.flowRange, .passed))
  #expect(all.status == .ok && all.codes.isEmpty)
  all.add(finding(.crossTolerance))
  #expect(all.status == .review && !all.isRefused)
  all.add(finding(.overLimit))
  all.add(finding(.nearLimit, .note))
  #expect(
    all.status == .blocked && all.isRefused && all.codes.codes == [.crossTolerance, .overLimit, .nearLimit])
  all.add(finding(.unknownDrug))
  #expect(all.status == .error && all.all.count == 5)
}

@Test func `the same finding twice counts once, another place makes another finding`() {
  let one = finding(.unusualDose, nil, [.number(1)])
  var all = Findings([one, one])
  #expect(all.all.count == 1)
  all.add([one.at(Place(line: 3)), one.at(nil), finding(.unusualDose, nil, [.number(2)])])
  #expect(all.all.count == 3)
}

@Test func `a place below line one is none`() {
  #expect(
    Place(line: 0, field: "dose").line == nil && Place(line: -1).line == nil && Place(line: 1).line == 1)
  #expect(finding(.unusualDose).at(Place(line: 2, field: "dose")).place == Place(line: 2, field: "dose"))
  #expect(finding(.unusualDose).at(nil).place == nil)
}

@Test func `another weight changes nothing else`() {
  let one = Finding(DosingTopic.doseOverLimit, .overLimit, .blocked, [.number(1)], at: Place(line: 2))
  let other = one.weighing(.review)
  #expect(other.severity == .review && other.topic == one.topic && other.code == one.code)
  #expect(other.evidence == one.evidence && other.place == one.place && other != one)
}

@Test func `sources stand once each, and what a caller stated has none`() throws {
  let limit = try #require(intrathecal("morphine").limit).citation
  let findings = Findings([
    Finding(DosingTopic.statement, nil, nil, [], citing: [limit, .stated]),
    Finding(DosingTopic.patientFlag, nil, nil, [], citing: [limit]),
  ])
  #expect(findings.sources == ["infumorph_label_2024"])
}

@Test func `no two topics are taken for each other`() {
  let topics = DosingTopic.allCases.map { Topic($0) } + ReadingTopic.allCases.map { Topic($0) }
  #expect(Set(topics).count == topics.count)
  #expect(
    Finding(DosingTopic.statement).isAbout(DosingTopic.statement)
      && !Finding(DosingTopic.statement).isAbout(ReadingTopic.blank))
  #expect(DosingTopic.room == .dosing && ReadingTopic.room == .reading)
}

@Test func `a set of codes is a set`() {
  var (one, other) = (CodeSet(), CodeSet())
  one.insert(.age)
  one.insert(.age)
  other.insert(.extrapolated)
  one.formUnion(other)
  #expect(one.codes == [.age, .extrapolated] && one.contains(.age) && !one.contains(.renal) && !one.isEmpty)
  #expect(Code(name: "NO_SUCH_CODE") == nil)
}

@Test func `a published number is shown with its unit`() throws {
  let cap = try #require(intrathecal("morphine").firstDayCap)
  #expect(Evidence.figure(cap) == .amount(0.2, "mg/day"))
}
