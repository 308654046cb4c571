import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func screened(_ bolus: ExactNumber?, effect: ExactNumber?, response: Bool? = nil) throws -> (
  start: StartDose?, finding: Finding?
) {
  let patient = patient { patient in
    patient.screening = bolus.map {
      Screening(bolus: Mass($0, .micrograms), effect: effect.map { Time($0, .hours) })
    }
    patient.screeningResponse = response
  }
  return rules.startFromScreening(try use("baclofen"), patient, explaining: true)
}

/// What is held against the rule of the test below.
private let boluses: [(ExactNumber, ExactNumber?, ExactNumber)] =
  [
    (50, 6, 100), (50, 8, 100), (50, 8.1, 50), (50, 9, 50), (50, nil, 50), (75, 7.9, 150), (75, 8, 150),
    (100, 8, 200),
    (100, 8.01, 100), (25, 4, 50),
  ] as [(ExactNumber, ExactNumber?, ExactNumber)]

@Test(arguments: boluses.indices)
func `the effective bolus is doubled unless it lasted more than eight hours`(index: Int) throws {
  let (bolus, effect, start) = boluses[index]
  let found = try screened(bolus, effect: effect)
  #expect(found.start?.dose == mcg(start) && found.finding == nil && found.start?.unit == .micrograms)
  #expect(found.start?.basis.origin == .screening(start / bolus))
}

@Test(
  arguments: [(ExactNumber(99.9), false), (100, false), (100.1, true), (150, true), (50_000, true)]
    as [(ExactNumber, Bool)])
func `a bolus above the protocol's largest gives no start, and the largest itself does`(
  bolus: ExactNumber, isRefused: Bool
) throws {
  let found = try screened(bolus, effect: 6)
  #expect((found.start == nil) == isRefused)
  #expect(found.finding?.isAbout(DosingTopic.screeningTooLarge) ?? false == isRefused)
  if isRefused { #expect(found.finding?.severity == .blocked && found.finding?.code == .noResponse) }
}

@Test func `who does not respond is no candidate, whatever the bolus`() throws {
  for bolus in [nil, 50, 100] as [ExactNumber?] {
    let found = try screened(bolus, effect: 6, response: false)
    #expect(found.start == nil && found.finding?.isAbout(DosingTopic.noResponse) == true)
    #expect(
      found.finding?.severity == .blocked
        && found.finding?.evidence == [.mass(Mass(100, .micrograms), .micrograms)])
  }
  #expect(try screened(50, effect: 6, response: true).start?.dose == mcg(100))
}

@Test func `without a bolus there is no start, and the boluses are named`() throws {
  let found = try screened(nil, effect: nil)
  #expect(
    found.start == nil && found.finding?.code == .screeningRequired && found.finding?.severity == .review)
  let boluses = [50, 75, 100].map { Evidence.mass(Mass($0, .micrograms), .micrograms) }
  #expect(found.finding?.evidence == [.list(boluses)])
}

@Test func `an effect that nobody timed counts as a long one, and says so`() throws {
  let start = try #require(screened(75, effect: nil).start)
  #expect(start.dose == mcg(75) && start.findings.topics == [.effectUnknown])
  #expect(start.findings[0].evidence == [.time(Time(8, .hours))] && start.findings[0].severity == .review)
  #expect(try screened(75, effect: 3).start?.findings.isEmpty == true)
}

@Test func `a start from a bolus is rounded down like any other`() throws {
  #expect(try screened(33.38, effect: nil).start?.dose == mcg(33.3))
  #expect(try screened(33.38, effect: 2).start?.dose == mcg(66.7))  // 66.76
}

@Test func `the step names bolus, factor and start`() throws {
  let start = try #require(screened(50, effect: 6).start)
  #expect(start.steps.map(\.topic) == [Topic(DosingTopic.stepScreening)])
  #expect(
    start.steps[0].evidence == [
      .mass(Mass(50, .micrograms), .micrograms), .number(2), .amount(100, "mcg/day"),
    ])
  #expect(start.steps[0].figures.map(\.source) == ["lioresal_label_2022"])
}

@Test(arguments: ["morphine", "ziconotide", "clonidine", "oxycodone"])
func `a drug without a screening protocol has no start from one`(drug: String) throws {
  let found = rules.startFromScreening(
    try use(drug), patient { $0.screening = Screening(bolus: Mass(50, .micrograms)) })
  #expect(found.start == nil && found.finding == nil)
}

@Test func `the protocol stands as the label has it`() throws {
  let protocolRules = try #require(intrathecal("baclofen").screening)
  #expect(protocolRules.boluses.map(\.value) == [50, 75, 100].map { Mass($0, .micrograms) })
  #expect(
    protocolRules.largest.value == Mass(100, .micrograms) && protocolRules.interval.value == Time(24, .hours))
  #expect(protocolRules.factor.value == 2 && protocolRules.prolongedFactor.value == 1)
}
