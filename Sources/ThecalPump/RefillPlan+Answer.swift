import ThecalQuantities

extension RefillPlan {
  /// The plan as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Refill: alarm, true-empty band and plan date", inputs: inputs,
      formulas: [
        "flow = dose / concentration",
        "alarm = (fill - alarm volume) / (flow + boluses)",
        "empty early = (fill - residual) / ((flow + boluses) x (1 + accuracy))",
        "empty late = (fill - residual) / (flow x (1 - accuracy))",
        "refill by = date + whole days of the least of alarm, early edge, stability, reserve, policy",
      ],
      fields: fields, settlement: settlement)
  }

  private var inputs: [(String, String?)] {
    [
      ("Pump", request.device.name), ("Drug", request.drug?.tallMan), ("Filling", request.fill.text),
      ("Concentration", request.unit.text(request.concentration)),
      ("Daily dose", request.unit.text(request.dose)), ("Date of filling", request.date.text),
      ("Alarm volume", (request.alarm ?? request.device.alarm?.value)?.text),
      ("Residual volume", request.device.residual?.value.text),
      ("Accuracy, fast side", request.device.fastest.map { "+" + $0.value.text }),
      ("Accuracy, slow side", request.device.slowest.map { "-" + $0.value.text }),
      ("Patient bolus", request.bolus > .zero ? request.unit.text(request.bolus) : nil),
      ("Boluses in a day", request.bolusesPerDay > .zero ? request.bolusesPerDay.clinical : nil),
      ("Longest interval", request.longestInterval?.text),
    ]
  }

  private var fields: [PumpAnswer.Field] {
    [
      .number("flow_mL_per_day", "Flow", flow.millilitersPerDay, "mL/day", explains: true),
      .number("programmed_mL_per_day", "Flow with all boluses", programmedFlow.millilitersPerDay, "mL/day"),
      .number("days_to_alarm", "Alarm after", alarmAfter?.days, "days"),
      .number("days_to_empty", "Empty after", empty?.days, "days"),
      .number("days_empty_early", "Empty at the earliest after", emptyEarly?.days, "days"),
      .number("days_empty_late", "Empty at the latest after", emptyLate?.days, "days"),
      .text("alarm_date", "Alarm on", alarmDate?.text),
      .text("empty_early", "Empty at the earliest on", day(emptyEarly)),
      .text("empty_late", "Empty at the latest on", day(emptyLate)),
      .text("refill_by", "Refill by", refillBy?.text),
      .text("limited_by", "Bound that decides", binding?.name),
      .list(
        "bounds", "Bounds",
        bounds.map { .parts(("bound", .text($0.name)), ("days", .number($0.after.days))) }),
    ]
  }

  private func day(_ after: Time?) -> String? { after.map { (request.date + $0.wholeDays).text } }
}
