import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalScenario
import ThecalTitration

extension TrialReport {
  /// The trial as text and as one JSON object.
  var answer: Answer {
    Answer(
      text: text, status: status, codes: codes, message: messages.joined(separator: " "),
      sources: sources,
      fields: [
        AnswerField("drug", .text(trial.drug.id)),
        AnswerField("trial", .text(trial.settings.method.rawValue)),
        AnswerField("route", .text(trial.settings.route.rawValue)),
        AnswerField("start", trial.hours.first.flatMap(dose).map { .number($0) } ?? .null),
        AnswerField("start_unit", .text(doseUnit)),
        AnswerField("schedule", .list(trial.hours.indices.map(record))),
        AnswerField("days_to_target", .null), AnswerField("success_from", .shown(trial.criterion)),
        AnswerField("success", trial.outcomes.isEmpty ? .null : trial.success.map(share) ?? .null),
        AnswerField("sustained", trial.outcomes.isEmpty ? .null : trial.sustained.map(share) ?? .null),
        AnswerField("toxic", trial.outcomes.isEmpty ? .null : trial.toxic.map(share) ?? .null),
        AnswerField("median", trial.median.map(outcome) ?? .null),
        AnswerField("felt_at_next_step_percent", .shown(trial.feltAtNextStep.map { $0 * 100 })),
        AnswerField(
          "seen",
          .list(
            trial.seen.map {
              .object([
                AnswerField("text", .text($0.text)), AnswerField("events", .number(ExactNumber($0.events))),
                AnswerField("of", .number(ExactNumber($0.of))),
                AnswerField("source", .text($0.citation.source)),
              ])
            })), AnswerField("stop_rules", .list(trial.stopRules.map { .text($0.text) })),
        AnswerField("match", match.map(programme) ?? .null),
      ])
  }

  private func record(_ index: Int) -> AnswerValue {
    let hour = trial.hours[index]
    let effect = effect(hour.effect)
    // Injections belong to days; the hour stands beside.
    let day = isInfusion ? [] : [AnswerField("day", .number(ExactNumber(hour.hour / 24 + 1)))]
    return .object(
      day + [
        AnswerField("hour", .number(ExactNumber(hour.hour))),
        AnswerField("dose", dose(hour).map { .number($0) } ?? .null), AnswerField("unit", .text(doseUnit)),
        AnswerField("step_percent", step(index).map { .number($0) } ?? .null),
        AnswerField("given", .number(hour.given.exactValue(in: trial.unit.mass).shown)),
        AnswerField("level", .shown(hour.level.middle)), AnswerField("level_low", .shown(hour.level.low)),
        AnswerField("level_high", .shown(hour.level.high)),
        AnswerField("effect", .shown(effect?.middle)),
        AnswerField("effect_low", .shown(effect?.low)),
        AnswerField("effect_high", .shown(effect?.high)),
        AnswerField("risk", .shown(hour.risk)),
      ])
  }

  private func share(_ share: PopulationShare) -> AnswerValue {
    .object([
      AnswerField("probability", .shown(share.value)), AnswerField("low", .shown(share.low)),
      AnswerField("high", .shown(share.high)), AnswerField("people", .number(ExactNumber(share.total))),
    ])
  }

  private func outcome(_ outcome: TrialCourse.Outcome) -> AnswerValue {
    let dose =
      isInfusion
      ? trial.unit.perDay(DoseRate(base: outcome.dose)).shown
      : Mass(base: outcome.dose).exactValue(in: trial.unit.mass).shown
    return .object([
      AnswerField("success", .flag(outcome.isSuccess)), AnswerField("sustained", .flag(outcome.isSustained)),
      AnswerField("dose_in_csf", .number(dose)), AnswerField("unit", .text(doseUnit)),
      AnswerField("reached_at_h", .shown(outcome.reachedAt)),
      AnswerField("peak_at_h", .shown(outcome.peakAt)),
      AnswerField("hours_above", .shown(outcome.hoursAbove)),
      AnswerField("effect_then", .shown(outcome.effectThen)),
      AnswerField("effect_to_come", .shown(outcome.effectToCome)),
      AnswerField("held_by", outcome.heldBy.map { .text($0) } ?? .null),
    ])
  }

  private func programme(_ match: TrialMatch) -> AnswerValue {
    .object([
      AnswerField("start", match.start.map { .number(match.unit.perDay($0)) } ?? .null),
      AnswerField("start_unit", .text(match.unit.daily)),
      AnswerField(
        "candidates",
        .list(
          match.candidates.map {
            .object([
              AnswerField("dose", .number(match.unit.perDay($0.dose).shown)),
              AnswerField("reason", .text($0.reason.text)),
              AnswerField("source", $0.source.map { .text($0) } ?? .null),
              AnswerField("verified", .flag($0.isVerified)),
            ])
          })),
    ])
  }
}
