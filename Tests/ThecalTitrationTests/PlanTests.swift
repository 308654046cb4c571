import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalResponse
import ThecalScenario
import ThecalOptimization
import _ThecalTestSupport

@testable import ThecalTitration

func plan(_ yaml: String) throws -> TitrationPlan {
  try TitrationPlan(TitrationScenario(yaml: yaml, file: "plan.yaml"))
}

let baclofen = """
  drug: baclofen
  indication: spasticity_spinal
  age_years: 40
  screening: {bolus: 50 mcg, effect: 6 h}

  """

@Suite struct `A plan` {
  @Test func `baclofen starts at twice the bolus, or once where its effect lasted`() throws {
    let twice = try plan(baclofen + "target: {dose: 300 mcg/day}")
    #expect(twice.days[0].dose == mcgPerDay(100))
    #expect(twice.days.map(\.dose).prefix(6) == [100, 130, 169, 219, 284, 300].map(mcgPerDay)[...])
    #expect(twice.daysToTarget == 6)
    let once = try plan(baclofen.with("effect: 6 h", "effect: 9 h") + "target: {dose: 300 mcg/day}")
    #expect(once.days[0].dose == mcgPerDay(50))
    let unknown = try plan(baclofen.with(", effect: 6 h", "") + "target: {dose: 300 mcg/day}")
    #expect(unknown.days[0].dose == mcgPerDay(50) && unknown.findings.codes.contains(.missingField))
  }

  @Test func `cerebral origin and children rise by 15 %`() throws {
    for change in [("spasticity_spinal", "spasticity_cerebral"), ("age_years: 40", "age_years: 9")] {
      let slow = try plan(baclofen.with(change.0, change.1) + "target: {dose: 300 mcg/day}")
      #expect(slow.days[1].dose == mcgPerDay(115))
    }
    // Whoever is not described gets the smallest step.
    let silent = try plan(baclofen.with("age_years: 40\n", "") + "target: {dose: 300 mcg/day}")
    #expect(silent.days[1].dose == mcgPerDay(115) && silent.findings.codes.contains(.missingField))
  }

  @Test(
    arguments: [
      ("drug: baclofen\ntarget: {dose: 300 mcg/day}", Code.screeningRequired),
      ("drug: baclofen\nscreening: {bolus: 150 mcg}\ntarget: {dose: 300 mcg/day}", .noResponse),
      ("drug: ziconotide\npsychosis_history: yes\ntarget: {dose: 6 mcg/day}", .psychosisHistory),
      ("drug: morphine\nindication: spasticity_spinal\ntarget: {dose: 1 mg/day}", .settingMismatch),
      ("drug: morphine\nage_years: 12\ntarget: {dose: 1 mg/day}", .age),
      ("drug: fentanyl\ntarget: {dose: 100 mcg/day}", .noProtocol),
      ("drug: morphine\nopioid_tolerant: yes", .missingField),
      ("drug: ziconotide\npsychosis_history: no\ntarget: {relief: 50 %}", .noProtocol),
      ("drug: morphine\nconcentration: 25 mg/mL\ntarget: {dose: 1 mg/day}", .belowPumpMinimum),
      (
        "drug: morphine\nlimits: [{level: 0.001 ng/mL, at: cranial}]\ntarget: {dose: 1 mg/day}\nconcentration: 1 mg/mL",
        .overLimit
      ),
    ])
  func `what must not be planned is blocked, and has no dose`(
    yaml: String, code: Code
  ) throws {
    let refused = try plan(yaml)
    #expect(refused.findings.isBlocked)
    #expect(refused.findings.codes.contains(code))
    #expect(refused.days.isEmpty && refused.daysToTarget == nil)
  }

  @Test func `without tolerance morphine starts at the cap of the first day`() throws {
    let naive = try plan("drug: morphine\nindication: noncancer\ntarget: {dose: 1 mg/day}")
    #expect(naive.days[0].dose == DoseUnit.milligrams.rate(0.2))
    #expect(
      naive.findings.codes.contains(.toleranceUnknown) && naive.findings.codes.contains(.opioidNaiveCap))
    #expect(naive.days[1].dose == naive.days[0].dose && naive.days[3].dose == DoseUnit.milligrams.rate(0.26))
  }

  @Test func `a ceiling lowers, and never raises`() throws {
    let low = try plan(baclofen + "ceiling: 200 mcg/day\ntarget: {dose: 300 mcg/day}")
    #expect(low.days.map(\.dose).max() == mcgPerDay(200))
    #expect(low.daysToTarget == nil && low.findings.codes.contains(.targetNotReached))
    // Above the limit by more than a slip of the pen explains away: never clamped, refused.
    let high = try plan(baclofen + "ceiling: 5000 mcg/day\ntarget: {dose: 300 mcg/day}\ndays: 100")
    #expect(high.days.isEmpty && high.findings.codes.contains(.typoSuspected))
    let most = try plan(baclofen + "ceiling: 1000 mcg/day\ntarget: {dose: 1000 mcg/day}\ndays: 100")
    #expect(most.days.map(\.dose).max() == mcgPerDay(1_000) && !most.findings.isBlocked)
  }

  /// Steady at 400 mcg/day: 572.75 ng/mL at T10, so 600 ng/mL takes 419 mcg/day.
  @Test(arguments: ["label", "optimal"])
  func `a level is reached by the dose that the reference answer implies`(method: String) throws {
    let level = try plan(baclofen + "target: {level: 600 ng/mL, at: T10}\nprotocol: \(method)")
    let goal = try #require(level.goal)
    #expect(abs(mcg(goal.wanted) / (400 * 600 / 572.75) - 1) < 0.005)
    let last = try #require(level.days.last)
    #expect(abs(last.level / 600 - 1) < 0.006)
    #expect(level.daysToTarget == 7)
    if method == "optimal" { #expect(try #require(level.residual).largest < 1e-9) }
  }

  @Test func `a level elsewhere limits the dose`() throws {
    let free = try plan(baclofen + "target: {dose: 500 mcg/day}\nprotocol: optimal")
    let held = try plan(
      baclofen + "target: {dose: 500 mcg/day}\nprotocol: optimal\nlimits: [{level: 100 ng/mL, at: cranial}]")
    #expect(free.days.last!.dose == mcgPerDay(500))
    let response = try #require(held.response)
    let cranial = response.cranial.levels(held.days.map(\.dose.base))
    #expect(cranial.max()! <= 100 && cranial.max()! > 97)
    #expect(held.findings.codes.contains(.overLimit))
  }

  /// The most sensitive tenth is left out; of the others nobody passes the limit on any day.
  @Test(arguments: ["label", "optimal"])
  func `a plan for a population keeps the limit for nine in ten`(method: String) throws {
    let one = "protocol: \(method)\ntarget: {dose: 500 mcg/day}\nlimits: [{level: 100 ng/mL, at: cranial}]\n"
    let median = try plan(baclofen + one)
    let many = try plan(baclofen + one + "population: {samples: 120, seed: 3, exceeding: 10 %}")
    let few = try plan(baclofen + one + "population: {samples: 120, seed: 3, exceeding: 40 %}")
    let people = try #require(many.population)
    let share = people.exceeding(many.days.map(\.dose.base), [100])
    #expect(share <= 0.1 && share > 0.02)
    #expect(people.exceeding(median.days.map(\.dose.base), [100]) > 0.3)
    #expect(many.days.last!.dose < few.days.last!.dose && few.days.last!.dose < median.days.last!.dose)
    #expect(many.findings.codes.contains(.population))
  }

  @Test func `half of the pain goes where the curve is at its half`() throws {
    let relief = try plan(
      "drug: morphine\nindication: cancer\nopioid_tolerant: no\nage_years: 50\ntarget: {relief: 50 %}")
    let response = try #require(relief.response)
    let goal = try #require(relief.goal)
    #expect(abs(goal.wanted.base * response.effectSite.gain - (try #require(response.curve)).half) < 1e-6)
    #expect(abs(relief.days.last!.effect! - 0.5) < 0.01)
    #expect(relief.findings.status == .review && relief.findings.codes.contains(.unverifiedSource))
  }
}

func mcg(_ dose: DoseRate) -> Double { DoseUnit.micrograms.perDay(dose).double }

/// A patient whose scores follow the model, with noise; the doses rise so that the scores teach something.
func simulatedDiary(half: Double, baseline: Double, noise: Double, seed: UInt64) throws -> TitrationPlan {
  var random = SeededGenerator(seed: seed)
  let header =
    "drug: baclofen\nindication: spasticity_spinal\nage_years: 40\nscreening: {bolus: 50 mcg, effect: 6 h}\ntarget: {ashworth: 2}\n"
  let response = try #require(try plan(header).response)
  var curve = try #require(response.curve)
  curve = SigmoidEffect(largest: curve.largest, half: half, steepness: curve.steepness)
  let doses: [Double] = [40, 80, 120, 160, 220, 300, 300, 300]
  var daily: [Double] = []
  var lines = ["  - {day: 0, dose: 0 mcg/day, ashworth: \(score(baseline, noise, &random))}"]
  for (k, dose) in doses.enumerated() {
    daily += Array(repeating: dose / 24, count: 3)
    let level = response.effectSite.levels(daily)[daily.count - 1]
    lines.append(
      "  - {day: \(3 * (k + 1)), dose: \(dose) mcg/day, ashworth: \(score(baseline - curve.effect(at: level), noise, &random))}"
    )
  }
  return try plan(header + "observations:\n" + lines.joined(separator: "\n"))
}

private func score(_ value: Double, _ noise: Double, _ random: inout SeededGenerator) -> Double {
  // Twelve uniform numbers less six are nearly normal, with variance 1.
  let deviation = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  return min(4, max(0, value + noise * deviation))
}

@Suite struct `What observations teach` {
  @Test func `scores without noise give the patient back`() throws {
    let found = try #require(try simulatedDiary(half: 40, baseline: 3.5, noise: 0, seed: 1).learned)
    // The prior draws a little toward the median patient.
    #expect(abs(log(found.half.estimate / 40)) < 0.25 && abs(found.baseline.estimate - 3.5) < 0.15)
    #expect(found.half.low < 40 && 40 < found.half.high)
  }

  /// Patients drawn from the prior, scores with the stated noise: nine of ten intervals of 90 % hold the truth.
  @Test func `the interval holds the truth as often as it says`() throws {
    var random = SeededGenerator(seed: 77)
    var held = 0
    let patients = 120
    for k in 0..<patients {
      let z = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
      let half = 54.8 * exp(log(2.0) * z)
      let found = try #require(
        try simulatedDiary(half: half, baseline: 3.2, noise: 0.3, seed: UInt64(k + 1_000)).learned)
      if found.half.low <= half && half <= found.half.high { held += 1 }
    }
    #expect((0.84...1).contains(Double(held) / Double(patients)))
  }

  @Test func `more scores narrow the interval, and what one more teaches is positive`() throws {
    func widths(_ count: Int) throws -> Double {
      let lines = (1...count).map { "  - {day: \($0 * 2), dose: \(100 + 20 * $0) mcg/day, ashworth: 2.4}" }
      let fit = try #require(
        try plan(baclofen + "target: {ashworth: 2}\nobservations:\n" + lines.joined(separator: "\n")).learned)
      #expect(fit.learned(fromScoreAt: 100) > 0 && fit.learned(fromScoreAt: 100) < 1)
      return log(fit.half.high / fit.half.low)
    }
    #expect(try widths(6) < widths(2))
  }

  @Test func `the next step is a range within the rules, and a stop rule closes it upward`() throws {
    let seen =
      "baseline: 3.8\ntarget: {ashworth: 2}\nobservations:\n"
      + "  - {day: 3, dose: 120 mcg/day, ashworth: 2.8"
    let open = try #require(try plan(baclofen + seen + "}").next)
    #expect(open.low <= open.high && open.high <= mcgPerDay(156) && open.low >= mcgPerDay(96))
    let stopped = try plan(baclofen + seen + ", side_effects: [sedation]}")
    #expect(stopped.findings.codes.contains(.stopRule))
    #expect(try #require(stopped.next).high <= mcgPerDay(120))
  }

  @Test(arguments: ["label", "optimal"])
  func `a treatment that goes on keeps the rules from its last dose`(method: String) throws {
    let going = try plan(
      baclofen + "protocol: \(method)\ntarget: {dose: 400 mcg/day}\nobservations:\n"
        + "  - {day: 5, dose: 200 mcg/day, ashworth: 3}")
    #expect(going.days[0].day == 5 && going.days[0].dose == mcgPerDay(200))
    #expect(going.days[1].dose <= mcgPerDay(260))
    let down = try plan(
      baclofen + "protocol: \(method)\ntarget: {dose: 100 mcg/day}\nobservations:\n"
        + "  - {day: 5, dose: 200 mcg/day, ashworth: 1}")
    for (before, after) in zip(down.days, down.days.dropFirst()) {
      #expect(after.dose >= ExactNumber(4, over: 5) * before.dose)
    }
    #expect(down.days.last!.dose == mcgPerDay(100))
  }
}

extension String {
  /// With `new` in place of the first `old`.
  func with(_ old: String, _ new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}

/// A person whose drug is lost before it comes far.
private let lossy = """
  drug: morphine
  catheter: {tip: S2}
  segment: C1
  parameters: {loss: 1 1/s, dispersion_c1: 0.00001 cm2/s, dispersion_sac: 0.00001 cm2/s, production: 1 mL/h}
  opioid_tolerant: yes
  monitored: yes

  """

@Test(arguments: ["label", "optimal"])
func `a level where nothing of the drug arrives is no target`(method: String) throws {
  for target in ["{level: 600 ng/mL, at: C1}", "{relief: 50 %}"] {
    let refused = try plan(lossy + "target: \(target)\nprotocol: \(method)")
    #expect(refused.days.isEmpty && refused.findings.codes.contains(.targetNotReached))
    #expect(refused.findings.all.contains { $0.isAbout(TitrationTopic.nothingArrives) })
  }
  // A limit there forbids nothing.
  let limited = try plan(
    lossy + "target: {dose: 1 mg/day}\nprotocol: \(method)\nlimits: [{level: 1 ng/mL, at: C1}]")
  #expect(limited.goal?.goal == DoseRate(1, .milligramsPerDay))
}

@Test func `the dose for a level is a number, however little arrives`() {
  for gain in [0, -1e-20, 1e-300, 1e-12] {
    let dose = LevelResponse(steps: [gain]).dose(for: 600)
    #expect(dose > .zero && dose.base <= 1e12)
  }
  #expect(LevelResponse(steps: [1, 3]).dose(for: 600).base == 200)
}

/// A plan for a pump that gives whole strokes; `line` is what it has of its own.
private func planByStrokes(_ line: String) throws -> TitrationPlan {
  try plan(
    """
    drug: morphine
    indication: noncancer
    opioid_tolerant: yes
    monitored: yes
    pump: Prometra II
    concentration: 25 mg/mL
    target: {dose: 0.3 mg/day}
    \(line)
    """)
}

/// A stroke of Prometra II is 2.5 mcL: 62.5 mcg of morphine at 25 mg/mL, and the dose of a day is whole strokes.
@Test func `a first dose below one stroke is refused, and one of a stroke is given`() throws {
  let refused = try planByStrokes("start: 0.062 mg/day")
  #expect(refused.days.isEmpty && refused.findings.codes.contains(.belowPumpMinimum))
  let given = try planByStrokes("start: 0.0625 mg/day")
  #expect(given.start == DoseRate(0.0625, .milligramsPerDay))
}

@Test func `going on from less than a stroke is refused`() throws {
  let refused = try planByStrokes("observations: [{day: 3, dose: 0.05 mg/day, pain: 6}]")
  #expect(refused.days.isEmpty && refused.findings.codes.contains(.belowPumpMinimum))
}
