import ThecalQuantities

extension Weaning {
  /// The taper as a sheet and as data.
  public var answer: PumpAnswer {
    let unit = request.unit
    let dilution = needsDilution.map { level in
      request.date.map { PumpAnswer.Value.text(($0 + level.after.wholeDays).text) }
        ?? .number(level.after.days)
    }
    return PumpAnswer(
      "Weaning: a taper in steps",
      inputs: [
        ("Pump", request.device.name), ("Drug", request.drug.tallMan), ("From", unit.text(request.from)),
        ("To", unit.text(request.to)), ("Each step", request.step.text + " (\(request.shape.rawValue))"),
        ("Every", request.interval.text), ("Concentration", request.concentration.map(unit.text)),
        ("Date of the first dose", request.date?.text),
      ],
      formulas: [
        request.shape == .geometric
          ? "dose k = first dose x (1 - step)^k" : "dose k = first dose x (1 - k x step)",
        "flow = dose / concentration; below the minimum of the pump a weaker solution is needed",
      ],
      fields: [
        .list("schedule", "Schedule", levels.map(record)),
        .number("steps", "Steps", levels.isEmpty ? nil : ExactNumber(levels.count - 1)),
        .number("days", "Length", levels.last?.after.days, "days"),
        PumpAnswer.Field(
          key: "dilution_needed_on", label: "Weaker solution needed on", value: dilution ?? .none, unit: "",
          explains: false),
      ], settlement: settlement)
  }

  private func record(_ level: Level) -> PumpAnswer.Value {
    .parts(
      ("day", .number(level.after.days)),
      ("date", request.date.map { .text(($0 + level.after.wholeDays).text) } ?? .none),
      ("dose", .number(request.unit.perDay(level.dose).rounded(toSignificantDigits: 6))),
      ("unit", .text(request.unit.daily)),
      ("step_percent", .number((level.drop * 100).rounded(toSignificantDigits: 4))),
      ("flow_mL_per_day", .maybe(level.flow?.millilitersPerDay.rounded(toSignificantDigits: 6))))
  }
}
