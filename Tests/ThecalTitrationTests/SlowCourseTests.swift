import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalTitration

private let label = "drug: ziconotide\nindication: noncancer\npsychosis_history: no\n"

@Suite struct `A slower protocol beside the label's` {
  /// mcdowell2016: at most 0.5 mcg/day a week; from 1.2 mcg/day the 19.2 of the label take 36 steps, day 1 + 36 · 7.
  @Test func `of ziconotide rises once a week by half a microgram, and makes the plan a choice`() throws {
    let both = try plan(label + "target: {dose: 19.2 mcg/day}")
    let (slow, limit) = (try #require(both.slow), mcgPerDay(19.2))
    #expect(slow.citations.contains { $0.source == "mcdowell2016" })
    #expect(slow.days[0].dose == both.days[0].dose)
    for (before, after) in zip(slow.days, slow.days.dropFirst()) {
      #expect(after.dose - before.dose <= DoseRate(ExactNumber(1, over: 2), .microgramsPerDay))
      if after.dose > before.dose { #expect((after.day - 1) % 7 == 0, "\(after.day)") }
    }
    #expect(slow.days.last?.dose == limit && slow.days.count == 1 + 36 * 7)
    // 95 % of 19.2 is 18.24: from 1.2 that takes 35 steps.
    #expect(slow.daysToTarget == 1 + 35 * 7)
    #expect(both.daysToTarget == 21)
    #expect(both.findings.status == .review && both.findings.codes.contains(.slowerProtocol))
  }

  @Test func `is not shown where the plan asks for it itself, or nothing would differ`() throws {
    let own = try plan(label + "slow: yes\ntarget: {dose: 6 mcg/day}")
    #expect(own.slow == nil && !own.findings.codes.contains(.slowerProtocol))
    #expect(own.days.map(\.dose).prefix(8) == [1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.7].map(mcgPerDay)[...])
    let low = try plan(label + "target: {dose: 1 mcg/day}")
    #expect(low.slow == nil && !low.findings.codes.contains(.slowerProtocol))
  }

  @Test func `stands beside an optimal schedule too, and only where one is on record`() throws {
    let fast = try plan(label + "protocol: optimal\ntarget: {dose: 10 mcg/day}")
    #expect(fast.slow != nil && fast.findings.codes.contains(.slowerProtocol))
    for other in [baclofen, "drug: morphine\nopioid_tolerant: yes\n"] {
      let found = try plan(other + "target: {dose: 0.3 mg/day}")
      #expect(found.slow == nil && !found.findings.codes.contains(.slowerProtocol))
    }
  }

  @Test func `goes on from the dose that was observed last`() throws {
    let going = try plan(
      label + "target: {dose: 12 mcg/day}\nobservations:\n  - {day: 10, dose: 6 mcg/day, pain: 5}")
    let slow = try #require(going.slow)
    #expect(slow.days[0].day == 10 && slow.days[0].dose == mcgPerDay(6))
    #expect(slow.days.first { $0.dose > mcgPerDay(6) }?.day == 17)
    #expect(going.days.first { $0.dose > mcgPerDay(6) }?.day == 12)
  }
}

@Suite struct `A goal of relief` {
  private let goal = "target: {relief: 50 %}\nprotocol: label\n"

  @Test(arguments: [
    "oral_mme: 600 mg/day", "medications: [\"morphine oral 300 mg bid\"]", "oral_mme: 60 mg/day",
  ])
  func `is none where it stands for far less than the regimen`(taken: String) throws {
    let refused = try plan("drug: morphine\nindication: cancer\nopioid_tolerant: yes\n\(taken)\n" + goal)
    #expect(refused.findings.isBlocked && refused.days.isEmpty && refused.start == nil)
    #expect(refused.findings.codes.contains(.targetNotReached))
  }

  @Test
  func `is none for somebody tolerant whose regimen is not stated: it stands for at least its threshold`()
    throws
  {
    let refused = try plan("drug: morphine\nindication: cancer\nopioid_tolerant: yes\n" + goal)
    #expect(refused.findings.isBlocked && refused.days.isEmpty)
    let found = try #require(refused.findings.all.first { $0.isAbout(TitrationTopic.targetFarBelowTolerant) })
    // 60 mg/day of oral morphine by 1/300.
    #expect(found.evidence.last == .dose(DoseUnit.milligrams.rate(0.2), .milligrams))
  }

  @Test func `is one where it is not far below, and where scores speak of the patient`() throws {
    // By 1/300, 30 mg/day stand for 0.1 mg/day, of which 0.068 is more than half.
    let near = try plan(
      "drug: morphine\nindication: cancer\nopioid_tolerant: no\noral_mme: 30 mg/day\n" + goal)
    #expect(!near.findings.isBlocked && !near.days.isEmpty)
    let known = try plan(
      "drug: morphine\nindication: cancer\nopioid_tolerant: yes\noral_mme: 600 mg/day\n" + goal
        + "observations:\n  - {day: 4, dose: 1 mg/day, pain: 4}\n  - {day: 8, dose: 1.3 mg/day, pain: 3}")
    #expect(!known.findings.isBlocked && known.learned != nil)
  }
}
