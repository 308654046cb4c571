import ThecalDosing
public import ThecalFormulary
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
    /// The drug, for its limits, stability and reserve.
    public var drug: PumpDrug?
    /// The other drugs of the reservoir.
    public var others: [Admixture.Part] = []
    /// Whether it is the first filling of the pump; nil where not stated.
    public var isFirstFilling: Bool?
    /// The longest interval that the clinic allows.
    public var longestInterval: Time?

    /// A request without boluses.
    ///
    /// - Precondition: Fill, concentration and dose are above zero.
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
  /// What was found.
  public let outcome: PumpOutcome

  /// Answers `request` by the rules of `formulary`.
  public init(_ request: Request, formulary: Formulary = .embedded) {
    self.init(request, PumpChecks(), formulary)
  }

  /// Answers `request`, keeping account in `account`.
  init(_ request: Request, _ account: PumpChecks, _ formulary: Formulary) {
    self.request = request
    var checks = account
    let device = request.device
    flow = request.dose / request.concentration
    let boluses = (request.bolusesPerDay * (request.bolus / request.concentration)) / Time(1, .days)
    programmedFlow = flow + boluses
    let residual = device.residual.map { checks.use($0, as: "residual volume") } ?? .zero
    let alarm = request.alarm ?? device.alarm?.value ?? residual
    RefillPlan.checkDrugs(request, programmedFlow, &checks)
    let alternative = RefillPlan.check(request, flow, alarm: alarm, residual: residual, &checks)
    guard !checks.isRefused else {
      (bounds, empty, emptyLate) = ([], nil, nil)
      outcome = checks.outcome(alternative)
      return
    }
    let fast = device.fastest.map { checks.use($0, as: "accuracy, fast side").fraction }
    let slow = device.slowest.map { checks.use($0, as: "accuracy, slow side", .informs).fraction }
    if fast == nil || slow == nil {
      checks.add(.accuracyUnknown, .deviceLimitUnknown, .review, [.text(device.name)])
    }
    let frame = RefillBounds(
      fill: request.fill, alarm: alarm, residual: residual, fast: 1 + (fast ?? .zero),
      reserve: checks.reserve(of: request), policy: request.longestInterval)
    bounds = frame.bounds(at: programmedFlow, keeping: checks.keeping(of: request, formulary))
    let usable = request.fill - residual
    empty = usable / programmedFlow
    let slowest = ExactNumber.one - (slow ?? .zero)
    emptyLate = slowest > .zero ? usable / (slowest * flow) : nil
    RefillPlan.compare(bounds, request, &checks)
    outcome = checks.outcome()
  }

  /// When the alarm sounds.
  public var alarmAfter: Time? { after(.alarm) }
  /// When the fastest pump within accuracy is empty, all boluses taken.
  public var emptyEarly: Time? { after(.earlyEdge) }
  /// The bound that comes first.
  public var binding: Bound? { bounds.min { $0.after < $1.after } }
  /// The day of the alarm.
  public var alarmDate: CalendarDate? { alarmAfter.map { request.date + $0.wholeDays } }
  /// The last day on which to refill.
  public var refillBy: CalendarDate? { binding.map { request.date + $0.after.wholeDays } }

  private func after(_ kind: Bound.Kind) -> Time? { bounds.first { $0.kind == kind }?.after }
}
