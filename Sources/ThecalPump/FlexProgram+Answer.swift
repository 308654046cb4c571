import ThecalQuantities

extension FlexProgram {
  /// The programme as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Flex schedule: flows by the clock",
      inputs: [
        ("Pump", device.name), ("Concentration", unit.text(concentration)),
        ("Days", days.map(\.rawValue).joined(separator: ", ")), ("Flow on other days", otherwise?.text),
      ] + steps.map { ("From \($0.start.text)", ClinicalText.quantity($0.flow, in: .millilitersPerHour)) }
        + boluses.map { ("Bolus \($0.start.text)", "\($0.volume.text) over \($0.length.text)") },
      formulas: [
        "daily dose = concentration x (sum of flow x hours + boluses)", "weekly = sum over the days",
      ],
      fields: fields, settlement: settlement)
  }

  private var fields: [PumpAnswer.Field] {
    let change = (concentration * changeHourVolume).exactValue(in: unit.mass)
    let day = daily.exactValue(in: unit.mass)
    let other = (concentration * ((otherwise ?? .zero) * Time(1, .days))).exactValue(in: unit.mass)
    let uncovered = days.count < 7
    return [
      .number("daily", "Dose on a programmed day", day, unit.daily),
      .text("unit", "Unit of doses", unit.daily),
      .number("weekly", "Dose in a week", weekly.exactValue(in: unit.mass), unit.rawValue),
      .number("daily_mL", "Volume on a programmed day", dailyVolume.milliliters, "mL"),
      .number("mean_flow_mL_per_day", "Mean flow of the week", meanFlow.millilitersPerDay, "mL/day"),
      .number("min_day", "Least dose of a day", uncovered ? min(day, other) : day, unit.rawValue),
      .number("max_day", "Largest dose of a day", uncovered ? max(day, other) : day, unit.rawValue),
      .number("day_of_23_h", "Dose of the spring day of 23 h", day - change, unit.rawValue),
      .number("day_of_25_h", "Dose of the autumn day of 25 h", day + change, unit.rawValue),
      .list("steps", "Steps", steps.indices.map(record)),
    ]
  }

  private func record(_ i: Int) -> PumpAnswer.Value {
    let step = steps[i]
    let dose = concentration * (step.flow * length(of: i))
    var ledger = PumpLedger()
    if step.flow > .zero { ledger.checkFlow(step.flow, on: device) }
    return .parts(
      ("start", .text(step.start.text)), ("hours", .number(length(of: i).hours)),
      ("flow_mL_per_h", .number(step.flow.exactValue(in: .millilitersPerHour))),
      ("dose", .number(dose.exactValue(in: unit.mass))), ("unit", .text(unit.rawValue)),
      ("status", .text(PumpFinding.Status(ledger.settle().findings).rawValue)))
  }
}
