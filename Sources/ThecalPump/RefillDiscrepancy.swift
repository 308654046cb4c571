public import ThecalQuantities

/// Expected against found volume at a refill, over one visit or many, with what may be behind it.
///
/// A visit counts where more than 2 mL are wrong or the ratio lies outside the pump's accuracy. Single
/// outliers may not repeat, so the trend over visits is kept as a cumulative sum. An unexplained
/// under-delivery is never answered with a lower dose alone: the cause comes first.
/// Source: `asra_refill_2017`, `sgouros2010`.
public struct RefillDiscrepancy: Sendable {
  /// A thing that may be behind a discrepancy.
  public struct Cause: Hashable, Sendable {
    /// Its id, `catheter_obstruction`.
    public let id: String
    /// What it is and how to tell.
    public let text: String
  }

  /// The cumulative sums after a visit, in units of ratio.
  public struct Trend: Hashable, Sendable {
    /// The sum of deliveries above the allowance.
    public let high: ExactNumber
    /// The sum of deliveries below the allowance.
    public let low: ExactNumber
  }

  /// The pump.
  public let device: PumpDevice
  /// The visits, oldest first; the last is the one in question.
  public let visits: [RefillVisit]
  /// The cumulative sums after each visit.
  public let trend: [Trend]
  /// What may be behind it, the likeliest first.
  public let causes: [Cause]
  /// Whether the pump may be restarted as before.
  public let mayRestart: Bool
  let settlement: PumpSettlement

  /// Two milliliters: a larger difference is looked into. Source: `asra_refill_2017`.
  static let tolerance = Volume(2, .milliliters)
  /// Half of what was programmed: below it nothing explains the volume but a fault; a cut-off of this project.
  static let largeLoss = ExactNumber(1, over: 2)

  /// What `visits`, one at least, say.
  public init(device: PumpDevice, visits: [RefillVisit]) {
    precondition(!visits.isEmpty)
    self.device = device
    self.visits = visits
    var ledger = PumpLedger()
    ledger.cite("asra_refill_2017")
    let accuracy = device.accuracy.map { ledger.use($0, as: "accuracy").fraction }
    if accuracy == nil {
      ledger.add("DEVICE_LIMIT_UNKNOWN", .review, "The accuracy of \(device.name) is unknown; state it.")
    }
    let allowed = accuracy ?? .zero
    trend = RefillDiscrepancy.cumulate(visits, allowed: allowed)
    let last = visits[visits.count - 1]
    ledger.checkVisit(last, allowed: allowed)
    let fired = ledger.findings.contains { $0.severity > .note }
    causes = RefillDiscrepancy.causes(last, allowed: allowed)
    ledger.checkTrend(visits, trend[trend.count - 1], allowed: allowed)
    let under = last.delta > .zero && fired
    if under, last.ratio < RefillDiscrepancy.largeLoss {
      ledger.cite("sgouros2010")
      ledger.add(
        "CAUSE_FIRST", .block,
        "Less than half of what was programmed has left the reservoir: find the cause before the pump runs again.")
    } else if under {
      ledger.cite("sgouros2010")
      ledger.add(
        "CAUSE_FIRST", .review,
        "Too little was given: find the cause first. A lower dose alone is no control; tolerance may be lost and "
          + "the path may hold a full dose.")
    }
    mayRestart = !under
    settlement = ledger.settle(
      alternative: "stop the pump, study catheter and rotor, then restart as for someone without tolerance, "
        + "with the volume of the path counted.")
  }

  /// Sums of what lies beyond half the allowance, never below zero (Page's test).
  private static func cumulate(_ visits: [RefillVisit], allowed: ExactNumber) -> [Trend] {
    let slack = allowed / 2
    var (high, low) = (ExactNumber.zero, ExactNumber.zero)
    return visits.map { visit in
      let shift = visit.ratio - 1
      high = max(.zero, high + shift - slack)
      low = max(.zero, low - shift - slack)
      return Trend(high: high, low: low)
    }
  }

  private static func causes(_ visit: RefillVisit, allowed: ExactNumber) -> [Cause] {
    let shift = visit.ratio - 1
    guard abs(visit.delta) > tolerance || max(shift, -shift) > allowed else {
      return [
        Cause(
          id: "none_by_volume",
          text: "The volume fits. It cannot show a disconnected catheter: only symptoms or a dye study can.")
      ]
    }
    return shift < .zero ? tooLittle : tooMuch
  }

  private static func abs(_ volume: Volume) -> Volume { volume < .zero ? .zero - volume : volume }

  private static let tooLittle = [
    Cause(id: "catheter_obstruction", text: "Catheter kinked or blocked: dye study, aspirate through the port."),
    Cause(id: "pump_stall", text: "Rotor stalled or slow: event log, rotor study."),
    Cause(id: "boluses_not_used", text: "Boluses were counted that were not taken: bolus log."),
    Cause(id: "incomplete_emptying", text: "At this or the last visit the reservoir was not emptied: draw again."),
    Cause(id: "programme_changed", text: "The programme was changed or stopped between the visits: event log."),
  ]

  private static let tooMuch = [
    Cause(id: "fast_pump", text: "The pump runs fast: signs of overdose, compare with earlier visits."),
    Cause(id: "pocket_fill", text: "Part of the last filling went beside the pump: the reservoir was never full."),
    Cause(id: "leak", text: "Leak of tubing or septum: swelling over the pocket."),
    Cause(id: "extra_boluses", text: "Boluses or priming that were not counted: bolus log."),
    Cause(id: "incomplete_drawing", text: "Not everything was drawn this time: draw again."),
  ]
}

extension PumpLedger {
  fileprivate mutating func checkVisit(_ visit: RefillVisit, allowed: ExactNumber) {
    let size = visit.delta < .zero ? .zero - visit.delta : visit.delta
    let small = size <= RefillDiscrepancy.tolerance
    check(
      small, small ? "VOLUME" : "VOLUME_DISCREPANCY", .review,
      passed: "The volume is within 2 mL of the one expected.",
      failed: "\(visit.found.text) found, \(visit.expected.text) expected: \(size.text) too "
        + (visit.delta > .zero ? "much is left." : "little is left."))
    let shift = visit.ratio - 1
    let inside = max(shift, -shift) <= allowed
    check(
      inside, inside ? "ACCURACY" : "OUTSIDE_ACCURACY", .review,
      passed: "The ratio \(visit.ratio.clinical) lies within the accuracy of the pump.",
      failed: "The ratio \(visit.ratio.clinical) lies outside +/- \((allowed * 100).clinical) %.")
    if visit.found > visit.previous {
      add("FOUND_ABOVE_FILL", .block, "More was found than was filled: check the volumes.")
    }
    if visit.expected < .zero {
      add("SHOULD_BE_EMPTY", .review, "The pump should have been empty before this visit.")
    }
  }

  fileprivate mutating func checkTrend(
    _ visits: [RefillVisit], _ trend: RefillDiscrepancy.Trend, allowed: ExactNumber
  ) {
    guard visits.count > 1 else { return }
    let worst = max(trend.high, trend.low)
    let calm = worst <= 2 * allowed
    check(
      calm, calm ? "TREND" : "TREND_DRIFT", .review,
      passed: "No drift over \(visits.count) visits.",
      failed: "Over \(visits.count) visits the pump drifts towards giving too "
        + (trend.high > trend.low ? "much." : "little."))
  }
}
