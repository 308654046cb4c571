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
  public let findings: [PumpFinding]
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
  public init(_ request: Request) {
    guard PumpColumns.isMeant(request.dose), PumpColumns.isMeant(request.concentration) else {
      self.init(refusing: "The pump columns need a dose and a concentration above zero and within reason.")
      return
    }
    if let reservoir = request.reservoir, let date = request.fillDate {
      guard PumpColumns.isMeant(reservoir), request.alarm.map(PumpColumns.isMeant) ?? true else {
        self.init(refusing: "Reservoir and alarm volume must be above zero and within reason.")
        return
      }
      self.init(request, fill: reservoir, date: date)
    } else {
      self.init(flowOf: request)
    }
  }

  /// Whether a quantity lies where a pump's can, with a margin of several powers of ten.
  private static func isMeant<D>(_ quantity: Quantity<D>) -> Bool {
    let (least, most) = (ExactNumber(1, over: 1_000_000_000), ExactNumber(1_000_000_000))
    return quantity.exact >= least && quantity.exact <= most
  }

  private init(refusing message: String) {
    (flow, refillBy, sources) = (nil, nil, [])
    findings = [PumpFinding("IMPOSSIBLE_PUMP", .block, message)]
  }

  private init(_ request: Request, fill: Volume, date: CalendarDate) {
    var plan = RefillPlan.Request(
      device: request.device, fill: fill, concentration: request.concentration, dose: request.dose, date: date
    )
    plan.unit = request.drug.unit
    plan.alarm = request.alarm
    plan.drug = request.drug
    let answer = RefillPlan(plan, PumpLedger(keepsPassed: false))
    let blocked = answer.settlement.isBlocked
    flow = blocked ? nil : answer.flow
    refillBy = answer.refillBy
    findings = PumpColumns.concerns(answer.settlement.findings, request)
    sources = answer.settlement.sources
  }

  private init(flowOf request: Request) {
    var ledger = PumpLedger(keepsPassed: false)
    let wanted = request.dose / request.concentration
    ledger.checkFlow(wanted, on: request.device)
    let settlement = ledger.settle()
    flow = settlement.isBlocked ? nil : wanted
    refillBy = nil
    findings = PumpColumns.concerns(settlement.findings, request)
    sources = settlement.sources
  }

  /// The concerns, with a flow below the minimum under the code that a row carries.
  private static func concerns(_ findings: [PumpFinding], _ request: Request) -> [PumpFinding] {
    let below = request.device.minimumFlow.map { request.dose / request.concentration < $0.value } ?? false
    let concerns = findings.filter { $0.severity > .passed }.map { finding in
      guard below, finding.code == "FLOW_OUT_OF_RANGE", let least = request.device.minimumFlow?.value else {
        return finding
      }
      let unit = request.drug.unit
      let strongest = (request.dose / least).roundedDown(toSignificantDigits: 3, in: unit.concentration)
      return PumpFinding(
        "BELOW_PUMP_MINIMUM", .block,
        "\(finding.message) The strongest solution that works is \(unit.text(strongest)).")
    }
    return concerns.sorted { $0.severity > $1.severity }
  }
}
