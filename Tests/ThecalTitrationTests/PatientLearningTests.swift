import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalScenario

@testable import ThecalTitration

private let morphine = "drug: morphine\nindication: noncancer\nopioid_tolerant: yes\nage_years: 50\n"

private func seen(_ rows: [(day: Int, dose: Double, pain: Double)]) -> String {
  "observations:\n"
    + rows.map { "  - {day: \($0.day), dose: \($0.dose) mg/day, pain: \($0.pain)}" }.joined(separator: "\n")
}

@Suite struct `The patient who was observed` {
  /// The same doses, other scores: who feels less of them needs a higher level, and the plan follows.
  @Test func `moves the parameters: worse scores mean less sensitivity, and more dose for the same relief`()
    throws
  {
    func learned(_ pains: [Double]) throws -> TitrationPlan {
      let rows = zip([4, 8, 12], pains).map { (day: $0.0, dose: 0.1 + 0.05 * Double($0.0), pain: $0.1) }
      return try plan(morphine + "baseline: 8\ntarget: {relief: 50 %}\n" + seen(rows))
    }
    let good = try learned([5, 3, 2])
    let bad = try learned([7.5, 7, 6.5])
    let (first, second) = (try #require(good.learned), try #require(bad.learned))
    #expect(second.half.estimate > 2 * first.half.estimate)
    #expect(first.half.low < first.half.estimate && first.half.estimate < first.half.high)
    #expect(try #require(bad.goal).wanted > #require(good.goal).wanted)
    let prior = try #require(EffectModel("relief", of: "morphine", in: .embedded)).curve.half
    #expect(second.half.estimate > prior)
    // What the scores say stands above what was counted in others: the column is there.
    #expect(good.days.allSatisfy { $0.effect != nil })
    #expect(good.response?.curve?.half == first.half.estimate)
  }

  @Test func `is believed where the model does not fit, which is said`() throws {
    let wild = try plan(
      morphine + "target: {dose: 1 mg/day}\n"
        + seen([(2, 0.3, 1), (4, 0.4, 9), (6, 0.5, 1), (8, 0.6, 9), (10, 0.7, 1)]))
    #expect(wild.findings.codes.contains(.modelMisfit) && wild.findings.status == .review)
    let misfit = try #require(wild.findings.all.first { $0.isAbout(TitrationTopic.scoresMisfit) })
    guard case .number(let scatter) = misfit.evidence[0], case .number(let usual) = misfit.evidence[1] else {
      Issue.record("no numbers")
      return
    }
    #expect(scatter > 2 * usual)
    let calm = try plan(
      morphine + "target: {dose: 1 mg/day}\n"
        + seen([(2, 0.3, 5), (4, 0.4, 4.5), (6, 0.5, 4), (8, 0.6, 3.7)]))
    #expect(!calm.findings.codes.contains(.modelMisfit))
    // Two scores say nothing of a misfit.
    let few = try plan(morphine + "target: {dose: 1 mg/day}\n" + seen([(2, 0.3, 1), (4, 0.4, 9)]))
    #expect(!few.findings.codes.contains(.modelMisfit))
  }

  @Test func `without a score, or with a drug without an effect on record, teaches nothing, which is said`()
    throws
  {
    let silent = try plan(
      morphine
        + "target: {dose: 1 mg/day}\nobservations:\n  - {day: 4, dose: 0.3 mg/day, side_effects: [itching]}")
    #expect(silent.learned == nil && silent.findings.codes.contains(.missingField))
    let other = try plan(
      "drug: ziconotide\npsychosis_history: no\ntarget: {dose: 6 mcg/day}\nobservations:\n  - {day: 8, dose: 2.4 mcg/day, pain: 5}"
    )
    #expect(other.learned == nil)
    #expect(other.findings.all.contains { $0.isAbout(TitrationTopic.noEffectToLearn) })
  }

  @Test func `keeps its dose on the first day of the plan, and every day after it keeps the rules`() throws {
    let going = try plan(
      morphine + "target: {dose: 2 mg/day}\n" + seen([(5, 0.5, 6), (10, 0.65, 5)]))
    #expect(going.days[0].day == 10 && going.days[0].dose == DoseUnit.milligrams.rate(0.65))
    let limits = try #require(going.limits)
    #expect(limits.violations(of: going.days.map(\.dose)).isEmpty)
  }

  @Test func `who got nothing on the last day begins again as one without tolerance`() throws {
    let gap = try plan(
      morphine
        + "target: {dose: 1 mg/day}\nobservations:\n  - {day: 5, dose: 0.5 mg/day, pain: 6}\n  - {day: 7, dose: 0 mg/day, pain: 8}"
    )
    #expect(gap.findings.codes.contains(.restart))
    #expect(gap.days.first.map { $0.dose <= DoseUnit.milligrams.rate(0.5) } ?? true)
  }

  /// Three visits with more dose and more pain: a stop rule of its own.
  @Test func `worse twice although the dose rose closes the next step upward`() throws {
    let worse = try plan(
      morphine + "target: {dose: 2 mg/day}\n" + seen([(4, 0.5, 5), (8, 0.6, 6), (12, 0.7, 7)]))
    #expect(worse.findings.codes.contains(.stopRule))
    #expect(try #require(worse.next).high <= DoseUnit.milligrams.rate(0.7))
    let better = try plan(
      morphine + "target: {dose: 2 mg/day}\n" + seen([(4, 0.5, 7), (8, 0.6, 6), (12, 0.7, 5)]))
    #expect(!better.findings.codes.contains(.stopRule))
    #expect(try #require(better.next).high > DoseUnit.milligrams.rate(0.7))
  }
}

@Suite struct `Levels of days` {
  @Test func `settle at their gain, and begin with nothing`() {
    let response = LevelResponse(steps: [1, 1.6, 1.9, 2])
    #expect(response.gain == 2 && response.after(0) == 0 && response.after(-3) == 0)
    #expect(response.after(1) == 1 && response.after(99) == 2)
    #expect(response.levels([]).isEmpty)
    // One dose held, then taken away: by linearity what was added comes off again with the same course.
    let held = response.levels([3, 3, 3, 3, 3, 3])
    for (a, b) in zip(held, [3, 4.8, 5.7, 6, 6, 6]) { #expect(abs(a - b) < 1e-12) }
    let stopped = response.levels([3, 3, 0, 0, 0, 0, 0])
    for (a, b) in zip(stopped, [3, 4.8, 2.7, 1.2, 0.3, 0, 0]) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `of hours are those at the ends of days`() {
    let hours = (0...72).map(Double.init)
    #expect(LevelResponse(hourly: hours).steps == [24, 48, 72])
  }
}

@Suite struct `Limits of one patient` {
  private func limits(_ yaml: String) throws -> TitrationLimits { try #require(try plan(yaml).limits) }

  @Test func `a pump that gives less than the rules lowers the most, and says so`() throws {
    let weak = try plan(
      baclofen + "pump: SynchroMed II\nconcentration: 0.01 mg/mL\ntarget: {dose: 300 mcg/day}")
    #expect(weak.findings.codes.contains(.flowOutOfRange))
    // 24 mL/day of 10 mcg/mL.
    #expect(try #require(weak.limits).highest == mcgPerDay(240))
    #expect(weak.days.allSatisfy { $0.dose <= mcgPerDay(240) })
    let unknown = try plan(
      baclofen + "pump: no such pump\nconcentration: 0.5 mg/mL\ntarget: {dose: 300 mcg/day}")
    #expect(unknown.findings.isBlocked && unknown.days.isEmpty)
    let unfilled = try plan(baclofen + "pump: SynchroMed II\ntarget: {dose: 300 mcg/day}")
    #expect(unfilled.findings.codes.contains(.missingField) && !unfilled.findings.isBlocked)
  }

  @Test func `a start above the rules is said and not given, one below is given`() throws {
    let high = try plan(baclofen + "start: 150 mcg/day\ntarget: {dose: 300 mcg/day}")
    #expect(high.days[0].dose == mcgPerDay(100) && high.findings.codes.contains(.overLimit))
    let low = try plan(baclofen + "start: 60 mcg/day\ntarget: {dose: 300 mcg/day}")
    #expect(low.days[0].dose == mcgPerDay(60))
  }

  @Test func `steps, drops and days are those of the drug's own rules`() throws {
    let tone = try limits(baclofen + "target: {dose: 300 mcg/day}")
    #expect(tone.next(after: mcgPerDay(100)) == mcgPerDay(130) && tone.interval == 1)
    #expect(tone.largestDrop == ExactNumber(1, over: 5))
    let pain = try limits(morphine + "target: {dose: 1 mg/day}")
    #expect(
      pain.interval == 3 && pain.next(after: DoseUnit.milligrams.rate(1)) == DoseUnit.milligrams.rate(1.3))
    #expect(pain.riseDays(through: 10) == [4, 7, 10])
    #expect(
      !pain.mayRise(on: 3, after: []) && pain.mayRise(on: 4, after: []) && !pain.mayRise(on: 6, after: [4]))
  }

  @Test func `a goal below the start is come down to no faster than the rules allow`() throws {
    let down = try plan(
      baclofen + "target: {dose: 50 mcg/day}\nobservations:\n  - {day: 3, dose: 100 mcg/day, ashworth: 1}")
    #expect(down.days.map(\.dose).prefix(5) == [100, 80, 64, 51.2, 50].map(mcgPerDay)[...])
  }
}

@Suite struct `Relief in a diary` {
  private func series(_ values: [Double]) -> DailySeries {
    DailySeries(days: values.indices.map { 100 + $0 }, values: values, counts: values.map { _ in 2 })
  }

  @Test func `is reached where all of its interval is, open where it may be, and not where none is`() throws {
    func reached(_ values: [Double], _ wanted: Double) throws -> PainReduction.Reached {
      try #require(PainReduction(series(values), baseline: .score(8), confidence: 0.95)).reached(wanted)
    }
    let steady = [2.0, 2.1, 1.9, 2, 2.2, 1.8, 2, 2.1, 1.9, 2]
    #expect(try reached(steady, 50) == .yes && reached(steady, 90) == .no && reached(steady, 75) == .open)
    #expect(try reached([4], 50) == .open)
    #expect(PainReduction(series(steady), baseline: .score(0), confidence: 0.95) == nil)
    #expect(PainReduction(series([]), baseline: .days(3), confidence: 0.95) == nil)
    // Nothing is left after the first days.
    #expect(PainReduction(series([8, 7]), baseline: .days(2), confidence: 0.95) == nil)
  }

  @Test func `rises with the days: a line has its slope, and fewer than three days have none`() throws {
    let falling = series([8, 7.5, 7, 6.5, 6])
    let slope = try #require(falling.slope(confidence: 0.95))
    #expect(abs(slope.value + 0.5) < 1e-12 && slope.count == 5)
    #expect(series([8, 7]).slope(confidence: 0.95) == nil && series([8, 7]).line == nil)
    let line = try #require(falling.line)
    #expect(abs(line.level - 7) < 1e-12 && line.middle == 102)
    #expect(falling.filtered { $0 > 101 }.values == [7, 6.5, 6])
    #expect(series([]).mean(confidence: 0.95) == nil)
    let one = try #require(series([5]).mean(confidence: 0.95))
    #expect(one.value == 5 && one.low == nil && one.high == nil && one.count == 2)
  }

  @Test func `at each dose is the mean of its own days`() throws {
    func entry(_ day: Int, _ pain: Double, _ dose: Double, _ words: String = "") -> PainDiary.Entry {
      PainDiary.Entry(
        day: CalendarDate(dayNumber: 20_000 + day), minute: 600, pain: pain, dose: DoseRate(base: dose),
        sideEffect: words)
    }
    let diary = PainDiary([
      entry(3, 4, 2, "Itching"), entry(1, 8, 1), entry(2, 6, 1, "itching"), entry(4, 2, 2, "sleepy"),
    ])
    let doses = diary.byDose(confidence: 0.95)
    #expect(doses.map(\.dose) == [DoseRate(base: 1), DoseRate(base: 2)])
    #expect(doses.map(\.pain.value) == [7, 3] && doses.map(\.days) == [2, 2])
    #expect(diary.sideEffects.map(\.text) == ["itching", "sleepy"] && diary.sideEffects[0].count == 2)
    #expect(diary.span == 4 && diary.missingDays.isEmpty && diary.longestGap == 24)
    #expect(diary.hoursWithoutRating.count == 23 && !diary.hoursWithoutRating.contains(10))
  }
}

@Suite struct `Shares of a population` {
  @Test func `of nobody anything is possible, and moving the ends keeps the value inside`() {
    let none = PopulationShare(0, of: 0)
    #expect(none.value == 0 && none.low == 0 && none.high == 1)
    let half = PopulationShare(50, of: 100)
    let moved = half.moved(by: 0.8, 1.1)
    #expect(moved.low < half.low && moved.high > half.high && moved.value == half.value)
    #expect(PopulationShare(100, of: 100).moved(by: 0.5, 2).high == 1)
    #expect(half.moved(by: 2, 0.5).low <= half.value && half.moved(by: 2, 0.5).high >= half.value)
  }
}
