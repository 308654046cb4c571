import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// Which strengths give a dose for an interval: every feasible one that no other beats.
///
/// `least strength = dose x interval / usable volume`, the usable volume that of a refill plan; the strongest is the least of
/// the drug's limit and `dose / minimum flow`. The interval of an option is the one that ``RefillPlan`` gives for the same
/// figures. An option is dropped where another has the same interval or more at a strength and a number of vials no higher.
public struct ConcentrationChoice: Sendable {
  /// What is asked.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The drug and its limits.
    public let drug: PumpDrug
    /// The daily dose, boluses included; above zero.
    public let dose: DoseRate
    /// The interval wanted; above zero.
    public let interval: Time
    /// The filling; above zero.
    public let reservoir: Volume
    /// The unit in which the drug is spoken of.
    public var unit = DoseUnit.milligrams
    /// The volume at which the alarm is set; nil for the device's own.
    public var alarm: Volume?
    /// Whether it is the first filling of the pump; nil where not stated.
    public var isFirstFilling: Bool?

    /// A request.
    ///
    /// - Precondition: Dose, interval and reservoir are above zero.
    public init(device: PumpDevice, drug: PumpDrug, dose: DoseRate, interval: Time, reservoir: Volume) {
      precondition(dose > .zero && interval > .zero && reservoir > .zero)
      self.device = device
      self.drug = drug
      self.dose = dose
      self.interval = interval
      self.reservoir = reservoir
    }
  }

  /// A strength that works.
  public struct Option: Hashable, Sendable {
    /// The strength.
    public let concentration: Concentration
    /// The flow that gives the dose.
    public let flow: Flow
    /// From filling to refill.
    public let interval: Time
    /// What bounds it.
    public let bound: RefillPlan.Bound.Kind
    /// The whole days to plan with.
    public var planDays: Int { interval.wholeDays }
    /// The vials for one filling; nil where no vial is on record.
    public let vials: Int?
    /// Whether the flow lies where effect, refills and life are said to be in balance.
    public let isComfortable: Bool
  }

  /// What was asked.
  public let request: Request
  /// The options, weakest first.
  public let options: [Option]
  /// What was found.
  public let outcome: PumpOutcome

  /// Answers `request` by the rules of `formulary`.
  public init(_ request: Request, formulary: Formulary = .embedded) {
    self.request = request
    var checks = PumpChecks()
    let device = request.device
    checks.check(request.drug, dose: request.dose)
    checks.checkReservoir(request.reservoir, on: device)
    let residual = device.residual.map { checks.use($0, as: "residual volume") } ?? .zero
    let alarm = request.alarm ?? device.alarm.map { checks.use($0, as: "alarm volume", .informs) } ?? residual
    checks.checkKept(residual: residual, alarm: request.alarm, formulary.pumpRules)
    checks.check(
      request.reservoir > alarm, passed: (.alarmBelowFilling, .alarmVolume),
      failed: (.alarmAboveFilling, .alarmAboveFill),
      [.volume(alarm), .volume(request.reservoir)])
    guard !checks.isRefused else {
      options = []
      outcome = checks.outcome(
        device.largestReservoir.flatMap {
          request.reservoir > $0.value ? .fillAtMost($0.value) : .alarmAt(residual)
        })
      return
    }
    let fast = device.fastest.map { checks.use($0, as: "accuracy, fast side").fraction } ?? .zero
    let frame = RefillBounds(
      fill: request.reservoir, alarm: alarm, residual: residual, fast: 1 + fast,
      reserve: request.drug.reserve?.value,
      policy: nil)
    var search = StrengthSearch(request, frame, formulary.pumpRules.refill.comfortableFlow, checks)
    options = search.options()
    outcome = search.outcome()
  }
}
