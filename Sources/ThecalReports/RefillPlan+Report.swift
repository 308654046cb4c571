import ThecalDosing
import ThecalFormulary
public import ThecalPump
import ThecalQuantities

extension RefillPlan {
  /// The plan for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Refill: alarm, true-empty band and plan date", inputs: inputs,
      formulas: [
        "flow = dose / concentration",
        "alarm = (fill - alarm volume) / (flow + boluses)",
        "empty early = (fill - residual) / ((flow + boluses) x (1 + accuracy))",
        "empty late = (fill - residual) / (flow x (1 - accuracy))",
        "refill by = date + whole days of the least of alarm, early edge, stability, reserve, policy",
      ], figures: figures, outcome)
  }

  private var inputs: [(String, Evidence?)] {
    let (device, unit) = (request.device, request.unit)
    return [
      ("Pump", .text(device.name)), ("Drug", request.drug.map { .text($0.tallMan) }),
      ("Other drugs", request.others.isEmpty ? nil : .list(request.others.map { .text($0.words) })),
      ("Filling", .volume(request.fill)), ("Concentration", .strength(request.concentration, unit)),
      ("Daily dose", .dose(request.dose, unit)), ("Date of filling", .date(request.date)),
      ("Alarm volume", (request.alarm ?? device.alarm?.value).map { .volume($0) }),
      ("Residual volume", device.residual.map { .volume($0.value) }),
      ("Accuracy, fast side", device.fastest.map { .share($0.value) }),
      ("Accuracy, slow side", device.slowest.map { .share($0.value) }),
      ("Patient bolus", request.bolus > .zero ? .mass(request.bolus, unit) : nil),
      ("Boluses in a day", request.bolusesPerDay > .zero ? .number(request.bolusesPerDay) : nil),
      ("Longest interval", request.longestInterval.map { .time($0) }),
    ]
  }

  private var figures: [PumpReport.Figure] {
    [
      .text("refill_by", "Refill by", refillBy?.text, .answer),
      .text("limited_by", "Bound that decides", binding?.kind.rawValue),
      .number("flow_mL_per_day", "Flow", flow.exactValue(in: .millilitersPerDay), "mL/day"),
      .number(
        "programmed_mL_per_day", "Flow with all boluses", programmedFlow.exactValue(in: .millilitersPerDay),
        "mL/day"),
      .number("days_to_alarm", "Alarm after", alarmAfter?.days, "days"),
      .number("days_to_empty", "Empty after", empty?.days, "days"),
      .number("days_empty_early", "Empty at the earliest after", emptyEarly?.days, "days"),
      .number("days_empty_late", "Empty at the latest after", emptyLate?.days, "days"),
      .text("alarm_date", "Alarm on", alarmDate?.text),
      .text("empty_early", "Empty at the earliest on", day(emptyEarly)),
      .text("empty_late", "Empty at the latest on", day(emptyLate)),
      .list(
        "bounds", "Bounds",
        bounds.map { .parts(("bound", .text($0.kind.rawValue)), ("days", .number($0.after.days))) }),
    ]
  }

  private func day(_ after: Time?) -> String? { after.map { (request.date + $0.wholeDays).text } }
}

extension Admixture.Part {
  /// `morphine 10 mg/mL`.
  var words: String { "\(drug.tallMan) \(unit.text(concentration))" }
}
