public import ThecalQuantities

/// When a pump must be replaced, and when to plan for it, as civil days.
///
/// `replace by = the earlier of implantation + longest life and replacement alarm + 90 days`; planning begins
/// as many months before as the maker says, none where it says nothing. Source: `synchromed2_uk`.
public struct BatteryPlan: Sendable {
  /// The pump.
  public let device: PumpDevice
  /// The day of implantation.
  public let implanted: CalendarDate
  /// The mean flow; the battery lasts longer at lower flows.
  public let flow: Flow
  /// The day on which the replacement alarm began; nil where it has not.
  public let alarmed: CalendarDate?
  /// The first day on which the shortest stated life ends.
  public let earliest: CalendarDate?
  /// The day by which it must be replaced; nil where the life is unknown.
  public let replaceBy: CalendarDate?
  let settlement: PumpSettlement

  /// A plan for a pump implanted on `implanted` that runs at `flow`.
  public init(device: PumpDevice, implanted: CalendarDate, flow: Flow, alarmed: CalendarDate? = nil) {
    precondition(flow > .zero)
    self.device = device
    self.implanted = implanted
    self.flow = flow
    self.alarmed = alarmed
    var ledger = PumpLedger()
    ledger.checkFlow(flow, on: device)
    earliest = device.shortestLife.map {
      implanted.adding(months: BatteryPlan.months(ledger.use($0, as: "shortest life")))
    }
    let end = device.longestLife.map {
      implanted.adding(months: BatteryPlan.months(ledger.use($0, as: "longest life")))
    }
    let window = device.replacementWindow.map { ledger.use($0, as: "time from alarm to stop") }
    let stop = alarmed.flatMap { day in window.map { day + $0.wholeDays } }
    if alarmed != nil, window == nil {
      ledger.add(
        "REPLACE_NOW", .review,
        "The replacement alarm has sounded, and how long \(device.name) then runs is not on record: replace it now."
      )
    }
    replaceBy = [end, stop].compactMap { $0 }.min()
    if replaceBy == nil {
      ledger.add("LIFE_UNKNOWN", .review, "The life of \(device.name) is not on record; ask its maker.")
    }
    if let alarmed, alarmed < implanted {
      ledger.add("ALARM_BEFORE_IMPLANT", .block, "The alarm lies before the implantation: check the dates.")
    }
    if earliest != nil {
      ledger.add(
        "LIFE_BY_FLOW", .note,
        "The life falls with the flow; no table of it could be read, so the pump's own forecast goes first.")
    }
    settlement = ledger.settle(alternative: "dates in their order.")
  }

  /// The day on which to begin planning.
  public var planBy: CalendarDate? { replaceBy.map { $0.adding(months: -(device.planningMonths ?? 0)) } }

  /// The whole months of `life`.
  private static func months(_ life: Time) -> Int { (life.exactValue(in: .years) * 12).floor }

  /// The plan as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Battery: replacement",
      inputs: [
        ("Pump", device.name), ("Implanted", implanted.text), ("Mean flow", flow.text),
        ("Replacement alarm since", alarmed?.text),
      ],
      formulas: [
        "replace by = earlier of implantation + longest life and alarm + time to stop",
        "plan by = replace by - \(device.planningMonths ?? 0) months",
      ],
      fields: [
        .text("earliest", "Shortest stated life ends", earliest?.text),
        .text("replace_by", "Replace by", replaceBy?.text), .text("plan_by", "Plan by", planBy?.text),
      ], settlement: settlement)
  }
}

extension CalendarDate {
  /// The same day of another month; the last of it where there is no such day.
  func adding(months: Int) -> CalendarDate {
    let (year, month, day) = components
    let count = 12 * year + month - 1 + months
    let (newYear, newMonth) = (count / 12, count % 12 + 1)
    for candidate in stride(from: day, through: 1, by: -1) {
      if let date = CalendarDate(year: newYear, month: newMonth, day: candidate) { return date }
    }
    return self
  }
}
