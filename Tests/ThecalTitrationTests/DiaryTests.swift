import Foundation
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalTitration

/// What statsmodels and scipy say of the same numbers; `Tests/References/diary.py` writes it.
private struct DiaryReference: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let values: [Double]
    let mean: [Double]
    let slope: [Double]
    let kept: [Int]
    let gapped_mean: [Double]
    let gapped_slope: [Double]
    let baseline_days: Int
    let reduction: [Double]
    var testDescription: String { "\(values.count) days" }
  }
  let cases: [Case]

  static let stored: DiaryReference = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/diary.json")
    guard let data = try? Data(contentsOf: file),
      let reference = try? JSONDecoder().decode(DiaryReference.self, from: data)
    else { preconditionFailure("\(file)") }
    return reference
  }()
}

private func near(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a.map { abs($0 - b) <= tolerance * max(1, abs(b)) } ?? false
}

private func series(_ values: [Double], days: [Int]? = nil) -> DailySeries {
  DailySeries(days: days ?? Array(values.indices), values: values, counts: values.map { _ in 1 })
}

private func day(_ number: Int) -> CalendarDate { CalendarDate(dayNumber: 20_000 + number) }

private let rules = Formulary.embedded.diaryRules

@Suite struct `the statistics of a diary` {
  @Test(arguments: DiaryReference.stored.cases) fileprivate func `agree with statsmodels`(
    reference: DiaryReference.Case
  ) throws {
    let whole = series(reference.values)
    let gapped = series(reference.kept.map { reference.values[$0] }, days: reference.kept)
    for (own, peer) in [
      (whole.mean(confidence: 0.95), reference.mean), (whole.slope(confidence: 0.95), reference.slope),
      (gapped.mean(confidence: 0.95), reference.gapped_mean),
      (gapped.slope(confidence: 0.95), reference.gapped_slope),
    ] {
      let own = try #require(own)
      #expect(near(own.value, peer[0]) && near(own.low, peer[1]) && near(own.high, peer[2]), "\(own) \(peer)")
    }
  }

  @Test(arguments: DiaryReference.stored.cases) fileprivate func `relief has Fieller's limits`(
    reference: DiaryReference.Case
  ) throws {
    let relief = try #require(
      PainReduction(
        series(reference.values), baseline: .days(reference.baseline_days), confidence: 0.95)
    ).percent
    #expect(near(relief.value, reference.reduction[0], 1e-8))
    #expect(near(relief.low, reference.reduction[1], 1e-8) && near(relief.high, reference.reduction[2], 1e-8))
  }

  @Test(arguments: [(0.0, 10), (0.4, 28), (0.7, 28)])
  func `intervals hold what they promise, also where days resemble each other`(memory: Double, days: Int) {
    var (means, slopes) = (0, 0)
    let trials = 200
    for seed in 0..<trials {
      var random = SeededGenerator(seed: UInt64(seed))
      var noise = normal(&random) / (1 - memory * memory).squareRoot()
      let values = (0..<days).map { day -> Double in
        defer { noise = memory * noise + normal(&random) }
        return 5 + noise + 0.1 * (Double(day) - Double(days - 1) / 2)
      }
      let days = series(values)
      if let mean = days.mean(confidence: 0.95), let low = mean.low, let high = mean.high {
        means += low <= 5 && 5 <= high ? 1 : 0
      }
      if let slope = days.slope(confidence: 0.95), let low = slope.low, let high = slope.high {
        slopes += low <= 0.1 && 0.1 <= high ? 1 : 0
      }
    }
    // Four standard errors of 200 trials below 95 %.
    for cover in [means, slopes] { #expect(Double(cover) / Double(trials) > 0.888, "\(means) \(slopes)") }
  }

  @Test func `days that all say the same leave no doubt, and one day leaves every doubt`() throws {
    let same = try #require(series([4, 4, 4, 4]).mean(confidence: 0.95))
    #expect(same.low == 4 && same.high == 4)
    let straight = try #require(series([1, 2, 3, 4]).slope(confidence: 0.95))
    #expect(near(straight.low, 1, 1e-6) && near(straight.high, 1, 1e-6))
    let one = try #require(series([4]).mean(confidence: 0.95))
    #expect(one.value == 4 && one.low == nil)
  }

  @Test func `a baseline that is a score makes relief a plain share`() throws {
    let relief = try #require(
      PainReduction(series([4, 4, 4, 4]), baseline: .score(8), confidence: 0.95))
    #expect(relief.percent.value == 50 && relief.percent.low == 50 && relief.reached(50) == .yes)
    let open = try #require(
      PainReduction(series([3, 5, 3, 5, 4.2, 3, 5, 3.5, 4.6, 4]), baseline: .score(8), confidence: 0.95))
    #expect(open.reached(50) == .open && open.reached(90) == .no)
    #expect(PainReduction(series([4]), baseline: .days(7), confidence: 0.95) == nil)
  }
}

/// A diary of hourly ratings from 7:00 to 22:00, whose pain is `pain(day, hour)` and noise.
private func hourly(
  days: Int, seed: UInt64, noise: Double = 0.7, pain: (Int, Int) -> Double
) -> PainDiary {
  var random = SeededGenerator(seed: seed)
  var entries: [PainDiary.Entry] = []
  for number in 0..<days {
    for hour in 7...22 {
      let value = min(10, max(0, pain(number, hour) + noise * normal(&random)))
      entries.append(PainDiary.Entry(day: day(number), minute: hour * 60, pain: value))
    }
  }
  return PainDiary(entries.shuffled(using: &random))
}

/// A normal deviate by the polar method's older sibling, Box and Muller.
private func normal(_ random: inout SeededGenerator) -> Double {
  (-2 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &random))).squareRoot()
    * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
}

private func suggestion(_ diary: PainDiary) -> FlexSuggestion? {
  FlexSuggestion(HourlyRhythm(diary, confidence: 0.95), rules: rules)
}

@Suite struct `the rhythm of a diary` {
  @Test func `evenings of more pain are found, whatever the trend, and the total stays`() throws {
    let diary = hourly(days: 14, seed: 1) { day, hour in 4 + (hour >= 18 ? 3 : 0) + 0.1 * Double(day) }
    let flex = try #require(suggestion(diary))
    #expect(flex.periods == ["18:00 to 02:00"] && !flex.isByNight)
    let total = zip(flex.steps, flex.steps.dropFirst().map(\.hour) + [24]).reduce(0) {
      $0 + $1.0.percent * Double($1.1 - $1.0.hour)
    }
    #expect(near(total, 2_400, 1e-12))
    #expect(flex.steps.allSatisfy { (80...110).contains($0.percent) })
  }

  @Test func `the total never changes and nothing leaves its bounds`() {
    var suggested = 0
    for seed in 0..<100 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let (start, length) = (Int.random(in: 7...20, using: &random), Int.random(in: 1...15, using: &random))
      let diary = hourly(days: 10, seed: seed + 1_000) { _, hour in
        (start..<start + length).contains(hour) ? 7 : 3
      }
      guard let flex = suggestion(diary) else { continue }
      suggested += 1
      let ends = flex.steps.dropFirst().map(\.hour) + [24]
      let total = zip(flex.steps, ends).reduce(0) { $0 + $1.0.percent * Double($1.1 - $1.0.hour) }
      #expect(flex.steps.first?.hour == 0 && near(total, 2_400, 1e-12))
      #expect(flex.steps.allSatisfy { (80 - 1e-9...110 + 1e-9).contains($0.percent) })
    }
    #expect(suggested > 90, "\(suggested)")
  }

  @Test func `chance alone suggests next to nothing`() {
    let found = (0..<200 as Range<UInt64>).count { seed in
      suggestion(hourly(days: 10, seed: seed, noise: 1.5) { _, _ in 5 }) != nil
    }
    // One in twenty would be chance for all hours together; the threshold of a point lowers it further.
    #expect(found <= 10, "\(found)")
  }

  @Test func `too few days, too few ratings or too small a difference suggest nothing`() {
    #expect(suggestion(hourly(days: 6, seed: 2) { _, hour in hour >= 18 ? 8 : 3 }) == nil)
    #expect(suggestion(hourly(days: 14, seed: 2) { _, hour in hour >= 18 ? 4.8 : 4 }) == nil)
    let rare = (0..<14).flatMap { number in
      [PainDiary.Entry(day: day(number), minute: 540, pain: 3)]
        + (number % 4 == 0 ? [PainDiary.Entry(day: day(number), minute: 1_200, pain: 9)] : [])
    }
    #expect(suggestion(PainDiary(rare)) == nil)
  }

  @Test func `days that are only days have no rhythm`() {
    let diary = PainDiary((0..<20).map { PainDiary.Entry(day: day($0), minute: nil, pain: 5) })
    #expect(HourlyRhythm(diary, confidence: 0.95).hours.isEmpty && suggestion(diary) == nil)
    #expect(diary.hoursWithoutRating.count == 24 && diary.longestGap == nil)
  }
}

@Suite struct `a diary` {
  @Test func `counts days, gaps and doses`() throws {
    let low = try DoseRate(reading: "0.2 mg/day")
    let high = try DoseRate(reading: "0.4 mg/day")
    let diary = PainDiary([
      PainDiary.Entry(day: day(4), minute: 600, pain: 3, dose: high, sideEffect: "Itching"),
      PainDiary.Entry(day: day(0), minute: 480, pain: 8, dose: low),
      PainDiary.Entry(day: day(0), minute: 1_200, pain: 6, dose: low, sideEffect: "itching"),
      PainDiary.Entry(day: day(1), minute: nil, pain: nil, ashworth: 2, sideEffect: "nausea"),
    ])
    #expect(diary.span == 5 && diary.missingDays == [day(2), day(3)])
    #expect(diary.longestGap == 86)
    #expect(diary.daily(\.pain).values == [7, 3] && diary.daily(\.ashworth).values == [2])
    #expect(diary.sideEffects.map(\.text) == ["itching", "nausea"])
    #expect(diary.sideEffects[0].first == day(0) && diary.sideEffects[0].last == day(4))
    let doses = diary.byDose(confidence: 0.95)
    #expect(doses.map(\.dose) == [low, high] && doses.map(\.pain.value) == [7, 3])
  }
}
