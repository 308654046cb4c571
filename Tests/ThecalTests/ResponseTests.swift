import Foundation
import Testing
import Thecal

/// What a program sees that imports the library alone: values, no sentences to take apart.
@Suite struct `Risks and plans of a program` {
  private static func risks(_ dose: RiskRequest.Dose, _ tolerance: RiskRequest.Tolerance) throws
    -> RiskAssessment
  {
    var request = RiskRequest(drug: "morphine", dose: dose)
    (request.tolerance, request.patients) = (tolerance, 24)
    return try #require(try RiskAssessment(request))
  }

  @Test func `of an injection are counts with their study, and a verdict on the model`() throws {
    let risks = try Self.risks(.single(Mass(0.3, .milligrams)), .naive)
    let breathing = risks.entries.filter { $0.effect == "respiratory_depression" }
    let curve = try #require(breathing.first { $0.kind == .fit })
    #expect(curve.events == 9 && curve.n == 327 && curve.sources == ["gehling2009"])
    let (low, share, high) = (
      try #require(curve.low), try #require(curve.probability), try #require(curve.high)
    )
    #expect(0 < low && low < share && share < high && high < 1 && curve.isVerified)
    let model = try #require(breathing.first { $0.kind == .model })
    #expect(model.population == .virtual(count: 24, seed: 1, isInjected: true, level: "L3"))
    #expect(model.codes.contains(.modelContradicted) == (model.probability == nil))
    for entry in risks.entries {
      for note in entry.notes { #expect(note.topic.room == .response && !note.text.isEmpty) }
      for source in entry.sources { #expect(Formulary.embedded.source(source) != nil) }
    }
  }

  @Test func `are the figures that the command prints`() throws {
    for (dose, tolerance) in [
      (RiskRequest.Dose.single(Mass(0.3, .milligrams)), RiskRequest.Tolerance.naive),
      (.continuous(DoseRate(1, .milligramsPerDay)), .tolerant),
    ] {
      let risks = try Self.risks(dose, tolerance)
      let job = try #require(try RiskJob(risks.request))
      let object = try JSONSerialization.jsonObject(with: Data(RiskReport(job).answer.json.utf8))
      let effects = try #require((object as? [String: Any])?["effects"] as? [[String: Any]])
      #expect(effects.count == risks.entries.count && !effects.isEmpty)
      for (printed, entry) in zip(effects, risks.entries) {
        #expect(printed["effect"] as? String == entry.effect)
        for (key, value) in [("probability", entry.probability), ("low", entry.low), ("high", entry.high)] {
          let shown = printed[key] as? Double
          #expect((shown == nil) == (value == nil), "\(entry.effect) \(key)")
          if let shown, let value {
            #expect(abs(shown - value) <= 1e-5 * abs(value), "\(entry.effect) \(key)")
          }
        }
      }
    }
  }

  @Test func `have a window, whose ends are where the shares meet their limits`() throws {
    let exposure = try #require(try Self.risks(.continuous(DoseRate(1, .milligramsPerDay)), .naive).exposure)
    let window = exposure.window
    #expect(exposure.count == 24 && exposure.mostToxic > 0 && exposure.mostInadequate < 1)
    #expect(window.isOpen == (window.low.flatMap { low in window.high.map { low <= $0 } } ?? false))
    if let low = window.low, let share = exposure.shares(at: low).inadequate {
      #expect(abs(share - exposure.mostInadequate) < 0.02)
    }
  }

  /// A refused dose has a reason and nothing else.
  @Test func `of a slip are none`() throws {
    let request = RiskRequest(drug: "baclofen", dose: .continuous(DoseRate(400, .milligramsPerDay)))
    let refused = try #require(try RiskAssessment(request))
    #expect(refused.findings.isRefused && refused.findings.codes.contains(.typoSuspected))
    #expect(refused.entries.isEmpty && refused.exposure == nil)
    #expect(try RiskAssessment(RiskRequest(drug: "oxycodone", dose: request.dose)) == nil)
  }

  @Test func `of a titration are doses by day, under the limit, from the start of the conversion`() throws {
    var wanted = TitrationRequest(drug: "morphine")
    (wanted.target, wanted.days) = (.dose(DoseRate(1, .milligramsPerDay)), 20)
    wanted.patient.opioidDays = 60
    wanted.medicines = [
      Medicine(
        drug: "morphine", route: .oral, amount: .doses(Mass(60, .milligrams), Frequency(timesPerDay: 2)))
    ]
    let plan = try TitrationPlan(wanted)
    let start = try #require(plan.start)
    let converted = try Converter().convert(
      ConversionRequest(medicines: wanted.medicines, target: "morphine", patient: wanted.patient))
    #expect(start == converted.start && plan.opioidClass == .tolerant)
    let limit = try #require(plan.limit)
    #expect(plan.days.count == 20 && plan.days.allSatisfy { $0.dose <= limit && $0.level > 0 })
    for (before, after) in zip(plan.days, plan.days.dropFirst()) { #expect(before.dose <= after.dose) }
  }
}
