import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalScenario
import ThecalTitration

extension TitrationReport {
  /// The plan as a person reads it: one line per change of dose.
  var text: String {
    var lines = ["\(title)", "Status: \(plan.findings.status.rawValue.uppercased())"]
    if !plan.days.isEmpty {
      lines += ["", facts, ""] + table
      if let arrival { lines += ["", arrival] }
      lines += slower.isEmpty ? [] : [""] + slower
      lines += observed
    }
    if !plan.findings.all.isEmpty { lines += ["", "Notes"] + plan.findings.all.map { "  \($0.text)" } }
    if !plan.days.isEmpty { lines += ["", "Stop rules"] + plan.stopRules.map { "  \($0.text)" } }
    lines += ["", "Sources: " + plan.findings.sources.sorted().joined(separator: ", ")]
    return lines.joined(separator: "\n")
  }

  var title: String {
    let indication =
      plan.request.patient.indication.map { ", \($0.rawValue.map { $0 == "_" ? " " : String($0) }.joined())" }
      ?? ""
    return
      "Titration of intrathecal \(plan.drug.tallMan)\(indication), protocol \(plan.request.method.rawValue)"
  }

  /// What was planned within which limits, in one line.
  var facts: String {
    guard let limits = plan.limits, let goal = plan.goal else { return "" }
    return "Goal \(words(goal.goal)); \(steps(limits)); at most \(words(limits.highest))."
  }

  /// How far and how often a dose may rise.
  private func steps(_ limits: TitrationLimits) -> String {
    let step: String
    switch limits.step {
    case .share(let share): step = "\(ClinicalText.number((share * 100).shown)) %"
    case .amount(let amount): step = words(amount)
    }
    let often = limits.perWeek.map { ", at most \($0) in 7 days" } ?? ""
    return "steps up to \(step), "
      + (limits.interval == 1 ? "once a day" : "every \(limits.interval) days") + often
  }

  /// The slower protocol that stands beside, one line for a few changes of dose each; empty where there is none.
  var slower: [String] {
    guard let slow = plan.slow else { return [] }
    let said = Set(slow.citations.map(\.source)).sorted().joined(separator: ", ")
    let changes = changes(slow.days).map { day in
      "day \(day.day): \(ClinicalText.number(number(day.dose)))"
    }
    let lines = stride(from: 0, to: changes.count, by: Self.changesPerLine).map { start in
      "  " + changes[start..<min(start + Self.changesPerLine, changes.count)].joined(separator: ", ")
    }
    return ["Beside it a slower protocol (\(plan.unit.daily)): \(steps(slow.limits)) (\(said))."] + lines
      + (slow.daysToTarget.map { ["95 % of the target on day \($0)."] } ?? [])
  }

  private static let changesPerLine = 8

  var arrival: String? {
    plan.daysToTarget.map { "95 % of the target on day \($0)." }
  }

  func words(_ dose: DoseRate) -> String {
    "\(ClinicalText.number(number(dose).rounded(toSignificantDigits: 4))) \(plan.unit.daily)"
  }

  /// The days on which the dose changes, and the last.
  var changes: [TitrationPlan.Day] { changes(plan.days) }

  private func changes(_ days: [TitrationPlan.Day]) -> [TitrationPlan.Day] {
    days.enumerated().filter { index, day in
      index == 0 || index == days.count - 1 || day.dose != days[index - 1].dose
    }.map(\.element)
  }

  var effectTitle: String { plan.drug.kind == .antispastic ? "Ashworth" : "relief" }

  func shown(effect: Double?) -> String {
    guard let effect else { return "-" }
    return plan.drug.kind == .antispastic ? effect.clinical(2) : "\((effect * 100).clinical(2)) %"
  }

  func shown(risk: Double?) -> String {
    risk.map { $0 < 0.001 ? "< 0.1 %" : "\(($0 * 100).clinical(2)) %" } ?? "-"
  }

  /// The date of a day; nil where the plan does not say when it begins.
  func date(of day: Int) -> CalendarDate? { plan.request.firstDay.map { $0 + (day - 1) } }

  private var table: [String] {
    let dated = plan.request.firstDay == nil ? [] : ["date"]
    let heading =
      ["day"] + dated + ["dose (\(plan.unit.daily))", "step", "level (ng/mL)", effectTitle, "toxic in"]
    let rows = changes.map { day in
      [
        String(day.day)
      ] + (date(of: day.day).map { [$0.text] } ?? []) + [
        ClinicalText.number(number(day.dose)),
        day.step.map { $0 == .zero ? "" : "\($0 > .zero ? "+" : "")\(($0.double * 100).clinical(3)) %" }
          ?? "",
        day.level.clinical(3), shown(effect: day.effect), shown(risk: day.risk),
      ]
    }
    return ([heading] + rows).aligned
  }

  /// What observations taught, and what may follow.
  var observed: [String] {
    var lines: [String] = []
    if let fit = plan.learned {
      lines += [
        "", "This patient, from \(fit.scores) \(fit.scores == 1 ? "score" : "scores")",
        "  level at half effect \(fit.half.estimate.clinical(3)) ng/mL "
          + "(90 %: \(fit.half.low.clinical(3)) to \(fit.half.high.clinical(3)))",
        "  score without drug \(fit.baseline.estimate.clinical(2)) "
          + "(90 %: \(fit.baseline.low.clinical(2)) to \(fit.baseline.high.clinical(2)))",
      ]
    }
    if let next = plan.next {
      lines += [
        "",
        "Next: \(words(next.low)) to \(words(next.high)) from day \(next.day) on, for a prescriber to choose",
      ]
      lines += next.reasons.map { "  \($0.text)" }
      lines.append(
        "  One more score there narrows what is known of the sensitivity by \((next.learned * 100).clinical(2)) %."
      )
    }
    return lines
  }
}
