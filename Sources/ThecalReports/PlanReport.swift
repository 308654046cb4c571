import ThecalBatch
import ThecalDosing
import ThecalFormulary
public import ThecalPlan
import ThecalPump
import ThecalQuantities
public import ThecalStudy
import ThecalTitration
import ThecalConversion

/// One patient from regimen to refill, ready to be shown: every part as its own command answers, then card, label and record.
public struct PlanReport: Sendable {
  /// The plan.
  public let plan: PatientPlan
  let row: ReportRow
  let converted: String
  let path: String

  /// A report of `job`.
  public init(_ job: PlanJob) { (plan, row, converted, path) = (job.plan, job.row, job.converted, job.path) }

  /// Whether the plan is refused: there are no doses.
  public var isBlocked: Bool { plan.isRefused }

  var drug: PumpDrug { PumpDrug(named: plan.request.titration.drug) }
  var unit: DoseUnit { plan.titration?.unit ?? drug.unit }

  var trial: TrialReport? { plan.trial.map { TrialReport($0, plan.match, path) } }
  var titration: TitrationReport? { plan.titration.map { TitrationReport($0, path) } }
  var timeline: TimelineJob? { plan.timeline.map { TimelineJob($0, path) } }
  var risk: RiskReport? { plan.risk.map { RiskReport($0) } }

  /// The conversion as its command answers, in the frame of every other answer.
  private var conversion: Answer {
    let conversion = row.conversion
    return Answer(
      text: ConversionText(row).summary, status: conversion.status,
      codes: conversion.codes.codes,
      message: conversion.findings.all.map(\.text).joined(separator: " "), sources: conversion.sources,
      fields: [])
  }

  /// The parts that have an answer, in the order in which a plan is read.
  var parts: [(key: String, title: String, answer: Answer)] {
    let all: [(String, String, Answer?)] = [
      ("conversion", "Conversion, start and limit", conversion),
      ("trial", "Trial before the pump", trial?.answer),
      ("compound", "Filling", plan.compounding.report.answer),
      ("prime", "Priming", plan.priming?.report.answer),
      ("refill", "First refill, at the highest dose of the schedule", plan.refill?.report.answer),
      ("refill_at_start", "First refill, at the first dose", plan.refillAtStart?.report.answer),
      ("titration", "Titration", titration?.answer),
      ("risk", "Risks of the first dose, in counts", risk?.answer),
      ("timeline", "Oral medicines beside the pump", timeline?.answer),
    ]
    return all.compactMap { key, title, answer in answer.map { (key, title, $0) } }
  }

  /// The codes of all parts, each once.
  var codes: [Code] { (parts.flatMap(\.answer.codes) + plan.findings.codes.codes).distinct }

  /// What needs a decision, each sentence once: that of the parts that refuse, or that of all.
  var decisions: [String] {
    let all =
      plan.findings.all + row.conversion.findings.all + (plan.trial?.findings.all ?? [])
      + (plan.titration?.findings.all ?? []) + plan.compounding.outcome.findings.all
      + (plan.priming?.outcome.findings.all ?? [])
      + [plan.refill, plan.refillAtStart].compactMap(\.self).flatMap(\.outcome.findings.all)
      + (plan.timeline?.findings.all ?? [])
    return all.filter { $0.severity >= (isBlocked ? .blocked : .review) }.sentences
  }

  /// What is good to know of the plan as a whole.
  var notes: [String] { isBlocked ? [] : plan.findings.all.filter { $0.severity == .note }.map(\.text) }

  /// The ids of the sources of all parts and of the emergency card.
  var sources: [String] {
    let card = (plan.emergency?.overdose ?? []) + (plan.emergency?.withdrawal ?? [])
    let words = card + plan.weaning.watch + plan.weaning.advice
    let ids =
      parts.flatMap(\.answer.sources) + words.map(\.citation.source)
      + [plan.emergency?.course?.citation.source].compactMap(\.self)
    return Set(ids).subtracting([""]).sorted()
  }
}

extension PlanReport {
  /// The plan as text and as one JSON object, whose parts are the answers of their own commands.
  public var answer: Answer {
    let filling = plan.request.filling
    var fields: [AnswerField] = [
      AnswerField("patient_id", .text(plan.request.patientID)), AnswerField("drug", .text(drug.id)),
      AnswerField("start", .maybe(plan.start.map(unit.perDay))), AnswerField("start_unit", .text(unit.daily)),
      AnswerField("limit", .maybe(plan.limit.map(unit.perDay))),
      AnswerField("fill_date", .text(filling.date.text)),
      AnswerField("refill_by", plan.refillBy.map { .text($0.text) } ?? .null),
    ]
    for (key, _, answer) in parts {
      let own: AnswerValue =
        switch key {
        case "conversion": .written(converted)
        case "timeline": .written(timeline?.json ?? "null")
        default: answer.value
        }
      fields.append(AnswerField(key, isBlocked ? answer.withheld : own))
    }
    fields += [
      AnswerField("weaning", isBlocked ? .null : weaningRecord), AnswerField("emergency", emergencyRecord),
      AnswerField("label", isBlocked ? .null : labelRecord),
      AnswerField("record", isBlocked ? .null : compoundingRecord),
      AnswerField("signatures", .list(PlanReport.signatures.map { .text($0) })),
    ]
    return Answer(
      text: text, status: plan.status, codes: codes, message: decisions.joined(separator: " "),
      sources: sources, fields: fields)
  }

  /// Who signs.
  static let signatures = ["computed by", "checked independently by"]
  /// What is filled in by hand on the record of a filling.
  static let blanks = [
    "lot of each stock", "expiry of each stock", "lot of the diluent", "expiry of the diluent", "filter",
    "prepared on", "beyond-use date", "initials, prepared", "initials, checked",
  ]

  private var emergencyRecord: AnswerValue {
    func list(_ statements: [Statement]) -> AnswerValue {
      .list(
        statements.map { statement in
          .parts(
            ("text", .text(statement.text)), ("source", .text(statement.citation.source)),
            ("locator", .text(statement.citation.locator)), ("verified", .flag(statement.citation.verified)))
        })
    }
    return .parts(
      ("overdose", list(plan.emergency?.overdose ?? [])),
      ("withdrawal", list(plan.emergency?.withdrawal ?? [])),
      ("onset", plan.emergency?.course.map { .text($0.onset) } ?? .null),
      ("course", plan.emergency?.course.map { .text($0.course) } ?? .null))
  }

  private var weaningRecord: AnswerValue {
    let weaning = plan.weaning
    return .parts(
      (
        "medications",
        .list(
          zip(weaning.courses, weaning.schedules).map { course, schedule in
            .parts(
              ("take", .text(Self.words(course.medicine))),
              ("by_percent", .maybe(course.weaning.map { $0.share * 100 })),
              ("every_days", .maybe(course.weaning?.interval.exactValue(in: .days))),
              ("from_day", .maybe(course.weaning?.start.exactValue(in: .days))),
              ("until_day", .maybe(course.end?.exactValue(in: .days))),
              ("source", schedule.map { .text($0.share.source) } ?? .null))
          })
      ), ("stopped", .list(weaning.stopped.map { .text(Self.words($0)) })),
      ("breakthrough", .list(weaning.breakthrough.map { .text(Self.words($0)) })),
      ("watch", .list(weaning.watch.map { .text($0.text) })),
      ("advice", .list(weaning.advice.map { .text($0.text) })))
  }

  private var labelRecord: AnswerValue {
    .parts(
      ("patient_id", .text(plan.request.patientID)), ("drug", .text(drug.tallMan)),
      ("route", .text("intrathecal")),
      ("strength", .list(plan.compounding.lines.map { .text(strength($0)) })),
      ("volume_mL", .number(plan.compounding.total.exactValue(in: .milliliters))),
      ("diluent", .text(Self.diluent)), ("fill_date", .text(plan.request.filling.date.text)),
      ("to_fill_in", .list(["prepared on", "beyond-use date", "initials"].map { .text($0) })))
  }

  private var compoundingRecord: AnswerValue {
    .parts(("to_fill_in", .list(Self.blanks.map { .text($0) })))
  }

  static let diluent = "preservative-free 0.9 % saline"

  func strength(_ line: CompoundingSheet.Line) -> String { line.ingredient.part.unit.text(line.actual) }

  /// A medicine for people.
  static func spoken(_ medicine: Medicine) -> String { Formulary.embedded.tallMan(words(medicine)) }

  /// A medicine as a plan reads it: `morphine oral 60 mg q12h`.
  static func words(_ medicine: Medicine) -> String {
    let name = "\(medicine.drug) \(medicine.route.rawValue)"
    switch medicine.amount {
    case .doses(let mass, let frequency):
      let hours = frequency.interval.exactValue(in: .hours)
      let often =
        hours == ExactNumber(hours.floor)
        ? "q\(hours.plainText)h" : "\(frequency.timesPerDay.plainText)x daily"
      return "\(name) \(mass.exactValue(in: .milligrams).plainText) mg \(often)"
    case .rate(let rate) where medicine.route == .transdermal:
      return "\(name) \(rate.exactValue(in: .microgramsPerHour).plainText) mcg/h"
    case .rate(let rate): return "\(name) \(rate.exactValue(in: .milligramsPerDay).plainText) mg/day"
    }
  }
}
