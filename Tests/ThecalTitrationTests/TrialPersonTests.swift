import Glibc
import Testing
import ThecalFormulary
import ThecalResponse
import _ThecalTestSupport

@testable import ThecalTitration

/// One person in whom a microgram, or a microgram per hour, gives a level at once that then stays: every time can be told by hand.
private struct Held {
  let wanted: EffectModel
  let feared: EffectModel
  let rows: Int

  init(rows: Int) throws {
    wanted = try #require(EffectModel("relief", of: "morphine", in: .embedded))
    feared = try #require(EffectModel("respiratory_depression", of: "morphine", in: .embedded))
    self.rows = rows
  }

  /// The person with `level` per unit at the target and `cranial` in the cranial pool.
  func person(
    level: Double, cranial: Double = 0, criterion: Double = 0.5, sustained: Double = 4, response: Double = 0.5
  ) -> TrialPerson {
    let answer = TrialResponse(wanted, feared, criterion: criterion, sustainedHours: sustained) {
      $0 == .response ? response : 0.5
    }
    let unit = UnitCourses.Levels(
      target: Array(repeating: level, count: rows), cranial: Array(repeating: cranial, count: rows))
    return TrialPerson([unit], times: (0..<rows).map { Double($0) * UnitCourses.step }, answer)
  }

  /// Hours until half of a level is felt, as the first row that is not before it.
  func halfLife(_ model: EffectModel) -> Double {
    (M_LN2 / model.site.rate / UnitCourses.step).rounded(.up) * UnitCourses.step
  }
}

@Suite struct `One person of a trial` {
  /// Twice the level of half effect is felt as that level after one half-life of the effect site.
  @Test func `is relieved by half after the half-life of the effect site`() throws {
    let held = try Held(rows: 97)
    let course = held.person(level: 2 * held.wanted.curve.half)
      .injected([.init(row: 0, mass: 1, input: 0)], window: 96)
    #expect(course.outcome.isSuccess && course.outcome.reachedAt == held.halfLife(held.wanted))
    #expect(course.outcome.dose == 1 && course.given.allSatisfy { $0 == 1 })
    #expect(course.rate.allSatisfy { $0 == 0 } && course.level.allSatisfy { $0 == course.level[0] })
    // The level stays, so that the effect is greatest in the last row.
    #expect(course.outcome.peakAt == 24 && course.outcome.isSustained)
    #expect(abs(course.outcome.hoursAbove - (24 - course.outcome.reachedAt! + UnitCourses.step)) < 1e-12)
  }

  @Test func `gets the next injection only where the one before did not work`() throws {
    let held = try Held(rows: 97)
    let person = held.person(level: held.wanted.curve.half)
    let weakThenStrong: [TrialPerson.Injection] = [
      .init(row: 0, mass: 0.5, input: 0), .init(row: 48, mass: 1.5, input: 0),
      .init(row: 72, mass: 9, input: 0),
    ]
    let course = person.injected(weakThenStrong, window: 24)
    #expect(course.outcome.isSuccess && course.outcome.dose == 1.5)
    #expect(course.given[47] == 0.5 && course.given[48] == 2 && course.given[96] == 2)
    // 0.5 felt for 12 h and more, and 1.5 felt anew: 0.5 f(12 + t) + 1.5 f(t) = 1.
    let site = held.wanted.site
    let hit = try #require(
      (0...24).first { row in
        let t = Double(row) * UnitCourses.step
        return 0.5 * site.felt(after: 12 + t) + 1.5 * site.felt(after: t) >= 1
      })
    #expect(course.outcome.reachedAt == Double(hit) * UnitCourses.step)
    // The first alone is enough where it is strong.
    let strong = held.person(level: 6 * held.wanted.curve.half).injected(weakThenStrong, window: 24)
    #expect(strong.outcome.dose == 0.5 && strong.given[96] == 0.5)
  }

  @Test func `who does not respond gets every injection and no relief`() throws {
    let held = try Held(rows: 97)
    let person = held.person(level: 1_000 * held.wanted.curve.half, response: 0)
    let course = person.injected(
      [.init(row: 0, mass: 1, input: 0), .init(row: 48, mass: 2, input: 0)], window: 24)
    #expect(!course.outcome.isSuccess && !course.outcome.isSustained && course.outcome.reachedAt == nil)
    #expect(course.effect.allSatisfy { $0 == 0 } && course.given[96] == 3 && course.outcome.dose == 2)
  }

  @Test func `keeps what lasted as long as was asked, and not an hour more`() throws {
    let held = try Held(rows: 97)
    func outcome(_ sustained: Double) -> TrialCourse.Outcome {
      held.person(level: 2 * held.wanted.curve.half, sustained: sustained)
        .injected([.init(row: 0, mass: 1, input: 0)], window: 96).outcome
    }
    let lasted = outcome(4).hoursAbove
    #expect(lasted > 4 && outcome(lasted).isSustained && !outcome(lasted + 0.01).isSustained)
    #expect(outcome(lasted + 0.01).isSuccess)
  }

  /// Twice the toxic level is felt as toxic after one half-life of that effect; below the toxic level never.
  @Test func `breathes less from the half-life of that effect on, or not at all`() throws {
    let held = try Held(rows: 193)
    let threshold = try #require(held.feared.toxic)
    let toxic = try #require(held.feared.curve.level(for: threshold))
    func course(_ level: Double) -> TrialCourse {
      held.person(level: 1, cranial: level).injected([.init(row: 0, mass: 1, input: 0)], window: 96)
    }
    let much = course(2 * toxic)
    let first = try #require(much.isToxic.firstIndex(of: true))
    #expect(Double(first) * UnitCourses.step == held.halfLife(held.feared) && much.outcome.isToxic)
    #expect(!much.isToxic[first...].contains(false))
    #expect(!course(0.999 * toxic).outcome.isToxic)
  }
}

@Suite struct `The ladder of an infusion` {
  /// 10, 20, 30 µg/h for two hours each and then held: 20, 60, 120 µg are given after 2, 4 and 6 h.
  @Test func `rises at every step to its ceiling and is held there`() throws {
    let held = try Held(rows: 97)
    let ladder = TrialLadder(step: 10, rowsPerStep: 8, ceiling: 30, total: 1e6)
    let course = held.person(level: 1e-9).infused(ladder)
    #expect([0, 8, 16, 24, 96].map { course.rate[$0] } == [10, 20, 30, 30, 30])
    // 120 in the first six hours, and 30 in each of the other eighteen.
    let (rows, given) = ([0, 8, 16, 24, 96], [0.0, 20, 60, 120, 660])
    #expect(rows.map { course.given[$0] } == given)
    #expect(course.outcome.heldBy == "ceiling" && course.outcome.dose == 30 && !course.outcome.isSuccess)
  }

  @Test func `stops where relief is found at a step, and the dose that did it is told`() throws {
    let held = try Held(rows: 97)
    // One step of 10 µg/h holds twice the level of half effect: half is felt before the second or a later step.
    let course = held.person(level: held.wanted.curve.half / 5)
      .infused(TrialLadder(step: 10, rowsPerStep: 16, ceiling: 1e6, total: 1e6))
    #expect(course.outcome.isSuccess && course.outcome.dose == 10 && course.outcome.reachedAt == 4)
    #expect(course.rate.allSatisfy { $0 == 10 } && course.outcome.heldBy == nil && course.outcome.isSustained)
    #expect(course.outcome.effectThen < course.outcome.effectToCome)
  }

  @Test func `counts what the new rate would give until hour 24 against the total`() {
    let ladder = TrialLadder(step: 10, rowsPerStep: 8, ceiling: 1_000, total: 240)
    #expect(ladder.obstacle(after: 0, given: 0, hour: 0) == nil)
    // 20 given in two hours and 20 µg/h for the other 22 h: 460.
    #expect(ladder.obstacle(after: 10, given: 20, hour: 2) == "total")
    #expect(ladder.obstacle(after: 10, given: 240, hour: 24) == nil)
    #expect(ladder.obstacle(after: 991, given: 0, hour: 24) == "ceiling")
    #expect(
      TrialLadder(step: 11, rowsPerStep: 8, ceiling: 10, total: 1e6).obstacle(after: 0, given: 0, hour: 0)
        == "ceiling")
  }

  @Test func `never passes ceiling or total, whatever they are`() throws {
    var random = SeededGenerator(seed: 5)
    let held = try Held(rows: 97)
    for _ in 0..<60 {
      let ladder = TrialLadder(
        step: .random(in: 1...40, using: &random), rowsPerStep: .random(in: 1...24, using: &random),
        ceiling: .random(in: 20...200, using: &random), total: .random(in: 100...3_000, using: &random))
      let course = held.person(level: .random(in: 0.01...5, using: &random)).infused(ladder)
      #expect((course.given.last ?? 0) <= ladder.total * (1 + 1e-9))
      #expect((course.rate.max() ?? 0) <= ladder.ceiling * (1 + 1e-9))
      #expect(
        zip(course.rate, course.rate.dropFirst()).allSatisfy { $1 == $0 || abs($1 - $0 - ladder.step) < 1e-9 }
      )
      #expect(course.outcome.isSuccess != (course.outcome.heldBy != nil) || course.outcome.heldBy == nil)
    }
  }
}
