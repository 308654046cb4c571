import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// When a pump must be replaced, and when to plan for it, as civil days.
///
/// `replace by = the earlier of implantation + longest life and replacement alarm + 90 days`; planning begins
/// as many months before as the maker says, and never before today or the alarm. Source: `synchromed2_uk`.
public struct BatteryPlan: Sendable {
  /// The pump.
  public let device: PumpDevice
  /// The day of implantation.
  public let implanted: CalendarDate
  /// The mean flow; the battery lasts longer at lower flows. Nil where not stated.
  public let flow: Flow?
  /// The day on which the replacement alarm began; nil where it has not.
  public let alarmed: CalendarDate?
  /// The day of the question; nil where it does not matter.
  public let asOf: CalendarDate?
  /// The first day on which the shortest stated life ends.
  public let earliest: CalendarDate?
  /// The day by which it must be replaced; nil where the life is unknown.
  public let replaceBy: CalendarDate?
  /// The day on which to begin planning; nil where the life is unknown.
  public let planBy: CalendarDate?
  /// What was found.
  public let outcome: PumpOutcome

  /// A plan for a pump implanted on `implanted` that runs at `flow`.
  ///
  /// - Precondition: `flow` is above zero.
  public init(
    device: PumpDevice, implanted: CalendarDate, flow: Flow? = nil, alarmed: CalendarDate? = nil,
    asOf: CalendarDate? = nil, formulary: Formulary = .embedded
  ) {
    precondition(flow.map { $0 > .zero } ?? true)
    self.device = device
    self.implanted = implanted
    self.flow = flow
    self.alarmed = alarmed
    self.asOf = asOf
    var checks = PumpChecks()
    if let flow { checks.checkMeanFlow(flow, on: device, formulary.pumpRules) }
    earliest = device.shortestLife.map {
      implanted.adding(months: BatteryPlan.months(checks.use($0, as: "shortest life")))
    }
    let end = device.longestLife.map {
      implanted.adding(months: BatteryPlan.months(checks.use($0, as: "longest life")))
    }
    let window = device.replacementWindow.map { checks.use($0, as: "time from alarm to stop") }
    let stop = alarmed.flatMap { day in window.map { day + $0.wholeDays } }
    let replaceBy = [end, stop].compactMap { $0 }.min()
    self.replaceBy = replaceBy
    let isFast = checks.checkLife(flow, device, formulary.pumpRules.refill.comfortableFlow)
    let lifeEnd = isFast ? [earliest, replaceBy].compactMap { $0 }.min() : replaceBy
    let months = device.planningMonths ?? 0
    planBy = lifeEnd.map { ([$0.adding(months: -months), alarmed, asOf].compactMap { $0 }).max() ?? $0 }
    checks.checkDates(device, replaceBy, implanted: implanted, alarmed: alarmed, asOf: asOf)
    outcome = checks.outcome(PumpChecks.instead(.datesInOrder))
  }

  /// The whole months of `life`.
  private static func months(_ life: Time) -> Int { (life.exactValue(in: .years) * 12).floor }
}

extension PumpChecks {
  fileprivate mutating func checkMeanFlow(_ flow: Flow, on device: PumpDevice, _ rules: PumpRules) {
    checkFlow(flow, on: device)
    if let largest = device.largestReservoir { checkSlip(ofFlow: flow, emptying: largest.value, rules) }
  }

  /// Whether the flow lies above the band that suits life, so that the shortest life is planned with.
  fileprivate mutating func checkLife(_ flow: Flow?, _ device: PumpDevice, _ band: CitedRange) -> Bool {
    guard device.shortestLife != nil else { return false }
    guard let flow, let most: Flow = band.highQuantity(), flow > most else {
      add(.lifeByFlow, .lifeByFlow, .note)
      return false
    }
    add(.fastFlowShortensLife, .lifeByFlow, .review, [.flow(flow), .flow(most)], citing: [band.citation])
    return true
  }

  fileprivate mutating func checkDates(
    _ device: PumpDevice, _ replaceBy: CalendarDate?, implanted: CalendarDate, alarmed: CalendarDate?,
    asOf: CalendarDate?
  ) {
    if alarmed != nil, device.replacementWindow == nil {
      add(.replaceNow, .replaceNow, .review, [.text(device.name)])
    }
    guard let replaceBy else { return add(.lifeUnknown, .lifeUnknown, .review, [.text(device.name)]) }
    if let asOf, asOf > replaceBy { add(.replacementOverdue, .replaceNow, .review, [.date(replaceBy)]) }
    if let alarmed, alarmed < implanted {
      add(.alarmBeforeImplant, .alarmBeforeImplant, .blocked, [.date(alarmed), .date(implanted)])
    }
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
