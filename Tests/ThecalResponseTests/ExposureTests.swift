import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTransport

@testable import ThecalResponse

private func exposure(
  _ drug: String, _ dose: RiskRequest.Dose, people: Int = 24, _ change: (inout RiskRequest) -> Void = { _ in }
) throws -> ExposureRisk {
  var request = RiskRequest(drug: drug, dose: dose)
  request.patients = people
  change(&request)
  let known = try #require(Formulary.embedded.drug(named: drug))
  return try #require(try ExposureRisk(request, drug: known, .embedded))
}

private let perDay = RiskRequest.Dose.continuous(DoseRate(1, .milligramsPerDay))

@Suite struct `People of a unit dose` {
  @Test func `answer another question about the same place, and refuse one about another`() throws {
    let people = try exposure("morphine", perDay)
    var other = people.request
    other.dose = .continuous(DoseRate(3, .milligramsPerDay))
    #expect(people.answers(other))
    let changes: [(inout RiskRequest) -> Void] = [
      { $0.drug = "baclofen" }, { $0.dose = .single(Mass(1, .milligrams)) }, { $0.tip = "L3" },
      { $0.seed = 2 },
      { $0.patients = 8 }, { $0.interruption = Time(12, .hours) },
    ]
    for change in changes {
      var asked = people.request
      change(&asked)
      #expect(!people.answers(asked))
    }
  }

  /// The same entries, whether the people are made for the question or were made for another.
  @Test(arguments: ["morphine", "baclofen"]) func `used again give the same risks`(drug: String) throws {
    let made = try exposure(drug, perDay)
    var request = made.request
    request.dose = .continuous(DoseRate(drug == "morphine" ? 4 : 0.3, .milligramsPerDay))
    let own = try #require(try RiskAssessment(request))
    let again = try #require(try RiskAssessment(request, reusing: made))
    #expect(own.entries.map(\.probability) == again.entries.map(\.probability))
    #expect(own.entries.map(\.low) == again.entries.map(\.low))
    #expect(own.exposure?.window == again.exposure?.window)
  }

  @Test
  func `the share with too little falls with the dose, that depressed rises, and neither leaves 0 to 1`()
    throws
  {
    let group = try exposure("morphine", perDay)
    var (few, much) = (1.0, 0.0)
    for step in 0..<24 {
      let base = 0.001 * pow(10, Double(step) / 4)
      let less = try #require(group.likelyInadequate(at: base))
      #expect(less <= few && (0...1).contains(less))
      few = less
      if let more = group.likelyDepressed(at: base, .naive) {
        #expect(more >= much && (0...1).contains(more))
        much = more
      }
    }
    // Nobody is left without an answer but those who answer to nothing.
    let lost = try #require(group.effect).nonresponders(.longTerm)
    #expect(abs(few - lost) < 1e-3)
  }

  @Test func `a gap leaves less: more people have too little at its end, and most after a longer one`() throws
  {
    func after(_ hours: ExactNumber) throws -> Double {
      let group = try exposure("baclofen", .continuous(DoseRate(300, .microgramsPerDay))) {
        $0.interruption = Time(hours, .hours)
      }
      return try #require(group.inadequate(at: group.request.dose.base, afterGap: true)?.estimate).value
    }
    let group = try exposure("baclofen", .continuous(DoseRate(300, .microgramsPerDay)))
    let before = try #require(group.inadequate(at: group.request.dose.base)?.estimate).value
    #expect(try before < after(12) && after(12) < after(48))
  }

  @Test func `an injection into somebody used to an infusion depresses fewer than into somebody who is not`()
    throws
  {
    let single = RiskRequest.Dose.single(Mass(ExactNumber(1, over: 2), .milligrams))
    let naive = try exposure("morphine", single)
    let used = try exposure("morphine", single) { $0.previous = DoseRate(2, .milligramsPerDay) }
    let base = single.base
    let first = try #require(naive.depressed(at: base, .naive)?.estimate).value
    let second = try #require(used.depressed(at: base, .tolerant)?.estimate).value
    #expect(second < first)
    // Without the infusion to which they are used nothing is said.
    let unsaid = try #require(naive.depressed(at: base, .tolerant))
    #expect(unsaid.estimate == nil)
  }

  @Test func `intervals hold the most probable value, and carry what the counts leave open`() throws {
    let group = try exposure("morphine", perDay, people: 40)
    for milligrams in [0.2, 1, 5] {
      let base = milligrams * 1_000 / 24
      for statement in [group.inadequate(at: base), group.depressed(at: base, .tolerant)] {
        let estimate = try #require(statement?.estimate)
        #expect(estimate.low <= estimate.value && estimate.value <= estimate.high)
        // Of 524 nobody: the upper end is several times the value.
        if statement?.estimate?.value ?? 1 < 0.01 { #expect(estimate.high > 2 * estimate.value) }
      }
    }
  }
}

@Suite struct `A model of one effect` {
  @Test func `takes what the counts leave, and who does not respond answers to no level`() throws {
    let relief = try #require(EffectModel("relief", of: "morphine", in: .embedded))
    let fit = try #require(relief.fit)
    let half = try #require(fit["ln_ec50"])
    #expect(abs(relief.curve.half - exp(half)) < 1e-9)
    #expect(fit["nothing"] == nil)
    let lost = relief.nonresponders(.longTerm)
    #expect((0.12...0.5).contains(lost))
    let deaf = relief.patient(lag: 0.5, sensitivity: 0.5, response: lost * 0.99, .longTerm)
    #expect(deaf.curve.effect(at: 1e9) == 0)
    let heard = relief.patient(lag: 0.5, sensitivity: 0.5, response: lost * 1.01, .longTerm)
    #expect(abs(heard.curve.half / relief.curve.half - 1) < 1e-9)
    let range = relief.responding(.longTerm)
    #expect(range.low < 1 && range.high > 1)
    // A feared effect has nobody who does not respond.
    let feared = try #require(EffectModel("respiratory_depression", of: "morphine", in: .embedded))
    #expect(feared.nonresponders(.single) == 0 && feared.responding(.single) == (1, 1))
    #expect(feared.moderators.count == 3 && relief.toxic == nil && feared.toxic == 0.5)
    #expect(EffectModel("relief", of: "ziconotide", in: .embedded) == nil)
  }

  @Test func `half of the people are as sensitive as its median, and one standard deviation is its spread`()
    throws
  {
    let model = try #require(EffectModel("ashworth", of: "baclofen", in: .embedded))
    let one = model.patient(lag: 0.5, sensitivity: 0.841_344_746).curve.half
    #expect(abs(one / model.curve.half / model.spread - 1) < 1e-6)
    #expect(abs(model.share(toxicAt: 100, threshold: 100) - 0.5) < 1e-12)
    #expect(abs(model.share(toxicAt: 100 * model.spread, threshold: 100) - 0.841_344_746) < 1e-8)
    #expect(model.share(toxicAt: 0, threshold: 100) == 0)
    let window = Formulary.embedded.harms.window
    let enough = try #require(model.enough(window))
    let factor = try #require(model.factor(enough: window))
    #expect(abs(model.curve.effect(at: factor * model.curve.half) - enough) < 1e-9)
  }
}

@Suite struct `A request of a risk` {
  @Test func `knows its dose in every unit of its kind, and in none of another`() {
    let single = RiskRequest.Dose.single(Mass(ExactNumber(1, over: 2), .milligrams))
    #expect(single.amount(in: "mg") == 0.5 && single.amount(in: "mcg") == 500)
    #expect(
      single.amount(in: "mg/day") == nil && single.amount(in: nil) == nil && single.amount(in: "spoon") == nil
    )
    #expect(perDay.amount(in: "mg/day") == 1 && perDay.amount(in: "mcg/day") == 1_000)
    #expect(perDay.amount(in: "mg") == nil && !perDay.isSingle && single.isSingle)
    #expect(single.with(base: 7).base == 7 && single.with(base: 7).isSingle && !perDay.with(base: 7).isSingle)
  }

  @Test func `injections are given at L3 and catheters end at T10 unless it says otherwise`() {
    var request = RiskRequest(drug: "morphine", dose: perDay)
    #expect(request.place == "T10")
    request.dose = .single(Mass(1, .milligrams))
    #expect(request.place == "L3")
    request.tip = "t12"
    #expect(request.place == "T12")
    #expect(RiskRequest.Tolerance.unknown.states == [.naive, .tolerant])
    #expect(RiskRequest.Tolerance.tolerant.states == [.tolerant])
  }

  @Test
  func `a count from a percentage spans every count that prints so, and one without a count has no interval`()
  {
    let derived = Formulary.embedded.incidence.first { row in
      row.countRange.map { $0.low < $0.high } ?? false
    }
    guard let row = derived, let n = row.n, let range = row.countRange, let interval = row.interval else {
      Issue.record("no count from a percentage")
      return
    }
    #expect(interval.lowerBound <= IncidenceCount.interval(of: range.low, n: n).lowerBound)
    #expect(interval.upperBound >= IncidenceCount.interval(of: range.high, n: n).upperBound)
    #expect(Formulary.embedded.incidence.contains { $0.events == nil && $0.interval == nil })
  }

  @Test
  func `what raises a risk is named with its source, once, and masses are asked about where they are known`()
    throws
  {
    var request = RiskRequest(drug: "morphine", dose: perDay)
    (request.patients, request.age_years) = (0, 80)
    request.facts = ["sleep_apnea", "frail"]
    let old = try #require(try RiskAssessment(request))
    #expect(old.raised.count == 3 && old.raised.allSatisfy { $0.isAbout(RiskTopic.raised) })
    for citation in old.raised.flatMap(\.citations) {
      #expect(Formulary.embedded.source(citation.source) != nil)
    }
    request.age_years = 64
    #expect(try #require(try RiskAssessment(request)).raised.count == 2)
    request.months = 30
    request.yearlyRise = 0.2
    request.concentration = Concentration(10, .milligramsPerMilliliter)
    let known = try #require(try RiskAssessment(request)).massFactors
    func evidence(_ topic: RiskTopic) -> ThecalDosing.Evidence? {
      known.first { $0.isAbout(topic) }?.evidence[1]
    }
    #expect(evidence(.massMonths) == .number(30) && evidence(.massRise) == .amount(20, "%"))
    #expect(
      evidence(.massStrengthBelow) == .strength(Concentration(10, .milligramsPerMilliliter), .milligrams))
    #expect(evidence(.massDose) == .dose(DoseRate(1, .milligramsPerDay), .milligrams))
    // Nobody counted masses after one injection.
    request.dose = .single(Mass(1, .milligrams))
    #expect(try #require(try RiskAssessment(request)).massFactors.isEmpty)
    #expect(try RiskAssessment(RiskRequest(drug: "oxycodone", dose: perDay)) == nil)
  }
}
