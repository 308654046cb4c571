import ThecalDosing
public import ThecalFormulary
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
    /// The drug in the reservoir; nil where not named.
    public var drug: PumpDrug?
    /// The drug in the path where it is another one; nil where it is the same, or not named.
    public var oldDrug: PumpDrug?
    /// Whether the path holds another drug than the reservoir.
    public var changesDrug = false
    /// The path that a wrong bridge was computed for; nil for half the true one.
    public var wrongPath: Volume?
    /// The share of the path in which old and new mix instead of moving as plugs.
    public var mixing = BridgePlan.assumedMixing

    /// A request for one drug in two strengths.
    ///
    /// - Precondition: Strengths, doses and the volume of the path are above zero.
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
  /// What was found.
  public private(set) var outcome: PumpOutcome

  /// Answers `request` by the rules of `formulary`.
  public init(_ request: Request, formulary: Formulary = .embedded) {
    self.request = request
    var checks = PumpChecks()
    let keeps = request.keepsOldDose || request.changesDrug
    bridgeDose = keeps ? request.oldDose : min(request.oldDose, request.newDose)
    bridgeFlow = bridgeDose / request.old
    let path = checks.use(request.path, formulary.pumpRules)
    if let wrong = request.wrongPath {
      checks.checkSize(wrong, .path, as: "path of the wrong bridge", in: .milliliters, formulary.pumpRules)
    }
    bridgeTime = path / bridgeFlow
    newFlow = request.newDose / request.new
    unbridgedDose = request.old * newFlow
    unbridgedTime = path / newFlow
    BridgePlan.checkDrugs(request, &checks)
    let bridgeRuns = checks.checkFlow(bridgeFlow, on: request.device, as: "Bridge flow")
    let newRuns = checks.checkFlow(newFlow, on: request.device, as: "New flow")
    let alternative =
      newRuns
      ? bridgeRuns ? nil : BridgePlan.nearestFlow(request.device, bridgeFlow)
      : checks.concentrationAdvice(request.newDose, newFlow, unit: request.unit, on: request.device)
    outcome = checks.outcome()
    addConcerns(&checks)
    outcome = checks.outcome(alternative)
  }

  /// What the patient receives without a bridge, as a fraction of the new dose; nil where the drug changes, because doses of
  /// two drugs do not compare.
  public var unbridgedFraction: ExactNumber? { request.changesDrug ? nil : unbridgedDose / request.newDose }

  /// The drug that reaches the tip while the old drug runs out, and the volume that carries it.
  public var bridgeMass: Mass { request.old * request.path.volume }

  private static func checkDrugs(_ request: Request, _ checks: inout PumpChecks) {
    checks.check(request.drug, dose: request.newDose, strength: request.new)
    if request.changesDrug {
      checks.check(request.oldDrug, dose: request.oldDose, strength: request.old)
    } else if request.drug != nil {
      checks.check(request.drug, dose: request.oldDose, strength: request.old)
    }
  }

  /// The flow nearest to the one wanted that the pump can run: exactly its limit, so that no rounding passes it.
  private static func nearestFlow(_ device: PumpDevice, _ flow: Flow) -> Finding? {
    if let least = device.minimumFlow?.value, flow < least {
      return PumpChecks.instead(.bridgeAtLeast, [.flow(least)])
    }
    if let most = device.maximumFlow?.value, flow > most {
      return PumpChecks.instead(.bridgeAtMost, [.flow(most)])
    }
    return nil
  }

  private func addConcerns(_ checks: inout PumpChecks) {
    if request.changesDrug {
      checks.add(.drugChange, .drugChange, .review)
    } else if let fraction = unbridgedFraction, request.old != request.new {
      checks.add(
        .bridgeNeeded, .bridgeNeeded, .note,
        [.dose(unbridgedDose, request.unit), .number(100 * fraction), .time(unbridgedTime)])
    }
    if let peak = mixingPeak {
      checks.add(
        .mixingPeak, .mixingPeak, .note,
        [.dose(peak.rate, request.unit), .time(peak.time), .share(request.mixing)])
    }
    checks.add(.bolusDuringBridge, .bolusDuringBridge, .note)
  }
}
