import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalOptimization
import ThecalTabular
import ThecalTitration

/// A plan for a titration: as text, as one JSON object, as a table, as a page and a picture.
public struct TitrationReport: Sendable {
  let plan: TitrationPlan
  let path: String

  /// A report on `plan`, which was read at `path`.
  init(_ plan: TitrationPlan, _ path: String) { (self.plan, self.path) = (plan, path) }

  /// Whether the plan is refused: there are no doses.
  public var isBlocked: Bool { plan.findings.isBlocked }

  /// What a reader should know, one line each.
  public var messages: [String] { plan.findings.all.map(\.text) }

  /// The plan as text and as one JSON object.
  public var answer: Answer {
    Answer(
      text: text, status: plan.findings.status, codes: plan.findings.codes,
      message: messages.joined(separator: " "), sources: plan.findings.sources.sorted(),
      fields: [
        AnswerField("drug", .text(plan.drug.id)),
        AnswerField("protocol", .text(plan.request.method.rawValue)),
        AnswerField("start", plan.days.first.map { .number(number($0.dose)) } ?? .null),
        AnswerField("start_unit", .text(plan.unit.daily)),
        AnswerField("limit", plan.limit.map { .number(number($0)) } ?? .null),
        AnswerField("limit_unit", .text(plan.unit.daily)),
        AnswerField("opioid_class", plan.opioidClass.map { .text($0.rawValue) } ?? .null),
        AnswerField(
          "goal", plan.days.isEmpty ? .null : plan.goal.map { .number(number($0.goal).shown) } ?? .null),
        AnswerField("goal_unit", .text(plan.unit.daily)),
        AnswerField("schedule", .list(plan.days.map(record))),
        AnswerField("days_to_target", plan.daysToTarget.map { .number(ExactNumber($0)) } ?? .null),
        AnswerField("slow_schedule", plan.slow.map { .list($0.days.map(record)) } ?? .null),
        AnswerField(
          "slow_days_to_target", plan.slow?.daysToTarget.map { .number(ExactNumber($0)) } ?? .null),
        AnswerField("kkt_residual", plan.residual.map { .number(ExactNumber($0.largest)) } ?? .null),
        AnswerField("stop_rules", .list(plan.stopRules.map { .text($0.text) })),
        AnswerField("patient", plan.learned.map(learned) ?? .null),
        AnswerField("next", plan.days.isEmpty ? .null : plan.next.map(next) ?? .null),
      ])
  }

  /// The schedule as CSV.
  public var csv: [UInt8] {
    var writer = CSVWriter(capacity: 64 * (plan.days.count + 1))
    let isBeside = plan.slow != nil
    writer.appendRow(
      ["day", "dose", "unit", "step_percent", "level_ng_per_mL", "effect", "risk"]
        + (isBeside ? ["slow_dose"] : []))
    for (index, day) in plan.days.enumerated() {
      writer.appendNumber(ExactNumber(day.day).plainText)
      writer.appendNumber(number(day.dose).plainText)
      writer.appendText(plan.unit.daily)
      for value in [day.step.map { ($0 * 100).shown }, ExactNumber(day.level).shown]
        + [day.effect, day.risk].map({ $0.map { ExactNumber($0).shown } })
      {
        if let value { writer.appendNumber(value.plainText) } else { writer.appendEmpty() }
      }
      if let slow = plan.slow { writer.appendNumber(number(slow.days[index].dose).plainText) }
      writer.endRow()
    }
    return writer.output.bytes
  }

  func number(_ dose: DoseRate) -> ExactNumber { plan.unit.perDay(dose) }

  private func record(_ day: TitrationPlan.Day) -> AnswerValue {
    .object([
      AnswerField("day", .number(ExactNumber(day.day))), AnswerField("dose", .number(number(day.dose))),
      AnswerField("unit", .text(plan.unit.daily)),
      AnswerField("step_percent", day.step.map { .number(($0 * 100).shown) } ?? .null),
      AnswerField("level", .number(ExactNumber(day.level).shown)),
      AnswerField("effect", day.effect.map { .number(ExactNumber($0).shown) } ?? .null),
      AnswerField("risk", day.risk.map { .number(ExactNumber($0).shown) } ?? .null),
    ])
  }

  private func learned(_ fit: PatientFit) -> AnswerValue {
    func interval(_ value: PatientFit.Interval) -> AnswerValue {
      .object([
        AnswerField("estimate", .number(ExactNumber(value.estimate).shown)),
        AnswerField("low", .number(ExactNumber(value.low).shown)),
        AnswerField("high", .number(ExactNumber(value.high).shown)),
      ])
    }
    return .object([
      AnswerField("ec50_ng_per_mL", interval(fit.half)), AnswerField("baseline", interval(fit.baseline)),
      AnswerField("scores", .number(ExactNumber(fit.scores))),
      AnswerField("scatter", .number(ExactNumber(fit.scatter).shown)),
    ])
  }

  private func next(_ step: NextStep) -> AnswerValue {
    .object([
      AnswerField("day", .number(ExactNumber(step.day))), AnswerField("low", .number(number(step.low))),
      AnswerField("high", .number(number(step.high))), AnswerField("unit", .text(plan.unit.daily)),
      AnswerField("reasons", .list(step.reasons.map { .text($0.text) })),
      AnswerField("one_more_score_narrows_percent", .number(ExactNumber(step.learned * 100).shown)),
    ])
  }
}
