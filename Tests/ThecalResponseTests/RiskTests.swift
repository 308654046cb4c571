import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalResponse

func risk(_ drug: String, single mg: ExactNumber, patients: Int = 0) throws -> RiskAssessment {
  var request = RiskRequest(drug: drug, dose: .single(Mass(mg, .milligrams)))
  request.patients = patients
  return try #require(try RiskAssessment(request))
}

func risk(_ drug: String, mcgPerDay: ExactNumber, gap: Time? = nil, patients: Int = 0) throws
  -> RiskAssessment
{
  var request = RiskRequest(drug: drug, dose: .continuous(DoseRate(mcgPerDay, .microgramsPerDay)))
  request.interruption = gap
  request.patients = patients
  return try #require(try RiskAssessment(request))
}

@Suite struct `Risks from counts` {
  @Test(arguments: [(0.15, 0.0101), (0.5, 0.0926)] as [(ExactNumber, Double)])
  func `respiratory depression after single morphine is the anchor`(dose: ExactNumber, expected: Double)
    throws
  {
    let entry = try #require(
      try risk("morphine", single: dose).entries.first {
        $0.sources == ["gehling2009"] && $0.effect == "respiratory_depression"
      })
    #expect(abs(try #require(entry.probability) - expected) < 5e-5)
    #expect(entry.hasDoseResponse && !entry.isExtrapolated && entry.studies == 1 && entry.n == 327)
  }

  @Test(arguments: ["morphine", "hydromorphone", "baclofen", "ziconotide", "clonidine", "bupivacaine"])
  func `every entry has a source, and every probability lies within its interval, above 0 and below 1`(
    drug: String
  ) throws {
    let known = Set(Formulary.embedded.sources.map(\.id))
    let all = [try risk(drug, single: 0.1), try risk(drug, mcgPerDay: 300, gap: Time(48, .hours))]
    for entry in all.flatMap(\.entries) {
      // What nobody counted is listed, and says so.
      #expect(entry.sources.isEmpty == (entry.population == .nobody), "\(entry.effect)")
      #expect(known.isSuperset(of: entry.sources), "\(entry.effect)")
      guard let probability = entry.probability else {
        #expect(!entry.notes.isEmpty && entry.low == nil && entry.high == nil)
        continue
      }
      // Nothing is certain but that a drug without withdrawal has none.
      #expect(probability < 1 && (probability > 0 || entry.effect == "withdrawal"))
      if let low = entry.low, let high = entry.high {
        #expect(0 <= low && low <= probability && probability <= high && high <= 1, "\(entry.effect)")
      }
    }
  }

  @Test func `all eleven effects of the leaflets are on record for some drug`() throws {
    let leaflet = [
      "respiratory_depression", "twitching", "muscle_spasm", "urinary_retention", "constipation", "nausea",
      "vomiting", "dizziness", "anxiety", "depression", "edema",
    ]
    let recorded = Set(Formulary.embedded.incidence.map(\.effect))
    #expect(recorded.isSuperset(of: leaflet))
    let baclofen = Set(try risk("baclofen", mcgPerDay: 300).entries.map(\.effect))
    #expect(baclofen.isSuperset(of: leaflet))
  }

  @Test func `populations and phases stay apart`() throws {
    let entries = try risk("baclofen", mcgPerDay: 300).entries.filter { $0.effect == "hypotonia" }
    #expect(Set(entries.map(\.population)).count >= 2)
    #expect(Set(entries.map { "\($0.population) \(String(describing: $0.regimen))" }).count == entries.count)
    // 109 of 430 in maintenance, spinal origin.
    #expect(
      entries.contains { $0.events == 109 && $0.n == 430 && abs($0.probability! - 109.0 / 430) < 1e-12 })
    #expect(!entries.contains { $0.regimen == .screening })
    let single = try risk("baclofen", single: 0.05).entries.filter { $0.effect == "hypotonia" }
    #expect(single.allSatisfy { $0.regimen == .screening } && !single.isEmpty)
  }

  @Test func `fitted probabilities rise with dose, and widen beyond the doses studied`() throws {
    var last = 0.0
    for dose in [0.05, 0.15, 0.3, 0.5, 1] as [ExactNumber] {
      let entry = try #require(
        try risk("morphine", single: dose).entries.first { $0.sources == ["gehling2009"] })
      #expect(entry.probability! > last)
      last = entry.probability!
      #expect(entry.isExtrapolated == (dose < 0.075 || dose > 1))
    }
  }

  @Test func `what nobody counted has no number, and what nobody read is marked`() throws {
    let winkelmuller = try risk("morphine", mcgPerDay: 4_700).entries.filter {
      $0.sources == ["winkelmuller1996"]
    }
    #expect(winkelmuller.contains { !$0.isVerified && $0.low == nil && $0.probability != nil })
    let zico = try risk("ziconotide", mcgPerDay: 6)
    #expect(zico.entries.first { $0.effect == "withdrawal" }?.probability == 0)
    #expect(zico.notOnRecord.contains("hypogonadism"))
    #expect(!zico.isUnconditional || zico.entries.allSatisfy(\.isVerified))
  }

  @Test func `withdrawal grows with the gap, is none for ziconotide, and has no figure for clonidine`() throws
  {
    func share(_ drug: String, _ hours: ExactNumber, mcgPerDay: ExactNumber = 300) throws
      -> RiskAssessment.Entry
    {
      let entries = try risk(drug, mcgPerDay: mcgPerDay, gap: Time(hours, .hours)).entries
      return try #require(entries.last { $0.effect == "withdrawal" })
    }
    for drug in ["baclofen", "morphine", "hydromorphone"] {
      var last = -1.0
      for hours in [1, 6, 12, 24, 48, 96] as [ExactNumber] {
        let entry = try share(drug, hours)
        let probability = try #require(entry.probability)
        #expect(probability > last && entry.low! <= probability && probability <= entry.high!)
        #expect(entry.codes == [.modelUnchecked])
        last = probability
      }
      #expect(last > 0.95)
    }
    // The middle 95 % of people: 12 to 72 h.
    #expect(abs(try share("baclofen", 12).probability! - 0.025) < 1e-6)
    #expect(abs(try share("baclofen", 72).probability! - 0.975) < 1e-6)
    #expect(try share("ziconotide", 96, mcgPerDay: 6).probability == 0)
    #expect(try share("clonidine", 96).probability == nil && share("clonidine", 96).says(.casesAlone))
  }

  @Test
  func
    `what is counted in tolerant patients and in naive ones stays apart, and both are shown where nothing is said`()
    throws
  {
    func states(_ tolerance: RiskRequest.Tolerance) throws -> Set<String> {
      var request = RiskRequest(drug: "morphine", dose: .single(Mass(0.5, .milligrams)))
      (request.patients, request.tolerance) = (0, tolerance)
      let entries = try #require(try RiskAssessment(request)).entries.filter { !$0.sources.isEmpty }
      return Set(entries.compactMap { $0.tolerance?.rawValue })
    }
    #expect(try states(.naive) == ["naive"] && states(.tolerant) == ["tolerant"])
    #expect(try states(.unknown) == ["naive", "tolerant"])
  }

  @Test func `counts are not carried beyond twice the doses studied`() throws {
    let near = try risk("ziconotide", mcgPerDay: 9).entries.first {
      $0.sources == ["webster2009"] && $0.effect == "dizziness"
    }
    let far = try risk("ziconotide", mcgPerDay: 16).entries.first {
      $0.sources == ["webster2009"] && $0.effect == "dizziness"
    }
    #expect(near?.probability != nil && near?.isExtrapolated == false)
    #expect(far?.probability == nil && far?.isExtrapolated == true && far?.counts.isEmpty == false)
  }

  @Test func `a dose that a slip explains is refused, and no risk is printed`() throws {
    var request = RiskRequest(drug: "baclofen", dose: .continuous(DoseRate(400, .milligramsPerDay)))
    request.patients = 0
    let refused = try #require(try RiskAssessment(request))
    #expect(
      refused.findings.isRefused && refused.findings.codes.contains(.typoSuspected) && refused.entries.isEmpty
    )
  }

  @Test func `residual opioids and depressants raise the flag, and change no number`() throws {
    var request = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(1, .milligramsPerDay)))
    request.patients = 0
    let plain = try #require(try RiskAssessment(request))
    request.residualMorphine = DoseRate(60, .milligramsPerDay)
    request.facts = ["cns_depressants"]
    let raised = try #require(try RiskAssessment(request))
    #expect(plain.raised.isEmpty && raised.raised.count == 2 && !raised.isUnconditional)
    #expect(plain.entries.map(\.probability) == raised.entries.map(\.probability))
  }

  @Test func `what is known of masses says that sources disagree on concentration`() throws {
    var request = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(10, .milligramsPerDay)))
    request.patients = 0
    request.concentration = Concentration(25, .milligramsPerMilliliter)
    request.yearlyRise = 1.5
    let found = try #require(try RiskAssessment(request)).massFactors
    let strength = try #require(found.first { $0.isAbout(RiskTopic.massStrengthAbove) })
    guard case .text(let statement)? = strength.evidence.first else {
      Issue.record("no statement")
      return
    }
    #expect(statement.contains("disagree"))
    #expect(
      strength.evidence.dropFirst() == [
        .strength(Concentration(25, .milligramsPerMilliliter), .milligrams),
        .strength(Concentration(20, .milligramsPerMilliliter), .milligrams),
        .text(Formulary.embedded.harms.massConcentration.source),
      ])
    #expect(found.contains { $0.isAbout(RiskTopic.massRiseFast) && $0.evidence.last == .amount(150, "%") })
    #expect(found.contains { $0.isAbout(RiskTopic.massFactor) && $0.evidence.count == 1 })
  }
}

@Suite struct `Curves` {
  @Test func `three studies that differ widen the interval, two do not`() {
    func curve(_ counts: [(String, Double, Double)]) -> IncidenceCurve {
      IncidenceCurve(
        counts.map { .init(source: $0.0, dose: nil, events: $0.1, n: $0.2) }, studied: nil, fits: false)
    }
    let alike = curve([("a", 10, 100), ("b", 10, 100), ("c", 10, 100)])
    let apart = curve([("a", 2, 100), ("b", 8, 100), ("c", 20, 100)])
    #expect(alike.heterogeneity == 0 && apart.heterogeneity! > 0.3)
    #expect(curve([("a", 2, 100), ("b", 20, 100)]).heterogeneity == nil)
    let (narrow, wide) = (alike.estimate(at: nil), apart.estimate(at: nil))
    #expect(abs(narrow.probability - wide.probability) < 1e-12)
    #expect(wide.high - wide.low > 2 * (narrow.high - narrow.low))
  }

  /// By hand after DerSimonian and Laird: logits −3.676, −2.388, −1.368 with weights 2.44, 7.79, 16.3.
  @Test func `the variance between studies is that of a hand calculation`() {
    let logits = [log(2.5 / 98.5), log(8.5 / 92.5), log(20.5 / 80.5)]
    let weights = [1 / (1 / 2.5 + 1 / 98.5), 1 / (1 / 8.5 + 1 / 92.5), 1 / (1 / 20.5 + 1 / 80.5)]
    let total = weights.reduce(0, +)
    let mean = zip(logits, weights).map(*).reduce(0, +) / total
    let q = zip(logits, weights).reduce(0) { $0 + $1.1 * pow($1.0 - mean, 2) }
    let expected = (q - 2) / (total - weights.map { $0 * $0 }.reduce(0, +) / total)
    let curve = IncidenceCurve(
      [(2, 100), (8, 100), (20, 100)].enumerated().map {
        .init(source: "\($0.offset)", dose: nil, events: $0.element.0, n: $0.element.1)
      }, studied: nil, fits: false)
    #expect(abs(curve.heterogeneity! - expected) < 1e-12)
  }

  @Test func `leaving a study out predicts it from the others`() throws {
    let fit = try #require(
      RiskFit.all(drug: "morphine", in: .embedded).first { $0.effect == "nausea_and_vomiting" })
    // The trial of which the arms are assumed is not in it.
    #expect(fit.lines.count == 2 && fit.lines.allSatisfy { $0.without == nil })
    let single = try #require(
      RiskFit.all(drug: "morphine", in: .embedded).first { $0.effect == "respiratory_depression" })
    #expect(single.lines.allSatisfy { $0.without == nil })
  }
}

extension RiskAssessment.Entry {
  /// Whether it says `topic`.
  func says(_ topic: RiskTopic) -> Bool { notes.contains { $0.isAbout(topic) } }
}

@Suite struct `What stands beside a figure` {
  private func entry(_ assessment: RiskAssessment, _ topic: RiskTopic) -> RiskAssessment.Entry? {
    assessment.entries.first { $0.says(topic) }
  }

  @Test func `of a curve is nothing within the doses studied, and which they are beyond them`() throws {
    func gehling(_ dose: ExactNumber) throws -> RiskAssessment.Entry {
      try #require(
        try risk("morphine", single: dose).entries.first {
          $0.sources == ["gehling2009"] && $0.effect == "respiratory_depression"
        })
    }
    #expect(try gehling(0.3).notes.isEmpty)
    #expect(try gehling(2).notes.map(\.evidence) == [[.range(0.15, 0.5, "mg")]])
    #expect(try gehling(2).says(.outsideStudied))
  }

  @Test func `of counts at other doses names those doses and the share there`() throws {
    let far = try #require(entry(try risk("ziconotide", mcgPerDay: 16), .shareElsewhere))
    let (events, n) = (Double(far.events ?? 0), Double(far.n ?? 1))
    guard case .range(let low, let high, "mcg/day")? = far.notes.last?.evidence[0],
      case .amount(let share, "%")? = far.notes.last?.evidence[1]
    else {
      Issue.record("\(far.notes)")
      return
    }
    #expect(low <= high && high < 8 && far.isExtrapolated && far.probability == nil)
    #expect(abs(share.double - 100 * events / n) < 0.06 || events == 0 || events == n)
    #expect(entry(try risk("ziconotide", mcgPerDay: high), .shareElsewhere)?.effect != far.effect)
  }

  @Test func `of withdrawal is what is missing for a share, or what the share comes from`() throws {
    let asked = try #require(entry(try risk("baclofen", mcgPerDay: 300), .gapNotStated))
    #expect(asked.probability == nil && asked.codes == [.modelUnchecked] && asked.population == .afterStop)
    let day = try risk("baclofen", mcgPerDay: 300, gap: Time(24, .hours))
    let told = try #require(entry(day, .onsetsAndFall))
    #expect(told.notes[0].evidence[0] == .range(12, 72, "h"))
    let naive = Formulary.embedded.stopping.naiveAfterHours.value
    #expect(told.says(.restartNaive) == (24 > naive))
    let after = try risk("baclofen", mcgPerDay: 300, gap: Time(naive + 1, .hours))
    #expect(try #require(entry(after, .onsetsAndFall)).says(.restartNaive))
    let before = try risk("baclofen", mcgPerDay: 300, gap: Time(naive, .hours))
    #expect(try !#require(entry(before, .onsetsAndFall)).says(.restartNaive))
    #expect(entry(try risk("ziconotide", mcgPerDay: 6), .noWithdrawal)?.probability == 0)
  }

  @Test func `of percentages says why there is no interval, or no figure`() throws {
    var seen: Set<Topic> = []
    for drug in ["morphine", "hydromorphone", "baclofen", "ziconotide", "clonidine", "fentanyl"] {
      for assessment in [try risk(drug, mcgPerDay: 300), try risk(drug, single: 0.1)] {
        for entry in assessment.entries where entry.counts.isEmpty && entry.kind == .counts {
          for note in entry.notes { seen.insert(note.topic) }
          #expect(entry.low == nil && !entry.notes.isEmpty, "\(drug) \(entry.effect)")
          let hasFigure = entry.says(.percentAtDose) || entry.says(.percentAlone)
          #expect(hasFigure == (entry.probability != nil) || entry.population == .afterStop)
        }
      }
    }
    #expect(
      seen.isSuperset(of: [.notCounted, .percentAtDose, .percentElsewhere].map { Topic($0 as RiskTopic) }))
  }

  @Test func `of computed people is who they are and what counts say of them`() throws {
    let injected = try risk("morphine", single: 0.3, patients: 24).entries.filter { $0.kind == .model }
    #expect(!injected.isEmpty)
    for entry in injected {
      #expect(entry.population == .virtual(count: 24, seed: 1, isInjected: true, level: "L3"))
      #expect(entry.regimen == nil)
      let verdicts: [RiskTopic] = [.unchecked, .agrees, .withheld, .beyondCounts, .previousNeeded]
      #expect(verdicts.filter(entry.says).count == 1, "\(entry.notes)")
      #expect(entry.says(.intervalOfFit) == (entry.probability != nil))
    }
    #expect(injected.contains { $0.says(.previousNeeded) && $0.tolerance == .tolerant })
    let infusion = try risk("morphine", mcgPerDay: 1_000, patients: 24).entries.filter { $0.kind == .model }
    #expect(infusion.contains { $0.says(.naiveStart) || $0.says(.withheld) })
    #expect(infusion.contains { $0.says(.usedToDose) })
    var change = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(1, .milligramsPerDay)))
    (change.previous, change.patients) = (DoseRate(0.5, .milligramsPerDay), 24)
    #expect(try #require(try RiskAssessment(change)).entries.contains { $0.says(.afterChange) })
    let baclofen = try risk("baclofen", mcgPerDay: 300, gap: Time(24, .hours), patients: 24)
    let scores = baclofen.entries.filter { $0.says(.highAshworth) || $0.says(.highAshworthAfterGap) }
    #expect(scores.count == 2)
    let limit = Formulary.embedded.harms.window.ashworth
    for entry in scores { #expect(entry.notes[0].evidence == [.number(limit.value)]) }
  }
}
