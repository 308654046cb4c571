public import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// Expected against found volume at a refill, over one visit or many, with what may be behind it and how to go on.
///
/// A visit counts where more than 2 mL are wrong or the ratio lies outside the pump's accuracy. Single
/// outliers may not repeat, so the trend over visits is kept as a cumulative sum. A pump found at or below its residual volume
/// has been dry for an unknown time: an interruption. An unexplained under-delivery is never answered with a lower dose
/// alone, and a cause that somebody states makes no restart safe. Source: `asra2017_discrepancy`, `sgouros2010`.
public struct RefillDiscrepancy: Sendable {
  /// The cumulative sums after a visit, in units of ratio.
  public struct Trend: Hashable, Sendable {
    /// The sum of deliveries above the allowance.
    public let high: ExactNumber
    /// The sum of deliveries below the allowance.
    public let low: ExactNumber
  }

  /// What was in the pump; nil where not stated.
  public struct Content: Sendable {
    /// The drug.
    public let drug: PumpDrug
    /// Its daily dose; nil where not stated.
    public let dose: DoseRate?

    /// A drug and its daily dose.
    public init(_ drug: PumpDrug, dose: DoseRate? = nil) {
      self.drug = drug
      self.dose = dose
    }
  }

  /// The pump.
  public let device: PumpDevice
  /// The visits, oldest first; the last is the one in question.
  public let visits: [Visit]
  /// What cannot be delivered from the reservoir.
  public let residual: Volume
  /// The cumulative sums after each visit.
  public let trend: [Trend]
  /// What may be behind it.
  public let causes: [PumpRules.Discrepancy.Cause]
  /// The cause that was found; nil while none is known.
  public let cause: PumpRules.Discrepancy.Cause?
  /// Since when the pump has been dry; nil where something is left that can be delivered.
  public let drySince: DryTime?
  /// How to go on.
  public let restart: Restart
  /// Whether the volumes were held against each other: not where one of them cannot be meant.
  public let isCompared: Bool
  /// What was found.
  public let outcome: PumpOutcome

  /// The causes that may be stated.
  public static var causes: [PumpRules.Discrepancy.Cause] { Formulary.embedded.pumpRules.discrepancy.causes }

  /// Half of what was programmed: below it nothing explains the volume but a fault; a cut-off of this project.
  static let largeLoss = ExactNumber(1, over: 2)

  /// What `visits`, one at least, say by the rules of `formulary`; `cause` where one was found.
  ///
  /// - Precondition: There is a visit.
  public init(
    device: PumpDevice, visits: [Visit], cause: PumpRules.Discrepancy.Cause? = nil, content: Content? = nil,
    formulary: Formulary = .embedded
  ) {
    precondition(!visits.isEmpty)
    self.device = device
    self.visits = visits
    self.cause = cause
    let rules = formulary.pumpRules
    var checks = PumpChecks()
    let accuracy = checks.accuracy(of: device)
    let residual = device.residual.map { checks.use($0, as: "residual volume", .informs) } ?? .zero
    self.residual = residual
    let last = visits[visits.count - 1]
    checks.checkWritten(last, residual, device, rules)
    if let content { checks.check(content.drug, dose: content.dose) }
    trend = RefillDiscrepancy.cumulate(visits, residual, allowed: accuracy.widest)
    let drySince = RefillDiscrepancy.dryTime(last, residual, accuracy)
    self.drySince = drySince
    // A volume held against figures that cannot be meant says nothing.
    if checks.isRefused {
      (causes, restart, isCompared) = ([], .assessment, false)
      outcome = checks.outcome()
      return
    }
    isCompared = true
    let course = checks.checkVisit(last, residual, accuracy.widest, drySince, rules.discrepancy)
    checks.checkTrend(visits.count, trend[trend.count - 1], allowed: accuracy.widest, rules.discrepancy)
    causes = rules.discrepancy.causes.filter { course.contains($0.direction) }
    restart = RefillDiscrepancy.restart(course, drySince, content, checks.rules)
    if course.contains(.under) {
      let ratio = last.ratio(residual: residual) ?? .one
      let isLarge = cause == nil && ratio < RefillDiscrepancy.largeLoss
      let rule = rules.discrepancy.causeFirst
      checks.add(
        .causeFirst, .causeFirst, isLarge ? .blocked : .review, [.text(rule.text)], citing: [rule.citation])
    }
    checks.add(restart)
    outcome = checks.outcome(PumpChecks.instead(.findCause))
  }

  /// How to go on: as programmed only where the volume is as expected.
  private static func restart(
    _ course: Set<PumpRules.Discrepancy.Cause.Direction>, _ dry: DryTime?, _ content: Content?,
    _ rules: DosingRules
  ) -> Restart {
    if course == [.none] { return .unchanged }
    guard course == [.dry], let dry, let content, let use = content.drug.use else { return .assessment }
    return rules.restart(of: use, after: dry.gap, dose: content.dose)
  }

  /// Since when nothing that can be delivered has been left; nil where some of it still is.
  private static func dryTime(_ visit: Visit, _ residual: Volume, _ accuracy: PumpChecks.Accuracy) -> DryTime?
  {
    guard visit.found <= residual, visit.previous > residual, visit.flow > .zero else { return nil }
    let usable = max(.zero, visit.previous - residual - visit.extra)
    let nominal = usable / visit.flow
    let early = nominal / (1 + accuracy.fast)
    let late = accuracy.slow < .one ? nominal / (1 - accuracy.slow) : visit.elapsed
    let earliest = early < visit.elapsed ? early : .zero
    let latest = min(late, visit.elapsed)
    return DryTime(
      earliest: earliest, latest: latest, nominal: nominal < visit.elapsed ? nominal : nil,
      gap: (visit.elapsed - latest)...(visit.elapsed - earliest))
  }

  /// Sums of what lies beyond half the allowance, never below zero (Page's test).
  private static func cumulate(_ visits: [Visit], _ residual: Volume, allowed: ExactNumber) -> [Trend] {
    let slack = allowed / 2
    var (high, low) = (ExactNumber.zero, ExactNumber.zero)
    return visits.map { visit in
      let shift = (visit.ratio(residual: residual) ?? .one) - 1
      high = max(.zero, high + shift - slack)
      low = max(.zero, low - shift - slack)
      return Trend(high: high, low: low)
    }
  }
}
