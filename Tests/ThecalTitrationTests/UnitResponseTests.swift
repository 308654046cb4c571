import Glibc
import Testing
import ThecalDosing
import ThecalOptimization
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalTitration

@Suite struct `A unit of dose` {
  private func response() throws -> PatientResponse {
    try #require(
      try plan(baclofen + "target: {level: 300 ng/mL, at: T10}\nlimits: [{level: 100 ng/mL, at: cranial}]")
        .response)
  }

  @Test func `begins with nothing, rises and has settled at its end`() throws {
    let unit = try response().unitDose
    #expect(unit.times.first == 0 && unit.times.count == UnitDose.horizon * 24 + 1)
    for levels in unit.levels {
      #expect(levels[0] == 0 && levels.count == unit.times.count)
      let most = levels[levels.count - 1]
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 >= $0 - 1e-6 * most })
      #expect(most - levels[levels.count - 25] <= UnitDose.tolerance * most)
    }
    #expect(!unit.sources.isEmpty)
  }

  /// A place that is asked for twice is computed once and read twice.
  @Test func `is the same wherever the same place is meant`() throws {
    let found = try response()
    let unit = found.unitDose
    #expect(unit.columns[1] == unit.columns[3] && unit.levels[1] == unit.levels[3])
    #expect(found.caps == [found.cranial])
    #expect(found.segment.gain > found.cranial.gain)
    for day in [1, 7, 21] { #expect(found.segment.after(day) == unit.levels[0][24 * day]) }
  }

  /// What an effect site has felt of a level that settles is that level in the end, and less on the way.
  @Test func `is felt later and in full`() throws {
    let found = try response()
    #expect(abs(found.effectSite.gain / found.segment.gain - 1) < 1e-6)
    #expect(found.effectSite.after(1) < found.segment.after(1))
    #expect(found.toxic == nil && found.toxicSite == found.cranial && found.moderated == found.cranial)
  }
}

@Suite struct `Limits for many people` {
  private let yaml =
    baclofen + "target: {dose: 500 mcg/day}\nlimits: [{level: 100 ng/mL, at: cranial}]\n"
    + "population: {samples: 40, seed: 3, exceeding: 10 %}"

  /// 36 of 40 are counted; the response that stands for them lies above each on every day of every schedule.
  @Test func `are those of a response above everybody who is counted`() throws {
    let people = try #require(try plan(yaml).population)
    #expect(people.responses.count == 1 && people.responses[0].count == 40 && people.envelopes.count == 1)
    let counted = people.responses[0].sorted { $0.gain < $1.gain }.prefix(36)
    var random = SeededGenerator(seed: 9)
    for _ in 0..<20 {
      var dose = 0.0
      // A schedule that rises: each increment is not negative.
      let rates = (0..<14).map { _ -> Double in
        dose += Double.random(in: 0...3, using: &random)
        return dose
      }
      let above = people.envelopes[0].levels(rates)
      for person in counted {
        #expect(zip(person.levels(rates), above).allSatisfy { $0 <= $1 * (1 + 1e-12) })
      }
    }
  }

  @Test func `are passed by the share that is found by asking each`() throws {
    let people = try #require(try plan(yaml).population)
    let rates = Array(repeating: 10.0, count: 10)
    #expect(people.exceeding(Array(repeating: 0, count: 10), [0.001]) == 0)
    #expect(people.exceeding(rates, [1e-9]) == 1 && people.exceeding(rates, [1e9]) == 0)
    let levels = people.responses[0].map { $0.levels(rates).max() ?? 0 }.sorted()
    // Between the tenth and the eleventh person, thirty lie above.
    #expect(people.exceeding(rates, [(levels[9] + levels[10]) / 2]) == 0.75)
  }
}

@Suite struct `Doses of a pump` {
  /// Rounding up gives the least dose that the pump can deliver and that is not below what is asked for.
  @Test(arguments: 0..<100 as Range<UInt64>) func `are rounded to what it delivers`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var limits = spinalBaclofen
    if seed % 2 == 0 {
      limits.stroke = mcgPerDay(ExactNumber(Int.random(in: 1...40, using: &random), over: 8))
    }
    let asked = mcgPerDay(ExactNumber(Int.random(in: 1_000...900_000, using: &random), over: 997))
    let (down, up) = (limits.deliverable(asked), limits.raised(asked, atMost: mcgPerDay(1_000)))
    #expect(down <= asked && asked <= up)
    #expect(limits.deliverable(down) == down && limits.deliverable(up) == up)
    // Between the two there is nothing else.
    if down < asked { #expect(limits.deliverable(ExactNumber(1, over: 2) * (down + up)) == down) }
    #expect(limits.raised(down, atMost: mcgPerDay(1_000)) == down)
    #expect(limits.raised(asked, atMost: down) == down)
  }

  @Test func `that are wanted from day 1 on, and allowed, are given from day 1 on`() throws {
    let task = OptimalSchedule.Task(limits: spinalBaclofen, days: 10, goal: mcgPerDay(80))
    let label = LabelSchedule(to: task.goal, over: 10, within: spinalBaclofen).doses
    let optimal = try OptimalSchedule(task, label: label)
    #expect(optimal.doses == Array(repeating: mcgPerDay(80), count: 10) && optimal.residual.largest < 1e-9)
  }

  /// Where a level elsewhere must not be passed, the dose settles at that level over its gain, less the half percent that is kept
  /// for rounding.
  @Test func `settle where a level elsewhere ends them`() throws {
    let (here, there) = (settling(gain: 5, perDay: 3), settling(gain: 0.8, perDay: 3))
    var task = OptimalSchedule.Task(limits: spinalBaclofen, days: 20, goal: mcgPerDay(300), response: here)
    let level = 0.8 * mcgPerDay(150).base
    task.caps = [(there, level)]
    let label = LabelSchedule(to: mcgPerDay(145), over: 20, within: spinalBaclofen).doses
    let optimal = try OptimalSchedule(task, label: label)
    #expect(abs((optimal.planned.last ?? 0) * 0.8 / (level * 0.995) - 1) < 1e-4)
    #expect(
      !OptimalSchedule.passes(optimal.doses, task) && OptimalSchedule.arrival(optimal.doses, task) == nil)
  }
}

@Suite struct `Hours of a diary` {
  /// Two days: 2 and 4 in the morning and 7 at night, then 5 and 9. Ratings of one hour of one day count once.
  @Test func `differ from the mean of their own day, counted by hand`() throws {
    func entry(_ day: Int, _ hour: Int, _ pain: Double) -> PainDiary.Entry {
      PainDiary.Entry(day: CalendarDate(dayNumber: 20_000 + day), minute: hour * 60 + 5, pain: pain)
    }
    let rhythm = HourlyRhythm(
      PainDiary([entry(0, 8, 2), entry(0, 8, 4), entry(0, 20, 7), entry(1, 8, 5), entry(1, 20, 9)]),
      confidence: 0.95)
    #expect(
      rhythm.days == 2 && rhythm.hours.map(\.hour) == [8, 20] && rhythm.hours.map(\.ratings) == [3, 2])
    #expect(rhythm.hours.map(\.pain.value) == [4, 8])
    #expect(rhythm.hours.map { $0.deviation?.value } == [-2, 2])
    // Two days, one degree of freedom: 12.706 standard errors of 1.
    let morning = rhythm.hours[0].pain
    #expect(abs(try #require(morning.high) - 4 - 12.7062047) < 1e-6)
    #expect(rhythm.hours[0].deviation?.low == -2 && rhythm.hours[0].deviation?.high == -2)
    // An hour that stands alone in its day differs from nothing.
    let alone = HourlyRhythm(PainDiary([entry(0, 8, 3), entry(1, 8, 5)]), confidence: 0.95)
    #expect(alone.hours.count == 1 && alone.hours[0].deviation == nil)
  }
}
