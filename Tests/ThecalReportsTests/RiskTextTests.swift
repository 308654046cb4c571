import Foundation
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalTitration

@testable import ThecalReports

private func json(_ answer: Answer) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(answer.json.utf8)) as? [String: Any])
}

@Suite struct `The report of a risk` {
  private func morphine(
    _ milligrams: ExactNumber, _ tolerance: RiskRequest.Tolerance
  ) throws -> RiskReport {
    try Sample.risk(
      .init(drug: "morphine", dose: .continuous(DoseRate(milligrams, .milligramsPerDay))),
      tolerance: tolerance)
  }

  /// What is withheld is null in the object and no percentage in the text; the counts that contradict it are in both.
  @Test func `has no figure where counts contradict the model, and the counts instead`() throws {
    let report = try Sample.risk(named: "injection")
    let effects = try #require(try json(report.answer)["effects"] as? [[String: Any]])
    let withheld = effects.filter { ($0["codes"] as? [String])?.contains("MODEL_CONTRADICTED") ?? false }
    #expect(!withheld.isEmpty)
    for effect in withheld {
      for key in ["probability", "low", "high"] { #expect(effect[key] is NSNull, "\(key)") }
      let counts = try #require(effect["counts"] as? [[String: Any]])
      #expect(!counts.isEmpty)
      for count in counts {
        let source = try #require(count["source"] as? String)
        #expect(report.answer.text.contains(source))
      }
    }
    #expect(report.answer.text.contains("Withheld"))
  }

  @Test func `shows both states where none is said, and one where it is`() throws {
    func states(_ tolerance: RiskRequest.Tolerance) throws -> [String] {
      let effects = try #require(try json(try morphine(1, tolerance).answer)["effects"] as? [[String: Any]])
      return effects.filter {
        $0["kind"] as? String == "model" && $0["effect"] as? String == "respiratory_depression"
      }
      .compactMap { $0["tolerance"] as? String }
    }
    #expect(try states(.unknown) == ["naive", "tolerant"])
    #expect(try states(.naive) == ["naive"] && states(.tolerant) == ["tolerant"])
  }

  @Test func `a refused dose has no effects, no window and no device events`() throws {
    let report = try Sample.risk(named: "refused")
    let answer = try json(report.answer)
    #expect(report.isBlocked && answer["status"] as? String == "blocked")
    #expect((answer["effects"] as? [Any])?.isEmpty == true && answer["window"] is NSNull)
    #expect((answer["device_events"] as? [Any])?.isEmpty == true)
  }
}

@Suite struct `The report of a titration` {
  private static let ziconotide =
    "drug: ziconotide\nindication: noncancer\npsychosis_history: no\ntarget: {dose: 4.8 mcg/day}\ndays: 30\n"

  @Test func `puts the slower protocol into text, object and table`() throws {
    let plan = try Sample.report(yaml: Self.ziconotide)
    let answer = try json(plan.answer)
    let slow = try #require(answer["slow_schedule"] as? [[String: Any]])
    // From 1.2 by 0.5 a week: 4.7 is the last whole step, and 4.8 the goal.
    #expect(slow.compactMap { $0["dose"] as? Double }.max() == 4.8)
    #expect(answer["slow_days_to_target"] as? Int == 1 + 7 * 7)
    #expect((answer["codes"] as? [String])?.contains("SLOWER_PROTOCOL") == true)
    #expect(answer["status"] as? String == "review" && answer["limit"] as? Double == 19.2)
    #expect(
      plan.answer.text.contains("Beside it a slower protocol") && plan.answer.text.contains("mcdowell2016"))
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try plan.write(to: folder.appending(path: "s.csv").path)
    let rows = try String(contentsOf: folder.appending(path: "s.csv"), encoding: .utf8).split(separator: "\n")
    #expect(rows[0].hasSuffix(",slow_dose") && rows[1].hasSuffix(",1.2") && rows[8].hasSuffix(",1.7"))
    try plan.writePage(to: folder.appending(path: "s.html").path, engine: "engine")
    let page = try String(contentsOf: folder.appending(path: "s.html"), encoding: .utf8)
    #expect(page.contains("Beside it a slower protocol") && page.contains("day 8: 1.7"))
  }

  @Test func `without another protocol has neither its column nor its words`() throws {
    let plan = try Sample.report(yaml: Self.ziconotide + "slow: yes\n")
    let answer = try json(plan.answer)
    #expect(answer["slow_schedule"] is NSNull && answer["slow_days_to_target"] is NSNull)
    #expect(!plan.answer.text.contains("Beside it"))
  }

  /// Series report 58 to 67 % as mean relief; the model alone would print nearly all pain gone.
  @Test func `prints no relief that series contradict, and says which`() throws {
    let plan = try Sample.report(
      yaml:
        "drug: morphine\nindication: noncancer\nopioid_days: 60\noral_mme: 600 mg/day\ntarget: {dose: 2 mg/day}\n"
    )
    let answer = try json(plan.answer)
    let days = try #require(answer["schedule"] as? [[String: Any]])
    #expect(days.allSatisfy { $0["effect"] is NSNull || ($0["effect"] as? Double ?? 1) < 0.9 })
    #expect(
      days.last?["effect"] is NSNull && (answer["codes"] as? [String])?.contains("MODEL_CONTRADICTED") == true
    )
    #expect(plan.answer.text.contains("winkelmuller1996"))
  }

  @Test func `of a trial has no effect where its success is contradicted`() throws {
    let trial = try Sample.report(
      yaml:
        "drug: morphine\nindication: noncancer\nopioid_tolerant: no\nmonitored: yes\ntrial: single\nscreening: {bolus: 0.2 mg}\npopulation: {samples: 40, seed: 3}\n"
    )
    let answer = try json(trial.answer)
    #expect(answer["success"] is NSNull && answer["sustained"] is NSNull && answer["median"] is NSNull)
    let hours = try #require(answer["schedule"] as? [[String: Any]])
    for hour in hours { for key in ["effect", "effect_low", "effect_high"] { #expect(hour[key] is NSNull) } }
    #expect(trial.answer.text.contains("not predicted") && !trial.answer.text.contains("The median person"))
    #expect(trial.answer.text.contains("sviggum2016"))
  }
}
