import Glibc
import Testing
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
      #expect(!entry.sources.isEmpty && known.isSuperset(of: entry.sources), "\(entry.effect)")
      guard let probability = entry.probability else {
        #expect(!entry.message.isEmpty && entry.low == nil && entry.high == nil)
        continue
      }
      #expect(probability > 0 && probability < 1)
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
    #expect(Set(entries.map { "\($0.population) \($0.regimen)" }).count == entries.count)
    // 109 of 430 in maintenance, spinal origin.
    #expect(
      entries.contains { $0.events == 109 && $0.n == 430 && abs($0.probability! - 109.0 / 430) < 1e-12 })
    #expect(!entries.contains { $0.regimen == "screening" })
    let single = try risk("baclofen", single: 0.05).entries.filter { $0.effect == "hypotonia" }
    #expect(single.allSatisfy { $0.regimen == "screening" } && !single.isEmpty)
  }

  @Test func `fitted probabilities rise with dose, and widen beyond the doses studied`() throws {
    var last = 0.0
    for dose in [0.05, 0.15, 0.3, 0.5, 1] as [ExactNumber] {
      let entry = try #require(
        try risk("morphine", single: dose).entries.first { $0.sources == ["gehling2009"] })
      #expect(entry.probability! > last)
      last = entry.probability!
      #expect(entry.isExtrapolated == (dose < 0.15 || dose > 0.5))
    }
  }

  @Test func `what nobody counted has no number, and what nobody read is marked`() throws {
    let winkelmuller = try risk("morphine", mcgPerDay: 4_700).entries.filter {
      $0.sources == ["winkelmuller1996"]
    }
    #expect(winkelmuller.contains { !$0.isVerified && $0.low == nil && $0.probability != nil })
    let zico = try risk("ziconotide", mcgPerDay: 6)
    #expect(zico.entries.first { $0.effect == "withdrawal" }?.probability == nil)
    #expect(zico.notOnRecord.contains("hypogonadism"))
    #expect(!zico.isUnconditional || zico.entries.allSatisfy(\.isVerified))
  }

  @Test func `a gap is held against the time from which withdrawal is known`() throws {
    func message(_ hours: ExactNumber) throws -> String {
      try risk("baclofen", mcgPerDay: 300, gap: Time(hours, .hours)).entries
        .filter { $0.effect == "withdrawal" && $0.probability == nil }.map(\.message).joined()
    }
    #expect(try message(6).contains("shorter than the earliest"))
    #expect(try message(48).contains("long enough") && message(48).contains("without tolerance"))
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
    let text = try #require(try RiskAssessment(request)).massFactors.map(\.text).joined(separator: "\n")
    #expect(text.contains("disagree") && text.contains("at or above") && text.contains("more than doubling"))
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
    #expect(fit.lines.count == 4 && fit.lines.allSatisfy { $0.without != nil })
    let single = try #require(
      RiskFit.all(drug: "morphine", in: .embedded).first { $0.effect == "respiratory_depression" })
    #expect(single.lines.allSatisfy { $0.without == nil })
  }
}

@Suite struct `Risks from models` {
  @Test func `the share with too much rises with dose, that with too little falls`() throws {
    let low = try #require(try risk("morphine", mcgPerDay: 50, patients: 200).exposure)
    let high = try #require(try risk("morphine", mcgPerDay: 2_000, patients: 200).exposure)
    #expect(low.inadequate()!.value > high.inadequate()!.value)
    #expect(low.toxicShare()!.value < high.toxicShare()!.value)
    for share in [low.inadequate()!, high.toxicShare()!] {
      #expect(share.value > 0 && share.value < 1 && share.low <= share.value && share.value <= share.high)
    }
  }

  @Test func `the same seed gives the same people, another seed others, and more people a narrower interval`()
    throws
  {
    func share(_ patients: Int, _ seed: UInt64) throws -> ExposureRisk.ClosedEstimate {
      var request = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(100, .microgramsPerDay)))
      request.patients = patients
      request.seed = seed
      let assessment = try #require(try RiskAssessment(request))
      return try #require(assessment.exposure?.inadequate())
    }
    #expect(try share(100, 1) == share(100, 1))
    #expect(try share(200, 1) != share(200, 2))
    let (few, many) = (try share(60, 1), try share(600, 1))
    #expect(many.high - many.low < few.high - few.low)
  }

  @Test func `the longer the gap, the less relief is left`() throws {
    func share(_ hours: ExactNumber) throws -> Double {
      try #require(
        try risk("morphine", mcgPerDay: 500, gap: Time(hours, .hours), patients: 120).exposure?.inadequate(
          afterGap: true)
      ).value
    }
    #expect(try share(2) < share(12) && share(12) < share(72))
    #expect(try share(72) > 0.9)
  }

  @Test func `the window is where both shares are within their limits`() throws {
    let exposure = try #require(try risk("morphine", mcgPerDay: 300, patients: 300).exposure)
    let window = exposure.window
    let (low, high) = (try #require(window.low), try #require(window.high))
    #expect(window.isOpen && low < high)
    #expect(abs(exposure.shares(at: low).inadequate! - 0.5) < 0.01)
    #expect(abs(exposure.shares(at: high * 0.999).toxic! - 0.05) < 0.01)
    #expect(exposure.shares(at: low / 3).inadequate! > 0.5 && exposure.shares(at: high * 3).toxic! > 0.05)
  }

  @Test func `a stricter limit narrows the window on its side`() throws {
    func window(_ toxic: Double?, _ inadequate: Double?) throws -> ExposureRisk.Window {
      var request = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(300, .microgramsPerDay)))
      request.patients = 300
      (request.mostToxic, request.mostInadequate) = (toxic, inadequate)
      let assessment = try #require(try RiskAssessment(request))
      return try #require(assessment.exposure).window
    }
    let usual = try window(nil, nil)
    #expect(try window(0.05, 0.5) == usual)
    let (safer, surer) = (try window(0.01, nil), try window(nil, 0.2))
    #expect(safer.high! < usual.high! && safer.low == usual.low)
    #expect(surer.low! > usual.low! && surer.high == usual.high)
  }

  /// The calibration by which the model of respiratory depression was made is found again without spread in transport.
  @Test func `many people's risk after one injection is near the counts it was calibrated on`() throws {
    for (dose, counted) in [(0.15, 0.0101), (0.5, 0.0926)] as [(ExactNumber, Double)] {
      let share = try #require(try risk("morphine", single: dose, patients: 1_000).exposure?.toxicShare())
      #expect(share.value > counted / 3 && share.value < counted * 3)
    }
  }
}
