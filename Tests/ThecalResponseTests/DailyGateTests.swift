import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalSampling

@testable import ThecalResponse

private func model(_ effect: String, _ drug: String) throws -> EffectModel {
  try #require(EffectModel(effect, of: drug, in: .embedded))
}

private func gate(_ drug: String, _ effect: String, tolerant: Bool?) throws -> DailyGate {
  DailyGate(
    effect: EffectModel(effect, of: drug, in: .embedded),
    toxic: EffectModel("respiratory_depression", of: drug, in: .embedded), of: drug, isTolerant: tolerant,
    in: .embedded)
}

private func mgPerDay(_ number: Double) -> DoseRate { DoseRate(base: number * 1_000 / 24) }

@Suite struct `The gate of a titration's columns` {
  /// winkelmuller1996, roberts2001 and paice1996: means of 58 to 67 % at 0.3 to 15 mg/day.
  @Test func `a predicted relief is left out where the mean over people is not among those of series`() throws
  {
    let relief = try model("relief", "morphine")
    let fit = try #require(relief.fit)
    let reported = try #require(relief.record.reported)
    #expect(Set(reported.map(\.mean.citation.source)) == ["winkelmuller1996", "roberts2001", "paice1996"])
    #expect(reported.allSatisfy { $0.mean.citation.verified })
    for dose in [0.2, 0.5, 1, 4, 10, 25] {
      var gate = try gate("morphine", "relief", tolerant: true)
      let shows = gate.showsEffect(at: mgPerDay(dose))
      let mean = ReliefCurve(fit.estimates).mean(
        at: mgPerDay(dose).base * exp(fit.continuous.meanLog), relief.curve, .longTerm,
        widened: fit.continuous.sdLog)
      let matching = reported.filter { row in
        guard let range = row.dose.range else { return false }
        return dose >= range.lowerBound / 2 && dose <= range.upperBound * 2
      }.map { $0.mean.value.double / 100 }
      #expect(!matching.isEmpty)
      let isAmong = mean >= matching.min()! && mean <= matching.max()!
      if !isAmong { #expect(!shows && !gate.means.isEmpty, "\(dose): \(mean)") }
      if shows { #expect(isAmong && gate.means.isEmpty) }
    }
    // Below half of the least dose of any series nobody reports a mean.
    var low = try gate("morphine", "relief", tolerant: true)
    _ = low.showsEffect(at: mgPerDay(0.1))
    #expect(low.means.isEmpty)
  }

  @Test func `what counts contradict has no risk, and the gravest verdict is kept`() throws {
    let toxic = try model("respiratory_depression", "morphine")
    let fit = try #require(toxic.fit)
    var gate = try gate("morphine", "relief", tolerant: true)
    // Settled and used to: among 0 of 524.
    let level = mgPerDay(2).base * exp(fit.continuous.meanLog)
    let settled = gate.risk(at: mgPerDay(2), level: level, seen: level)
    #expect(try #require(settled) < 0.007)
    if case .agrees? = gate.verdicts["respiratory_depression"] {} else { Issue.record("the series match") }
    // The same level, felt by somebody who has seen none of it: the series contradict it.
    let fresh = gate.risk(at: mgPerDay(2), level: level * 50, seen: 0)
    #expect(fresh == nil)
    if case .contradicted? = gate.verdicts["respiratory_depression"] {
    } else {
      Issue.record("not contradicted")
    }
    // A later day that agrees does not take the contradiction back.
    _ = gate.risk(at: mgPerDay(2), level: level, seen: level)
    if case .contradicted? = gate.verdicts["respiratory_depression"] {} else { Issue.record("forgotten") }
  }

  @Test func `without tolerance there is no risk beyond the levels at which anybody was counted`() throws {
    let fit = try #require(try model("respiratory_depression", "morphine").fit)
    var gate = try gate("morphine", "relief", tolerant: nil)
    let largest = 2 * 1_000 * exp(fit.single.meanLog)
    let beyond = gate.risk(at: mgPerDay(1), level: largest * 1.01, seen: 0)
    #expect(beyond == nil)
    #expect(gate.verdicts["respiratory_depression"] == nil)
    let some = gate.risk(at: mgPerDay(0.2), level: 10, seen: 0)
    #expect(some.map { (0..<0.5).contains($0) } ?? true)
  }

  @Test func `a drug without a model of the effect shows what it has, and no risk`() throws {
    var gate = try gate("ziconotide", "relief", tolerant: nil)
    let shows = gate.showsEffect(at: mgPerDay(0.002))
    let none = gate.risk(at: mgPerDay(0.002), level: 5, seen: 0)
    #expect(shows && none == nil)
    #expect(gate.verdicts.isEmpty && gate.means.isEmpty)
  }
}

@Suite struct `The gate of a programme` {
  /// Every injection from 1 mcg to 10 mg: what stands against a model is each count in whose interval its share does not lie, found
  /// from the rows by other code than the gate's.
  @Test(arguments: [("morphine", "respiratory_depression"), ("morphine", "relief"), ("baclofen", "ashworth")])
  func `stands against an injection where a count does`(drug: String, effect: String) throws {
    let model = try model(effect, drug)
    let fit = try #require(model.fit)
    let gate = try #require(ProgrammeGate(model, of: drug, in: .embedded))
    let isRisk = effect == "respiratory_depression"
    let counted = CountedRow.all(isRisk ? effect : "inadequate_relief", of: drug, single: true)
    let factor = try isRisk ? 1 : #require(model.factor(enough: Formulary.embedded.harms.window))
    var (kept, withheld, beyond) = (0, 0, 0)
    for dose in (0...40).map({ pow(10, Double($0) / 10) }) {
      let share =
        isRisk
        ? DepressionCurve(fit.estimates).naive(dose, fit.single)
        : ReliefCurve(fit.estimates).inadequate(dose, factor: factor, .single, fit.single)
      let against = counted.filter { $0.matches(dose, isRisk ? .naive : nil) && !$0.interval.contains(share) }
      let found = gate.objections(to: .single(Mass(base: dose)))
      // People without tolerance were given 0.5 mg at most (gehling2009).
      if isRisk, dose > 1_000 {
        beyond += 1
        #expect(found.count == 1)
        if case .beyond(1_000)? = found.first {} else { Issue.record("\(found)") }
        continue
      }
      let sources = found.compactMap { if case .count(let row) = $0 { row.citation.source } else { nil } }
      #expect(sources.count == found.count && sources == against.map(\.row.citation.source), "\(dose)")
      if found.isEmpty { kept += 1 } else { withheld += 1 }
    }
    #expect(kept > 0 && withheld > 0 && (beyond > 0) == isRisk)
    #expect(gate.objections(to: .single(.zero)).isEmpty)
  }

  @Test func `stands against an infusion where the gate of a titration does`() throws {
    let relief = try model("relief", "morphine")
    let programme = try #require(ProgrammeGate(relief, of: "morphine", in: .embedded))
    for dose in [0.1, 0.5, 1, 4, 10, 25] {
      var daily = try gate("morphine", "relief", tolerant: true)
      let shows = daily.showsEffect(at: mgPerDay(dose))
      #expect(programme.objections(to: .continuous(mgPerDay(dose))).isEmpty == shows, "\(dose)")
    }
  }
}

@Suite struct `Curves over people` {
  /// Two ways to one number: quadrature, and a hundred thousand people drawn.
  @Test(arguments: [30.0, 150, 900]) func `the mean relief is that of people drawn one by one`(level: Double)
  {
    let curve = ReliefCurve([-1.1, -1.2, 4.9, -0.15])
    let shape = SigmoidEffect(largest: 1, half: 1, steepness: 1.9)
    let random = Philox(seed: 9)
    var sum = 0.0
    let people = 100_000
    for k in 0..<people {
      let lost = random.uniform(sample: UInt64(k), stream: 0) < (curve.nonresponders[.longTerm] ?? 0)
      let half = exp(
        curve.lnHalf + (curve.spread * curve.spread + 0.16).squareRoot()
          * normalQuantile(random.uniform(sample: UInt64(k), stream: 1)))
      if !lost { sum += SigmoidEffect(largest: 1, half: half, steepness: 1.9).effect(at: level) }
    }
    let mean = curve.mean(at: level, shape, .longTerm, widened: 0.4)
    #expect(abs(mean - sum / Double(people)) < 0.006)
    #expect(curve.mean(at: 0, shape, .longTerm) == 0)
    #expect(curve.mean(at: 1e12, shape, .longTerm) < 1 - (curve.nonresponders[.longTerm] ?? 0) + 1e-9)
  }

  @Test func `an injection's share is a normal integral over levels and people`() {
    let curve = DepressionCurve([log(1_600), -0.36, -6.85])
    let exposure = EffectFits.Exposure(meanLog: 0.4, sdLog: 0.5)
    let random = Philox(seed: 4)
    for dose in [150.0, 500, 1_500] {
      var count = 0
      let people = 60_000
      for k in 0..<people {
        let level = dose * exp(0.4 + 0.5 * normalQuantile(random.uniform(sample: UInt64(k), stream: 0)))
        let own = exp(
          curve.lnHalf + curve.spread * normalQuantile(random.uniform(sample: UInt64(k), stream: 1)))
        if level >= own { count += 1 }
      }
      let share = curve.naive(dose, exposure)
      let error = (share * (1 - share) / Double(people)).squareRoot()
      #expect(abs(Double(count) / Double(people) - share) < 4 * error + 1e-4, "\(dose)")
    }
    #expect(curve.share(at: 0) == 0 && curve.share(at: exp(curve.lnHalf)) == 0.5)
    #expect(abs(curve.share(at: 500, apart: 0) - curve.share(at: 500)) < 1e-15)
  }

  @Test func `the plateau is the share that its sensitivity implies`() {
    for plateau in [1e-4, 0.001, 0.05] {
      let logit = log(plateau / (1 - plateau))
      let curve = DepressionCurve([7.4, -0.35, logit])
      // At any large dose the level over 1 + M is 1 / s.
      #expect(abs(curve.share(at: 1 / curve.sensitivity) / plateau - 1) < 1e-6)
    }
  }

  @Test func `withdrawal by the onsets on record: the middle 95 % of people, whatever their levels`() throws {
    let random = Philox(seed: 3)
    let falls = (0..<400).map {
      20 * exp(0.4 * normalQuantile(random.uniform(sample: UInt64($0), stream: 0)))
    }
    for levels in [[], falls, falls.map { pow($0, 4) }] {
      let curve = WithdrawalCurve(earliest: 6, latest: 24, falls: levels)
      #expect(curve.share(after: 0).value == 0)
      #expect(
        abs(curve.share(after: 6).value - 0.025) < 0.02 && abs(curve.share(after: 24).value - 0.975) < 0.02)
      #expect(abs(curve.share(after: 12).value - 0.5) < 0.05)
      var last = 0.0
      for hours in stride(from: 1.0, to: 100, by: 3) {
        let share = curve.share(after: hours)
        #expect(share.value >= last && share.low <= share.value && share.value <= share.high)
        last = share.value
      }
    }
  }

  @Test func `hours of withdrawal have a mark of their own, and those of opioids are nobody's count`() throws
  {
    let rules = Formulary.embedded.stopping
    for drug in ["morphine", "hydromorphone", "fentanyl", "sufentanil"] {
      let known = try #require(rules.withdrawal(from: drug))
      let timing = try #require(known.timing)
      #expect(!timing.citation.verified && timing.onsetHours == [6, 24] && timing.earliestHours == 6)
      #expect(WithdrawalCurve(known, falls: []) != nil)
    }
    // The words are read in an abstract; the hours are not.
    #expect(rules.withdrawal(from: "morphine")?.citation.verified == true)
    let entry = try #require(
      try risk("morphine", mcgPerDay: 1_000, gap: Time(12, .hours)).entries.last { $0.effect == "withdrawal" }
    )
    #expect(!entry.isVerified && entry.sources.contains("camh_opioid_toolkit"))
    #expect(WithdrawalCurve(try #require(rules.withdrawal(from: "clonidine")), falls: []) == nil)
    #expect(WithdrawalCurve(try #require(rules.withdrawal(from: "ziconotide")), falls: []) == nil)
  }
}
