public import ThecalQuantities

/// The change to another concentration: what the path still holds must run out at a rate that suits it.
///
/// Without a bridge the new flow pushes the old drug: the patient receives `new flow x old concentration`
/// for `path / new flow`. With it, the old drug runs out at its own flow first.
public struct BridgePlan: Sendable {
  /// What is asked.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// What fills the path.
    public let old: Concentration
    /// What is in the reservoir now.
    public let new: Concentration
    /// The daily dose so far; above zero.
    public let oldDose: DoseRate
    /// The daily dose from now on; above zero.
    public let newDose: DoseRate
    /// The volume from the reservoir to the tip; above zero.
    public let path: FluidPath
    /// The unit in which the drug is spoken of.
    public var unit = DoseUnit.milligrams
    /// Whether the old dose is kept even where the new one is lower.
    public var keepsOldDose = false
    /// Whether the path holds another drug than the reservoir.
    public var changesDrug = false
    /// The path that a wrong bridge was computed for; nil for half the true one.
    public var wrongPath: Volume?
    /// The share of the path in which old and new mix instead of moving as plugs.
    public var mixing = BridgePlan.assumedMixing

    /// A request for one drug in two strengths.
    public init(
      device: PumpDevice, strengths: (old: Concentration, new: Concentration),
      doses: (old: DoseRate, new: DoseRate), path: FluidPath
    ) {
      precondition(strengths.old > .zero && strengths.new > .zero && path.volume > .zero)
      precondition(doses.old > .zero && doses.new > .zero)
      self.device = device
      (old, new) = (strengths.old, strengths.new)
      (oldDose, newDose) = (doses.old, doses.new)
      self.path = path
    }
  }

  /// A tenth of the path mixes: an assumption of this project, on no measurement; it shapes the tail only.
  public static let assumedMixing = Ratio(10, .percent)
  /// The longest curve that is printed, in hours: three weeks.
  static let longestCurve = 504

  /// What was asked.
  public let request: Request
  /// The dose while the old drug runs out.
  public let bridgeDose: DoseRate
  /// The flow that gives it.
  public let bridgeFlow: Flow
  /// How long the old drug takes to run out at that flow.
  public let bridgeTime: Time
  /// The flow after the bridge.
  public let newFlow: Flow
  /// What the patient receives without a bridge, until the new drug arrives.
  public let unbridgedDose: DoseRate
  /// How long that lasts.
  public let unbridgedTime: Time
  let settlement: PumpSettlement

  /// Answers `request`.
  public init(_ request: Request) {
    self.request = request
    var ledger = PumpLedger()
    let keeps = request.keepsOldDose || request.changesDrug
    bridgeDose = keeps ? request.oldDose : min(request.oldDose, request.newDose)
    bridgeFlow = bridgeDose / request.old
    let path = ledger.use(request.path)
    bridgeTime = path / bridgeFlow
    newFlow = request.newDose / request.new
    unbridgedDose = request.old * newFlow
    unbridgedTime = path / newFlow
    let bridgeRuns = ledger.checkFlow(bridgeFlow, on: request.device, as: "Bridge flow")
    let newRuns = ledger.checkFlow(newFlow, on: request.device, as: "New flow")
    var alternative: String?
    if !newRuns {
      alternative = ledger.concentrationAdvice(
        dose: request.newDose, concentration: request.new, unit: request.unit, device: request.device)
    } else if !bridgeRuns {
      alternative = BridgePlan.nearestDose(request, bridgeFlow: bridgeFlow)
    }
    BridgePlan.addConcerns(request, unbridged: unbridgedDose, time: unbridgedTime, &ledger)
    settlement = ledger.settle(alternative: alternative)
  }

  /// What the patient receives without a bridge, as a fraction of the new dose.
  public var unbridgedFraction: ExactNumber { unbridgedDose / request.newDose }

  /// The drug that reaches the tip while the old drug runs out, and the volume that carries it.
  public var bridgeMass: Mass { request.old * request.path.volume }

  private static func nearestDose(_ request: Request, bridgeFlow: Flow) -> String? {
    let unit = request.unit
    if let least = request.device.minimumFlow?.value, bridgeFlow < least {
      let dose = unit.perDay(request.old * least).roundedUp(toSignificantDigits: 3)
      return "Bridge with \(unit.text(unit.rate(dose))), which runs at the minimum flow, or rinse the path."
    }
    if let most = request.device.maximumFlow?.value, bridgeFlow > most {
      let dose = unit.perDay(request.old * most).roundedDown(toSignificantDigits: 3)
      return "Bridge with \(unit.text(unit.rate(dose))), which runs at the maximum flow."
    }
    return nil
  }

  private static func addConcerns(
    _ request: Request, unbridged: DoseRate, time: Time, _ ledger: inout PumpLedger
  ) {
    let unit = request.unit
    if request.changesDrug {
      ledger.add(
        "DRUG_CHANGE", .review,
        "The path still holds the old drug: its limits hold until the bridge ends, and the two doses do not compare."
      )
    } else if request.old != request.new {
      let percent = (ExactNumber(100) * (unbridged / request.newDose)).clinical
      ledger.add(
        "BRIDGE_NEEDED", .note,
        "Without a bridge the patient receives \(unit.text(unbridged)), \(percent) % of the new dose, for \(time.text)."
      )
    }
    ledger.add(
      "BOLUS_DURING_BRIDGE", .note,
      "A patient bolus during the bridge gives the old strength and shortens it: switch boluses off, or recompute."
    )
  }
}
