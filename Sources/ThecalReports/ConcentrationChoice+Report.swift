import ThecalDosing
import ThecalFormulary
public import ThecalPump
import ThecalQuantities

extension ConcentrationChoice {
  /// The options for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Choice of concentration",
      inputs: [
        ("Pump", .text(request.device.name)), ("Drug", .text(request.drug.tallMan)),
        ("Daily dose", .dose(request.dose, request.unit)), ("Interval", .time(request.interval)),
        ("Filling", .volume(request.reservoir)),
        ("Alarm volume", (request.alarm ?? request.device.alarm?.value).map { .volume($0) }),
      ],
      formulas: [
        "least concentration = dose x interval / usable volume",
        "usable volume = least of filling - alarm, (filling - residual) / (1 + accuracy), filling - reserve",
        "flow = dose / concentration", "interval = that of a refill plan with the same figures",
      ],
      figures: [.list("options", "Options", options.map(record), .answer)], outcome)
  }

  private func record(_ option: Option) -> AnswerValue {
    let unit = request.unit.concentration
    return .parts(
      ("concentration", .number(option.concentration.exactValue(in: unit))), ("unit", .text(unit.symbol)),
      ("flow_mL_per_day", .number(option.flow.exactValue(in: .millilitersPerDay))),
      ("interval_days", .number(option.interval.days)),
      ("plan_days", .number(ExactNumber(option.planDays))), ("limited_by", .text(option.bound.rawValue)),
      ("vials", .maybe(option.vials.map { ExactNumber($0) })),
      ("comfortable_flow", .flag(option.isComfortable)))
  }
}
