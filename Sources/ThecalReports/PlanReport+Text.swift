import ThecalDosing
import ThecalFormulary
import ThecalPlan
import ThecalPump
import ThecalQuantities

extension PlanReport {
  /// The plan as a person reads it: the answer, what needs a decision, then part by part.
  var text: String {
    var lines = [
      "Plan for \(plan.request.patientID): intrathecal \(drug.tallMan)",
      "Status: \(plan.status.rawValue.uppercased())\(codes.isEmpty ? "" : " (\(codes.map(\.name).joined(separator: ", ")))")",
    ]
    lines += summary.map { "\($0.label): \($0.value)" } + [""]
    lines += section("To decide", decisions) + section("Good to know", notes)
    if !isBlocked {
      for part in parts where part.key != "timeline" {
        lines += ["=== \(part.title) ===", part.answer.text, ""]
      }
      lines += ["=== Oral medicines beside the pump ==="] + weaningLines.map { "  \($0)" } + [""]
    }
    lines += section("=== Emergency: too much ===", Self.cited(plan.emergency?.overdose ?? []))
    lines += section(
      "=== Emergency: sudden lack ===", courseLines + Self.cited(plan.emergency?.withdrawal ?? []))
    if !isBlocked {
      lines += section("=== Label of the syringe ===", label)
      lines += section("=== Compounding record, to fill in ===", Self.blanks.map { "\($0): ______________" })
    }
    lines += ["Sources: " + sources.joined(separator: ", "), ""]
    lines += Self.signatures.map { "\($0): ______________________   date: ____________" }
    return lines.joined(separator: "\n")
  }

  /// The answer in a few lines.
  var summary: [(label: String, value: String)] {
    guard let start = plan.start else { return [] }
    let filling = plan.request.filling
    var lines = [("Start", unit.text(start))]
    if let limit = plan.limit { lines.append(("Limit", unit.text(limit))) }
    lines.append(
      (
        "Filling",
        "\(ClinicalText.quantity(filling.volume, in: .milliliters)) at \(filling.unit.text(filling.concentration)), \(filling.device.name), on \(filling.date.text)"
      ))
    if let day = plan.refillBy { lines.append(("Refill by", day.text)) }
    return lines
  }

  private func section(_ heading: String, _ body: [String]) -> [String] {
    body.isEmpty ? [] : [heading] + body.map { "  " + $0 } + [""]
  }

  /// Sentences with their sources.
  static func cited(_ statements: [Statement]) -> [String] {
    statements.map { "\($0.text) [\($0.citation.source)\($0.citation.verified ? "" : ", not verified")]" }
  }

  /// When a sudden lack is felt and how it goes.
  var courseLines: [String] {
    guard let course = plan.emergency?.course else { return [] }
    let source = "[\(course.citation.source)\(course.citation.verified ? "" : ", not verified")]"
    return ["Onset: \(course.onset). Course: \(course.course) \(source)"]
  }

  /// What stands on the syringe; the lines to fill in by hand are left open.
  var label: [String] {
    let compounding = plan.compounding
    return ["FOR INTRATHECAL USE ONLY", "Patient: \(plan.request.patientID)"]
      + compounding.lines.map { "\($0.ingredient.part.drug.tallMan) \(strength($0))" }
      + [
        "\(ClinicalText.quantity(compounding.total, in: .milliliters)) in \(Self.diluent)",
        "Pump: \(plan.request.filling.device.name)",
        "Prepared on: ______________   Beyond-use date: ______________",
        "Initials: ______________",
      ]
  }

  /// What is taken beside the pump from day to day.
  var weaningLines: [String] {
    let weaning = plan.weaning
    return weaningRows.map { "day \($0.day): \($0.medicine)" }
      + weaning.stopped.map { "stops at the start: \(Self.spoken($0))" }
      + weaning.breakthrough.map { "for pain that breaks through, at most: \(Self.spoken($0))" }
      + Self.cited(weaning.watch).map { "watch: \($0)" } + Self.cited(weaning.advice)
  }

  /// The amounts beside the pump as they change, as far as the axis of time goes.
  var weaningRows: [(day: String, medicine: String)] {
    (plan.timeline?.changes ?? []).map { change in
      let amount = DailyAmount(of: change.medicine)
      let day = ClinicalText.number(ExactNumber(change.day).rounded(toSignificantDigits: 4))
      return (
        day,
        "\(Formulary.embedded.tallMan(change.medicine.drug)) \(change.medicine.route.rawValue) \(ClinicalText.number(amount.value.rounded(toSignificantDigits: 4))) \(amount.unit)"
      )
    }
  }
}
