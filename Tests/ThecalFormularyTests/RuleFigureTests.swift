import Testing

@testable import ThecalFormulary
import ThecalQuantities

private let data = Formulary.embedded

/// What label and consensus say of one drug, in its unit.
private struct Limits: Sendable, CustomTestStringConvertible {
  let drug: String
  let start: [(basis: String, high: ExactNumber)]
  let daily: [(basis: String, high: ExactNumber)]
  let strongest: ExactNumber?
  var testDescription: String { drug }
}

/// Sources: labels of Infumorph, Lioresal and Prialt, the European summary of Prialt, the consensus of 2012 and 2017 (recalled).
private let limits: [Limits] = [
  Limits(
    drug: "morphine", start: [("label", 1), ("label", 10), ("consensus", 0.5), ("consensus_2012", 0.5)],
    daily: [("label", 20), ("consensus", 15)], strongest: 20),
  Limits(
    drug: "hydromorphone", start: [("consensus", 0.15), ("consensus_2012", 0.5)], daily: [("consensus", 10)],
    strongest: 15),
  Limits(drug: "baclofen", start: [("screening", 200)], daily: [("label", 1_000)], strongest: 2_000),
  Limits(
    drug: "ziconotide",
    start: [
      ("label", 2.4), ("consensus", 1.2), ("consensus_2012", 2.4), ("label_eu", 2.4),
      ("national practice", 0.5),
    ], daily: [("label", 19.2), ("label_eu", 21.6), ("label_eu", 9.6)], strongest: 100),
  Limits(
    drug: "clonidine", start: [("consensus", 100), ("consensus_2012", 100)],
    daily: [("consensus", 600), ("series", 960)], strongest: 1),
  Limits(
    drug: "bupivacaine", start: [("consensus", 4), ("consensus_2012", 4)],
    daily: [("consensus", 20), ("series", 305)], strongest: 30),
  Limits(
    drug: "fentanyl", start: [("consensus", 75), ("consensus_2012", 75)], daily: [("consensus", 1_000)],
    strongest: 10),
  Limits(
    drug: "sufentanil", start: [("consensus", 20), ("consensus_2012", 20)], daily: [("consensus", 500)],
    strongest: 5),
]

@Suite struct `An intrathecal drug` {
  @Test(arguments: limits)
  private func `has every published end, those that disagree side by side`(row: Limits) throws {
    let use = try #require(data.drug(named: row.drug)?.intrathecal)
    #expect(
      use.start.map(\.basis) == row.start.map(\.basis) && use.start.map(\.high) == row.start.map(\.high))
    #expect(use.maxDaily.map(\.basis) == row.daily.map(\.basis))
    #expect(use.maxDaily.map(\.high) == row.daily.map(\.high))
    #expect(use.maxConcentration.map(\.high).first == row.strongest)
  }

  @Test func `has figures of the consensus that nobody has read, and says so`() throws {
    for row in limits {
      let use = try #require(data.drug(named: row.drug)?.intrathecal)
      for figure in use.start + use.maxDaily where figure.basis == "consensus_2012" {
        #expect(!figure.citation.verified, "\(row.drug)")
      }
      for figure in use.start + use.maxDaily where figure.basis == "label" {
        #expect(figure.citation.verified, "\(row.drug)")
      }
    }
  }

  @Test func `is raised by shares that a panel named for morphine`() throws {
    let steps = try #require(data.drug(named: "morphine")?.intrathecal?.stepMaxPercent)
    #expect(steps.map(\.high) == [30, 50] && steps.allSatisfy(\.citation.verified))
  }

  @Test func `keeps a reserve and falls slowly where a stop can kill`() throws {
    for drug in ["baclofen", "clonidine"] {
      let use = try #require(data.drug(named: drug)?.intrathecal)
      #expect(use.reserveVolume?.high == 4 && use.maxStepDownPercentPerDay?.low == 20, "\(drug)")
    }
    #expect(data.drug(named: "morphine")?.intrathecal?.reserveVolume == nil)
  }

  @Test func `is sold in strengths with vials`() throws {
    let baclofen = try #require(data.drug(named: "baclofen")?.intrathecal)
    let strengths = Set(baclofen.supply.compactMap { $0.concentration.quantity(ConcentrationDimension.self) })
    for value in [50, 500, 1_000, 2_000] as [ExactNumber] {
      #expect(strengths.contains(Concentration(value, .microgramsPerMilliliter)))
    }
    for drug in data.drugs {
      for item in drug.intrathecal?.supply ?? [] {
        #expect(!item.product.isEmpty && item.volumes_mL.allSatisfy { $0 > 0 && $0 <= 100 }, "\(drug.id)")
      }
    }
  }
}

/// When withdrawal begins, in hours.
private let withdrawals: [(drug: String, danger: Bool, begins: [ExactNumber]?, share: [ExactNumber]?)] = [
  ("baclofen", true, [12, 48], [12, 72]), ("morphine", true, [6, 24], [6, 24]),
  ("hydromorphone", true, [6, 24], [6, 24]), ("fentanyl", true, [6, 24], [6, 24]),
  ("sufentanil", true, [6, 24], [6, 24]), ("clonidine", true, [6, 24], nil), ("ziconotide", false, nil, nil),
  ("bupivacaine", false, nil, nil), ("ropivacaine", false, nil, nil),
]

/// How delivery is taken up again after a gap that is longer than so many hours.
private let restarts: [(drug: String, after: ExactNumber, kind: RestartRule.Kind)] = [
  ("baclofen", 0, .asProgrammed), ("baclofen", 12, .restorePrevious), ("baclofen", 336, .asNew),
  ("morphine", 0, .asProgrammed), ("morphine", 24, .asNew), ("sufentanil", 24, .asNew),
  ("clonidine", 6, .assessFirst), ("ziconotide", 168, .asNew), ("bupivacaine", 24, .assessFirst),
]

@Suite struct `Stopping` {
  @Test(arguments: withdrawals.indices)
  func `does what is published, or nothing that is known`(index: Int) throws {
    let row = withdrawals[index]
    let known = try #require(data.stopping.withdrawal(from: row.drug))
    #expect(known.danger == row.danger && !known.onset.isEmpty && !known.course.isEmpty)
    #expect(known.timing.map { [$0.earliestHours, $0.latestHours] } == row.begins)
    #expect(known.timing?.onsetHours == row.share)
  }

  @Test func `of every other drug is not on record`() {
    #expect(data.stopping.withdrawal.map(\.drug) == withdrawals.map(\.drug))
    #expect(data.stopping.withdrawal(from: "aspirin") == nil)
  }

  @Test func `goes by tapers that are described, none steeper than a fifth a day`() {
    let presets = data.stopping.presets
    #expect(presets.map(\.id) == ["opioid_monthly", "opioid_weekly", "baclofen_japan"])
    #expect(presets.map(\.percentPerStep) == [10, 10, 20] && presets.map(\.everyDays) == [30, 7, 2])
    for preset in presets { #expect(preset.percentPerStep / preset.everyDays <= 20 && !preset.drugs.isEmpty) }
    #expect(data.stopping.naiveAfterHours.value == 24)
    #expect(data.stopping.restartOverdoses.map(\.figure.value) == [27, 55])
  }

  @Test(arguments: restarts.indices)
  func `ends with a restart that goes by the gap`(index: Int) throws {
    let row = restarts[index]
    let rule = try #require(
      data.pumpRules.restarts.first { $0.drugs.contains(row.drug) && $0.afterHours == row.after })
    #expect(rule.kind == row.kind && !rule.words.isEmpty)
    for word in rule.words { #expect(data.source(word.citation.source) != nil) }
  }
}

@Suite struct `Raising` {
  private let rules = data.titration

  @Test func `takes the figure of the setting before the one for any`() {
    #expect(TitrationRules.figure(rules.intervals, drug: "morphine", setting: "cancer")?.high == 24)
    #expect(TitrationRules.figure(rules.intervals, drug: "morphine", setting: "noncancer")?.high == 72)
    #expect(TitrationRules.figure(rules.steps, drug: "hydromorphone", setting: "cancer")?.high == 50)
    #expect(TitrationRules.figure(rules.steps, drug: "hydromorphone", setting: "any")?.high == 30)
    #expect(TitrationRules.figure(rules.steps, drug: "aspirin", setting: "any") == nil)
  }

  @Test func `waits a day, three or a week, and three weeks for the ceiling of ziconotide`() {
    for (drug, hours) in [("baclofen", 24), ("clonidine", 168), ("bupivacaine", 168)]
      as [(String, ExactNumber)]
    {
      #expect(TitrationRules.figure(rules.intervals, drug: drug, setting: "any")?.high == hours)
    }
    #expect(TitrationRules.figure(rules.recommendedIntervals, drug: "ziconotide", setting: "any")?.high == 48)
    #expect(TitrationRules.figure(rules.ceilingNotBefore, drug: "ziconotide", setting: "any")?.low == 21)
    #expect(
      rules.reachedPercent.value == 95 && rules.overshootPercent.value == 5 && rules.stopRules.count == 7)
  }

  @Test func `by ziconotide's authorities has steps, intervals and a slower protocol`() throws {
    let steps = try #require(data.drug(named: "ziconotide")?.intrathecal?.titration?.steps)
    #expect(steps.first?.perWeekMax == 3 || steps.first?.perWeekMax == 2)
    for rule in steps {
      #expect(rule.stepMax > 0 && rule.minimumIntervalHours >= 24 && rule.ceiling >= 19.2, "\(rule.id)")
      if let advised = rule.recommendedIntervalHours { #expect(advised >= rule.minimumIntervalHours) }
    }
    let slowest = steps.min { $0.stepMax / $0.minimumIntervalHours < $1.stepMax / $1.minimumIntervalHours }
    #expect(slowest?.stepMax == 0.5)
  }

  @Test func `of baclofen is smaller for the brain and for children`() throws {
    let steps = try #require(data.drug(named: "baclofen")?.intrathecal?.screening?.steps)
    func step(_ setting: String, _ age: String, _ phase: String) -> ExactNumber? {
      steps.first { $0.setting == setting && $0.age == age && $0.phase == phase }?.range.high
    }
    #expect(step("spasticity_spinal", "adult", "titration") == 30)
    #expect(step("spasticity_cerebral", "adult", "titration") == 15)
    for rule in steps {
      #expect(rule.range.low <= rule.range.high && rule.range.high <= 40 && rule.range.unit == "%")
    }
  }
}

@Suite struct `A trial` {
  private let rules = data.trialRules

  @Test func `succeeds from half of the pain or a point of tone on`() {
    #expect(rules.relief.value == 50 && rules.ashworthDrop.value == 1 && rules.sustainedHours.value == 4)
    #expect(rules.windowHours.value == 24 && rules.intervalHours.value == 24 && rules.matchFactor.value == 1)
    #expect(
      rules.ladderHours.value == 2 && rules.ladderSteps.value == 5 && rules.ladderWindowHours.value == 24)
    #expect(rules.ladderDrugs == ["morphine", "hydromorphone"])
  }

  @Test func `is injected in the doses that were described`() {
    #expect(
      rules.series.first?.doses_mcg == [25, 50, 100, 200, 400] && rules.series.first?.drug == "morphine")
    #expect(rules.single.first?.figure.value == 100 && rules.epiduralFactors.first?.figure.value == 0.1)
    #expect(rules.injectionStrengths.first?.drug == "baclofen")
  }

  @Test func `went for real patients as it was counted`() {
    #expect(
      rules.results.map { "\($0.method) \($0.events)/\($0.of)" } == [
        "multiple 12/20", "single 12/18", "epidural 15/19",
      ])
  }

  @Test func `is asked for by a checklist, a drug's own question before that for every drug`() {
    let list = data.candidateChecklist
    #expect(list.indications.contains("noncancer") && list.indications.contains("spasticity_spinal"))
    for indication in list.indications {
      for drug in [nil, "morphine", "baclofen", "ziconotide"] as [String?] {
        let ids = list.items(indication: indication, drug: drug).map(\.id)
        #expect(Set(ids).count == ids.count && !ids.isEmpty, "\(indication) \(drug ?? "")")
      }
    }
    #expect(Set(list.questions.map(\.key)).count == list.questions.count)
    #expect(list.items(indication: "gout", drug: nil).isEmpty)
  }

  @Test func `is followed by a diary that says enough after a week`() {
    let diary = data.diaryRules
    #expect(diary.minRatings.value == 5 && diary.minDays.value == 7 && diary.hourThreshold.value == 1)
    #expect(diary.reachHours.value == 3 && diary.flexStep.value == 10 && diary.flexDecreaseMax.value == 20)
    #expect(
      diary.confidence.value == 95 && diary.moderateRelief.value == 30 && diary.substantialRelief.value == 50)
  }
}

/// Patches: usual and possible hours between changes.
@Test(arguments: [("fentanyl", 48, 72, 24, 96)] as [(String, Int, Int, Int, Int)])
func `a patch is changed within days that are known`(
  drug: String, usual: Int, longest: Int, least: Int, most: Int
) throws {
  let change = try #require(data.drug(named: drug)?.patchChange)
  func hours(_ value: Int) -> Time { Time(ExactNumber(value), .hours) }
  #expect(change.usual == hours(usual)...hours(longest) && change.possible == hours(least)...hours(most))
}

@Test func `a buprenorphine patch goes by its product`() throws {
  let buprenorphine = try #require(data.drug(named: "buprenorphine"))
  let own = buprenorphine.brands.compactMap(\.change).map(\.usual.upperBound)
  #expect(own.contains(Time(7, .days)))
}

/// Who counts as tolerant: drug, route, the least daily amount.
private let thresholds: [(drug: String, route: AdministrationRoute, least: ExactNumber, unit: String)] = [
  ("morphine", .oral, 60, "mg/day"), ("fentanyl", .transdermal, 25, "mcg/h"),
  ("oxycodone", .oral, 30, "mg/day"),
  ("hydromorphone", .oral, 8, "mg/day"), ("oxymorphone", .oral, 25, "mg/day"),
  ("hydrocodone", .oral, 60, "mg/day"),
]

@Test(arguments: thresholds.indices)
func `an opioid makes tolerant from its own threshold on`(index: Int) throws {
  let row = thresholds[index]
  let rule = data.opioidTolerance
  let found = try #require(rule.thresholds.first { $0.drug == row.drug && $0.route == row.route })
  #expect(found.atLeast == row.least && found.unit == row.unit)
  #expect(rule.otherOpioids.atLeast == 60 && rule.minimumDays.value == 7)
}
