import ThecalDosing
public import ThecalPump
import ThecalQuantities

extension FlexProgram {
  /// The programme for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Flex schedule: flows by the clock",
      inputs: [
        ("Pump", .text(device.name)), ("Drug", drug.map { .text($0.tallMan) }),
        ("Concentration", .strength(concentration, unit)), ("Days", .list(days.map { .text($0.rawValue) })),
        ("Flow on other days", otherwise.map { .flow($0) }),
      ]
        + steps.map {
          ("From \($0.start.text)", .amount($0.flow.exactValue(in: .millilitersPerHour), "mL/h"))
        }
        + boluses.map { ("Bolus \($0.start.text)", .list([.volume($0.volume), .time($0.length)])) },
      formulas: [
        "daily dose = concentration x (sum of flow x hours + boluses)", "weekly = sum over the days",
      ], figures: figures, outcome)
  }

  private var figures: [PumpReport.Figure] {
    let change = (concentration * changeHourVolume).exactValue(in: unit.mass)
    let day = daily.exactValue(in: unit.mass)
    let other = (concentration * ((otherwise ?? .zero) * Time(1, .days))).exactValue(in: unit.mass)
    let uncovered = days.count < 7
    return [
      .number("daily", "Dose on a programmed day", day, unit.daily, .answer),
      .program("unit", "Unit of doses", unit.daily),
      .number("weekly", "Dose in a week", weekly.exactValue(in: unit.mass), unit.rawValue),
      .number("daily_mL", "Volume on a programmed day", dailyVolume.exactValue(in: .milliliters), "mL"),
      .number(
        "mean_flow_mL_per_day", "Mean flow of the week", meanFlow.exactValue(in: .millilitersPerDay), "mL/day"
      ),
      .number("min_day", "Least dose of a day", uncovered ? min(day, other) : day, unit.rawValue),
      .number("max_day", "Largest dose of a day", uncovered ? max(day, other) : day, unit.rawValue),
      .number("day_of_23_h", "Dose of the spring day of 23 h", day - change, unit.rawValue),
      .number("day_of_25_h", "Dose of the autumn day of 25 h", day + change, unit.rawValue),
      .list("steps", "Steps", steps.indices.map(record)),
    ]
  }

  private func record(_ i: Int) -> AnswerValue {
    let dose = concentration * (steps[i].flow * length(of: i))
    return .parts(
      ("start", .text(steps[i].start.text)), ("hours", .number(length(of: i).exactValue(in: .hours))),
      ("flow_mL_per_h", .number(steps[i].flow.exactValue(in: .millilitersPerHour))),
      ("dose", .number(dose.exactValue(in: unit.mass))), ("unit", .text(unit.rawValue)),
      ("status", .text(status(of: i).rawValue)))
  }
}

extension PatientBolusPlan {
  /// The plan for people and programs.
  public var report: PumpReport {
    let unit = request.parts[0].unit
    return PumpReport(
      "Patient boluses: the most of a day",
      inputs: [("Pump", .text(request.device.name))]
        + request.parts.map { ($0.drug.tallMan, .strength($0.concentration, $0.unit)) }
        + [
          ("Daily dose without boluses", .dose(request.base, unit)), ("Bolus", .mass(request.bolus, unit)),
          ("Lockout", .time(request.lockout)), ("Allowed in a day", .number(ExactNumber(request.maximum))),
          ("A bolus runs for", .time(request.length)),
        ],
      formulas: [
        "number = least of the number allowed and whole lockouts in 24 h",
        "max daily = base + number x bolus",
        "rate = bolus volume / length",
      ],
      figures: [
        .number("max_daily", "Most in a day", unit.perDay(maximumDaily), unit.daily, .answer),
        .program("unit", "Unit of doses", unit.daily),
        .number("max_count", "Boluses in a day", ExactNumber(count)),
        .number("worst_24_h_count", "Boluses in the worst 24 h", ExactNumber(worstCount)),
        .number("bolus_mL", "Volume of a bolus", volume.exactValue(in: .milliliters), "mL"),
        .number(
          "rate_mL_per_h", "Rate of a bolus", rate.exactValue(in: .millilitersPerHour), "mL/h"),
        .number("strokes", "Strokes of a bolus", strokes.map { ExactNumber($0) }),
        .list("drugs", "Drugs at their most", shares.map(\.record)),
      ], outcome)
  }
}
