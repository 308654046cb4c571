public import ThecalFormulary
public import ThecalQuantities

/// Expected against found volume at a refill, over one visit or many, with what may be behind it.
///
/// A visit counts where more than 2 mL are wrong or the ratio lies outside the pump's accuracy. Single
/// outliers may not repeat, so the trend over visits is kept as a cumulative sum. An unexplained
/// under-delivery is never answered with a lower dose alone: the cause comes first.
/// Source: `asra2017_discrepancy`, `sgouros2010`.
public struct RefillDiscrepancy: Sendable {
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
  public let visits: [RefillDiscrepancy.Visit]
  /// The cumulative sums after each visit.
  public let trend: [Trend]
  /// What may be behind it.
  public let causes: [PumpRules.Discrepancy.Cause]
  /// The cause that was found; nil while none is known.
  public let explained: String?
  /// Whether the pump may be restarted as before.
  public let mayRestart: Bool
  let settlement: PumpSettlement

  /// Half of what was programmed: below it nothing explains the volume but a fault; a cut-off of this project.
  static let largeLoss = ExactNumber(1, over: 2)

  /// What `visits`, one at least, say by the rules of `formulary`; `explained` where the cause is known.
  public init(
    device: PumpDevice, visits: [RefillDiscrepancy.Visit], explained: String? = nil,
    formulary: Formulary = .embedded
  ) {
    precondition(!visits.isEmpty)
    self.device = device
    self.visits = visits
    self.explained = explained
    let rules = formulary.pumpRules.discrepancy
    var ledger = PumpLedger()
    let allowed = ledger.allowance(of: device)
    trend = RefillDiscrepancy.cumulate(visits, allowed: allowed)
    let last = visits[visits.count - 1]
    let differs = ledger.checkVisit(last, allowed: allowed, rules)
    ledger.checkTrend(visits, trend[trend.count - 1], allowed: allowed, rules)
    let direction: PumpRules.Discrepancy.Cause.Direction =
      !differs ? .none : last.ratio < .one ? .under : .over
    causes = rules.causes.filter { $0.direction == direction }
    mayRestart = direction != .under || explained != nil
    if !mayRestart {
      let large = last.ratio < RefillDiscrepancy.largeLoss
      ledger.cite(rules.causeFirst.citation.source)
      ledger.add("CAUSE_FIRST", large ? .block : .review, rules.causeFirst.text)
    }
    settlement = ledger.settle(
      alternative:
        "stop the pump, study catheter and rotor, state the cause found, and restart as for someone "
        + "without tolerance, with the volume of the path counted.")
  }

  /// Sums of what lies beyond half the allowance, never below zero (Page's test).
  private static func cumulate(_ visits: [RefillDiscrepancy.Visit], allowed: ExactNumber) -> [Trend] {
    let slack = allowed / 2
    var (high, low) = (ExactNumber.zero, ExactNumber.zero)
    return visits.map { visit in
      let shift = visit.ratio - 1
      high = max(.zero, high + shift - slack)
      low = max(.zero, low - shift - slack)
      return Trend(high: high, low: low)
    }
  }
}

extension PumpLedger {
  /// How far a ratio may lie from one: the wider side of the accuracy.
  fileprivate mutating func allowance(of device: PumpDevice) -> ExactNumber {
    let sides = [
      device.fastest.map { use($0, as: "accuracy, fast side") },
      device.slowest.map { use($0, as: "accuracy, slow side") },
    ].compactMap { $0?.fraction }
    if sides.isEmpty {
      add("DEVICE_LIMIT_UNKNOWN", .review, "The accuracy of \(device.name) is unknown; state it.")
    }
    return sides.max() ?? .zero
  }

  /// Whether the volume differs from the one expected by more than the rules allow.
  fileprivate mutating func checkVisit(
    _ visit: RefillDiscrepancy.Visit, allowed: ExactNumber, _ rules: PumpRules.Discrepancy
  ) -> Bool {
    let size = visit.delta < .zero ? .zero - visit.delta : visit.delta
    let most = Volume(rules.evaluateAboveML.value, .milliliters)
    let small = size <= most
    cite(rules.evaluateAboveML.citation.source)
    check(
      small, small ? "VOLUME" : "VOLUME_DISCREPANCY", .review,
      passed: "The volume is within \(most.text) of the one expected.",
      failed: "\(visit.found.text) found, \(visit.expected.text) expected: \(size.text) too "
        + (visit.delta > .zero ? "much is left." : "little is left."))
    let shift = visit.ratio - 1
    let inside = max(shift, -shift) <= allowed
    check(
      inside, inside ? "ACCURACY" : "OUTSIDE_ACCURACY", .review,
      passed: "The ratio \(visit.ratio.clinical) lies within the accuracy of the pump.",
      failed:
        "The ratio \(visit.ratio.clinical) lies outside 1 +/- \(allowed.clinical), the accuracy of the pump.")
    if visit.found > visit.previous {
      add("FOUND_ABOVE_FILL", .block, "More was found than was filled: check the volumes.")
    }
    if visit.expected < .zero {
      add("SHOULD_BE_EMPTY", .review, "The pump should have been empty before this visit.")
    }
    return !small || !inside
  }

  /// Says where the visits drift in one direction.
  fileprivate mutating func checkTrend(
    _ visits: [RefillDiscrepancy.Visit], _ trend: RefillDiscrepancy.Trend, allowed: ExactNumber,
    _ rules: PumpRules.Discrepancy
  ) {
    guard visits.count > 1 else {
      add("ONE_VISIT", .note, rules.trendRule.text)
      return
    }
    let calm = max(trend.high, trend.low) <= 2 * allowed
    check(
      calm, calm ? "TREND" : "TREND_DRIFT", .review, passed: "No drift over \(visits.count) visits.",
      failed: "Over \(visits.count) visits the pump drifts towards giving too "
        + (trend.high > trend.low ? "much." : "little."))
  }
}
