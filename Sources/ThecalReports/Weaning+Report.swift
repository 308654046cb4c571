import ThecalDosing
public import ThecalPump
import ThecalQuantities

extension Weaning {
  /// The taper for people and programs.
  public var report: PumpReport {
    let unit = request.unit
    return PumpReport(
      "Weaning: a taper in steps",
      inputs: [
        ("Pump", .text(request.device.name)), ("Drug", .text(request.drug.tallMan)),
        ("From", .dose(request.from, unit)), ("To", .dose(request.to, unit)),
        ("Each step", .list([.share(request.step), .text(request.shape.rawValue)])),
        ("Every", .time(request.interval)),
        ("Concentration", request.concentration.map { .strength($0, unit) }),
        ("Date of the first dose", request.date.map { .date($0) }),
      ],
      formulas: [
        request.shape == .geometric
          ? "dose k = first dose x (1 - step)^k" : "dose k = first dose x (1 - k x step)",
        "flow = dose / concentration; below the minimum of the pump a weaker solution is needed",
      ],
      figures: [
        .number("days", "Length", levels.last?.after.days, "days", .answer),
        .number("steps", "Steps", levels.isEmpty ? nil : ExactNumber(levels.count - 1), "", .answer),
        .list("schedule", "Schedule", levels.map(record)),
        PumpReport.Figure(
          key: "dilution_needed_on", label: "Weaker solution needed on", value: dilution, unit: "",
          role: .usual),
      ], outcome)
  }

  private var dilution: AnswerValue {
    guard let level = needsDilution else { return .null }
    return request.date.map { .text(($0 + level.after.wholeDays).text) } ?? .number(level.after.days)
  }

  private func record(_ level: Level) -> AnswerValue {
    .parts(
      ("day", .number(level.after.days)),
      ("date", request.date.map { .text(($0 + level.after.wholeDays).text) } ?? .null),
      ("dose", .number(request.unit.perDay(level.dose).rounded(toSignificantDigits: 6))),
      ("unit", .text(request.unit.daily)),
      ("step_percent", .number((level.drop * 100).rounded(toSignificantDigits: 4))),
      (
        "flow_mL_per_day",
        .maybe(level.flow?.exactValue(in: .millilitersPerDay).rounded(toSignificantDigits: 6))
      ))
  }
}

extension BatteryPlan {
  /// The plan for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Battery: replacement",
      inputs: [
        ("Pump", .text(device.name)), ("Implanted", .date(implanted)), ("Mean flow", flow.map { .flow($0) }),
        ("Replacement alarm since", alarmed.map { .date($0) }), ("As of", asOf.map { .date($0) }),
      ],
      formulas: [
        "replace by = earlier of implantation + longest life and alarm + time to stop",
        "plan by = replace by - \(device.planningMonths ?? 0) months, not before the alarm or today",
      ],
      figures: [
        .text("replace_by", "Replace by", replaceBy?.text, .answer),
        .text("plan_by", "Plan by", planBy?.text, .answer),
        .text("earliest", "Shortest stated life ends", earliest?.text), .text("as_of", "As of", asOf?.text),
      ], outcome)
  }
}
