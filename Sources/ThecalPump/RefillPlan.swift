public import ThecalQuantities

/// When a pump must be refilled: alarm, true-empty band and plan date, as civil days.
///
/// The alarm is computed by the pump from what is programmed; it measures nothing. A pump that runs fast
/// within its accuracy is empty before its alarm, so the plan stands on the early edge of the true band.
/// Source: `tga_rc2014_00357` for the alarm, `withdrawal2004` for the reserve.
public struct RefillPlan: Sendable {
  /// What is asked.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The volume in the reservoir after the filling.
    public let fill: Volume
    /// The strength of the drug that the dose speaks of.
    public let concentration: Concentration
    /// The programmed daily dose, boluses aside; above zero.
    public let dose: DoseRate
    /// The day of the filling.
    public let date: CalendarDate
    /// The unit in which the drug is spoken of.
    public var unit = DoseUnit.milligrams
    /// The volume at which the alarm is set; nil for the device's own.
    public var alarm: Volume?
    /// The drug in one patient bolus.
    public var bolus = Mass.zero
    /// The boluses of a day, all that are allowed.
    public var bolusesPerDay = ExactNumber.zero
    /// The drug, for stability and reserve.
    public var drug: PumpDrug?
    /// The longest interval that the clinic allows.
    public var longestInterval: Time?

    /// A request without boluses.
    public init(
      device: PumpDevice, fill: Volume, concentration: Concentration, dose: DoseRate, date: CalendarDate
    ) {
      precondition(fill > .zero && concentration > .zero && dose > .zero)
      self.device = device
      self.fill = fill
      self.concentration = concentration
      self.dose = dose
      self.date = date
    }
  }

  /// A bound on the interval.
  public struct Bound: Hashable, Sendable {
    /// What bounds it: alarm, early edge, stability, policy.
    public let name: String
    /// How long after the filling.
    public let after: Time
  }

  /// What was asked.
  public let request: Request
  /// The flow of the programme without boluses.
  public let flow: Flow
  /// The flow that the alarm is computed from, all allowed boluses taken.
  public let programmedFlow: Flow
  /// Every bound on the interval; empty where refused.
  public let bounds: [Bound]
  /// When the reservoir is empty if the pump keeps to its programme.
  public let empty: Time?
  /// When the slowest pump within accuracy is empty, no bolus taken.
  public let emptyLate: Time?
  let settlement: PumpSettlement

  /// Answers `request`.
  public init(_ request: Request) { self.init(request, PumpLedger()) }

  /// Answers `request`, keeping account in `account`.
  init(_ request: Request, _ account: PumpLedger) {
    self.request = request
    var ledger = account
    flow = request.dose / request.concentration
    let boluses = (request.bolusesPerDay * (request.bolus / request.concentration)) / Time(1, .days)
    programmedFlow = flow + boluses
    let residual = request.device.residual.map { ledger.use($0, as: "residual volume") } ?? .zero
    let alarm = request.alarm ?? request.device.alarm.map { ledger.use($0, as: "alarm volume") } ?? residual
    let above = request.device.fastest.map { ledger.use($0, as: "accuracy, fast side") }
    let below = request.device.slowest.map { ledger.use($0, as: "accuracy, slow side") }
    if above == nil || below == nil {
      ledger.add(
        "DEVICE_LIMIT_UNKNOWN", .review, "The accuracy of \(request.device.name) is unknown; state it.")
    }
    let alternative = RefillPlan.check(request, flow, alarm: alarm, residual: residual, &ledger)
    guard !ledger.isBlocked else {
      (bounds, empty, emptyLate) = ([], nil, nil)
      settlement = ledger.settle(alternative: alternative)
      return
    }
    let usable = request.fill - residual
    let fast = ExactNumber.one + (above?.fraction ?? .zero)
    let slow = ExactNumber.one - (below?.fraction ?? .zero)
    empty = usable / programmedFlow
    emptyLate = slow > .zero ? usable / (slow * flow) : nil
    let early = usable / (fast * programmedFlow)
    let alarmTime = (request.fill - alarm) / programmedFlow
    bounds = RefillPlan.bounds(
      request, alarm: alarmTime, early: early, programmed: programmedFlow, &ledger)
    RefillPlan.compare(early: early, alarm: alarmTime, device: request.device, &ledger)
    settlement = ledger.settle()
  }

  /// When the alarm sounds.
  public var alarmAfter: Time? { bounds.first { $0.name == "alarm" }?.after }
  /// When the fastest pump within accuracy is empty, all boluses taken.
  public var emptyEarly: Time? { bounds.first { $0.name == "early edge" }?.after }
  /// The bound that comes first.
  public var binding: Bound? { bounds.min { $0.after < $1.after } }
  /// The day of the alarm.
  public var alarmDate: CalendarDate? { alarmAfter.map { request.date + $0.wholeDays } }
  /// The last day on which to refill.
  public var refillBy: CalendarDate? { binding.map { request.date + $0.after.wholeDays } }

  /// Refuses what cannot be; returns what could.
  private static func check(
    _ request: Request, _ flow: Flow, alarm: Volume, residual: Volume, _ ledger: inout PumpLedger
  ) -> String? {
    ledger.checkReservoir(request.fill, on: request.device)
    let above = request.fill > alarm
    ledger.check(
      above, above ? "ALARM_VOLUME" : "ALARM_ABOVE_FILL",
      passed: "The alarm at \(alarm.text) lies below the filling of \(request.fill.text).",
      failed: "The alarm at \(alarm.text) does not lie below the filling of \(request.fill.text).")
    let usable = request.fill > residual
    ledger.check(
      usable, usable ? "RESIDUAL" : "RESIDUAL_ABOVE_FILL",
      passed: "The filling exceeds the residual volume of \(residual.text).",
      failed: "Nothing can be delivered: \(residual.text) of \(request.fill.text) stay in the reservoir.")
    if alarm < residual {
      ledger.add(
        "ALARM_BELOW_RESIDUAL", .review,
        "The alarm at \(alarm.text) lies below the residual volume of \(residual.text): it would sound after "
          + "delivery has ended.")
    }
    if request.bolus > .zero, request.bolusesPerDay == .zero {
      ledger.add("BOLUS_NOT_COUNTED", .review, "A bolus is given without a number per day: none is counted.")
    }
    if ledger.checkFlow(flow, on: request.device) {
      let lowest = max(residual, request.device.alarm?.value ?? residual)
      if let largest = request.device.largestReservoir?.value, request.fill > largest {
        return "Fill \(largest.text)."
      }
      return request.fill > lowest ? "Set the alarm at \(lowest.text)." : "Fill more than \(lowest.text)."
    }
    return ledger.concentrationAdvice(
      dose: request.dose, concentration: request.concentration, unit: request.unit, device: request.device)
  }

  /// Says where a pump within its accuracy is empty before its alarm.
  private static func compare(early: Time, alarm: Time, device: PumpDevice, _ ledger: inout PumpLedger) {
    ledger.cite(device.alarmSource)
    guard !device.alarmMeasures else {
      ledger.add(
        "ALARM_MEASURES", .note,
        "The alarm of \(device.name) measures the volume; the date given is for a pump on time.")
      return
    }
    let first = early >= alarm
    ledger.check(
      first, first ? "ALARM_FIRST" : "EMPTY_BEFORE_ALARM", .review,
      passed: "The alarm comes before the earliest day on which the pump may be empty.",
      failed:
        "The alarm is computed, not measured: a pump \(device.fastest?.value.text ?? "") fast is empty after "
        + "\(early.text), before its alarm at \(alarm.text). Plan on the early date.")
  }

  private static func bounds(
    _ request: Request, alarm: Time, early: Time, programmed: Flow, _ ledger: inout PumpLedger
  ) -> [Bound] {
    var bounds = [Bound(name: "alarm", after: alarm), Bound(name: "early edge", after: early)]
    if let drug = request.drug {
      if let stability = drug.stability {
        bounds.append(Bound(name: "stability", after: ledger.use(stability, of: drug, as: "stability")))
        if drug.stabilities.count > 1 {
          ledger.add(
            "STABILITY_CONDITION", .review,
            "The shortest time that \(drug.tallMan) keeps was taken; on record are "
              + "\(drug.stabilities.joined(separator: "; ")). State the one that applies.")
        }
      } else {
        ledger.add(
          "STABILITY_UNKNOWN", .review,
          "How long \(drug.tallMan) keeps in a pump is not on record; state the longest interval.")
      }
      if let reserve = drug.reserve {
        let volume = ledger.use(reserve, of: drug, as: "reserve")
        let left = request.fill > volume ? (request.fill - volume) / programmed : .zero
        bounds.append(Bound(name: "reserve", after: left))
        ledger.add(
          "RESERVE_KEPT", .note,
          "\(volume.text) of \(drug.tallMan) stay in reserve: withdrawal has begun above the alarm volume.")
      }
    }
    if let longest = request.longestInterval { bounds.append(Bound(name: "policy", after: longest)) }
    return bounds
  }
}
