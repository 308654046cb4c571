import ThecalQuantities

extension ConcentrationChoice {
  /// The options as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Choice of concentration",
      inputs: [
        ("Pump", request.device.name), ("Drug", request.drug.tallMan),
        ("Daily dose", request.unit.text(request.dose)), ("Interval", request.interval.text),
        ("Filling", request.reservoir.text),
        ("Alarm volume", (request.alarm ?? request.device.alarm?.value)?.text),
      ],
      formulas: [
        "least concentration = dose x interval / (filling - alarm volume)", "flow = dose / concentration",
        "interval = (filling - alarm volume) / flow, at most the stability",
      ],
      fields: [.list("options", "Options", options.map(record))], settlement: settlement)
  }

  private func record(_ option: Option) -> PumpAnswer.Value {
    let unit = request.unit.concentration
    return .parts(
      ("concentration", .number(option.concentration.exactValue(in: unit))), ("unit", .text(unit.symbol)),
      ("flow_mL_per_day", .number(option.flow.millilitersPerDay)),
      ("interval_days", .number(option.interval.days)),
      ("plan_days", .number(ExactNumber(option.planDays))),
      ("vials", option.vials.map { .number(ExactNumber($0)) } ?? .none),
      ("comfortable_flow", .flag(option.isComfortable)))
  }
}
