public import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// What a batch row says about its pump: the flow that gives the dose, and the day to refill by.
///
/// It is the refill plan of a row, without boluses; nothing here is computed in another way.
public struct PumpColumns: Sendable {
  /// The flow, at most what the pump can run; nil where the row is refused.
  public let flow: Flow?
  /// The last day on which to refill; nil without a filling and its day, or where refused.
  public let refillBy: CalendarDate?
  /// Concerns, the gravest first; passed checks are left out.
  public let findings: [Finding]
  /// Ids of what the figures rest on.
  public let sources: [String]

  /// The pump's part of a row; what is nil stands for an empty cell.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The drug and its limits.
    public let drug: PumpDrug
    /// The daily dose.
    public let dose: DoseRate
    /// The strength in the reservoir.
    public let concentration: Concentration
    /// The volume filled.
    public var reservoir: Volume?
    /// The volume at which the alarm is set; nil for the device's own.
    public var alarm: Volume?
    /// The day of the filling.
    public var fillDate: CalendarDate?

    /// A row with a dose and a strength.
    public init(device: PumpDevice, drug: PumpDrug, dose: DoseRate, concentration: Concentration) {
      self.device = device
      self.drug = drug
      self.dose = dose
      self.concentration = concentration
    }
  }

  /// The columns of `request`; a dose or strength that is not above zero is refused, not trapped.
  public init(_ request: Request, formulary: Formulary = .embedded) {
    let isMeant =
      PumpColumns.isMeant(request.dose) && PumpColumns.isMeant(request.concentration)
      && request.reservoir.map(PumpColumns.isMeant) ?? true && request.alarm.map(PumpColumns.isMeant) ?? true
    guard isMeant else {
      var checks = PumpChecks(keepsPassed: false)
      checks.add(.impossiblePump, .impossiblePump, .blocked)
      self.init(request, .zero, nil, checks.outcome())
      return
    }
    let checks = PumpChecks(keepsPassed: false)
    if let reservoir = request.reservoir, let date = request.fillDate {
      let plan = RefillPlan(PumpColumns.plan(request, reservoir, date), checks, formulary)
      self.init(request, plan.flow, plan.refillBy, plan.outcome)
    } else {
      var checks = checks
      let wanted = request.dose / request.concentration
      checks.check(request.drug, strength: request.concentration)
      checks.checkFlow(wanted, on: request.device)
      self.init(request, wanted, nil, checks.outcome())
    }
  }

  private init(_ request: Request, _ wanted: Flow, _ day: CalendarDate?, _ outcome: PumpOutcome) {
    flow = outcome.isRefused ? nil : wanted
    refillBy = day
    findings = PumpColumns.concerns(outcome.findings.all, request)
    sources = outcome.sources
  }

  /// Whether a quantity lies where a pump's can, with a margin of several powers of ten.
  private static func isMeant<D>(_ quantity: Quantity<D>) -> Bool {
    let (least, most) = (ExactNumber(1, over: 1_000_000_000), ExactNumber(1_000_000_000))
    return quantity.exact >= least && quantity.exact <= most
  }

  private static func plan(_ request: Request, _ fill: Volume, _ date: CalendarDate) -> RefillPlan.Request {
    var plan = RefillPlan.Request(
      device: request.device, fill: fill, concentration: request.concentration, dose: request.dose, date: date
    )
    plan.unit = request.drug.unit
    plan.alarm = request.alarm
    plan.drug = request.drug
    return plan
  }

  /// The concerns, with a flow below the minimum under the code that a row carries, and what would work.
  private static func concerns(_ findings: [Finding], _ request: Request) -> [Finding] {
    let unit = request.drug.unit
    let concerns = findings.filter { $0.severity > .passed }.flatMap { finding -> [Finding] in
      guard finding.isAbout(PumpTopic.flowBelowMinimum), let least = request.device.minimumFlow?.value else {
        return [finding]
      }
      let strongest = (request.dose / least).roundedDown(toSignificantDigits: 3, in: unit.concentration)
      return [
        Finding(
          PumpTopic.flowBelowMinimum, .belowPumpMinimum, .blocked, finding.evidence, citing: finding.citations
        ),
        Finding(PumpTopic.strongestThatRuns, nil, .note, [.strength(strongest, unit)]),
      ]
    }
    return concerns.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }
    .map(\.element)
  }
}
