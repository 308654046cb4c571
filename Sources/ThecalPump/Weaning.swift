public import ThecalQuantities

/// Lowering a dose in steps, and the day on which the pump can no longer run slowly enough.
///
/// Geometric: each step takes a share of the dose before it. Linear: each takes the same share of the first
/// dose. Where sudden lack can kill, no step takes more than the largest drop of the dose in force.
public struct Weaning: Sendable {
  /// How the steps are sized.
  public enum Shape: String, Sendable, CaseIterable {
    /// A share of the dose in force.
    case geometric
    /// A share of the first dose.
    case linear
  }

  /// What is asked.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The drug and its limits.
    public let drug: PumpDrug
    /// The daily dose to begin with; above zero.
    public let from: DoseRate
    /// The daily dose to end with; at most the first.
    public let to: DoseRate
    /// The share that a step takes; above zero, at most one.
    public let step: Ratio
    /// The time from one step to the next; above zero.
    public let interval: Time
    /// The unit in which the drug is spoken of.
    public var unit = DoseUnit.milligrams
    /// How the steps are sized.
    public var shape = Shape.geometric
    /// The preset that the step comes from; nil where the caller chose it.
    public var preset: Weaning.Preset?
    /// The strength in the pump; nil where flows are not wanted.
    public var concentration: Concentration?
    /// The day of the first dose; nil where days are only counted.
    public var date: CalendarDate?

    /// A request for geometric steps.
    public init(
      device: PumpDevice, drug: PumpDrug, doses: (from: DoseRate, to: DoseRate), step: Ratio, interval: Time
    ) {
      precondition(doses.from > .zero && doses.to >= .zero && interval > .zero)
      precondition(step > .zero && step.fraction <= .one)
      self.device = device
      self.drug = drug
      (from, to) = doses
      self.step = step
      self.interval = interval
    }
  }

  /// A dose and when it begins.
  public struct Level: Hashable, Sendable {
    /// When, from the first dose.
    public let after: Time
    /// The daily dose.
    public let dose: DoseRate
    /// What the step took, as a fraction of the dose before it.
    public let drop: ExactNumber
    /// The flow at the present strength.
    public let flow: Flow?
  }

  /// What was asked.
  public let request: Request
  /// The doses; empty where refused.
  public let levels: [Level]
  /// The first dose that the pump cannot give at the present strength.
  public let needsDilution: Level?
  let settlement: PumpSettlement

  /// More steps than any taper has; a longer request is refused.
  private static let mostSteps = 1_000

  /// Answers `request`.
  public init(_ request: Request) {
    self.request = request
    var ledger = PumpLedger()
    let alternative = Weaning.check(request, &ledger)
    if ledger.isBlocked {
      (levels, needsDilution) = ([], nil)
    } else {
      levels = Weaning.levels(request)
      let ends = levels[levels.count - 1].dose <= request.to
      ledger.check(
        ends, ends ? "ENDS" : "TOO_MANY_STEPS", passed: "The taper ends in \(levels.count - 1) steps.",
        failed: "The last dose is not reached in \(Weaning.mostSteps) steps: make them larger.")
      let least = request.device.minimumFlow?.value ?? .zero
      needsDilution = levels.first { level in level.flow.map { $0 < least && $0 > .zero } ?? false }
      Weaning.addConcerns(request, needsDilution, &ledger)
    }
    settlement = ledger.settle(alternative: alternative)
  }

  /// The part of a day's drop limit that one step may use: a step within a day of another shares the limit.
  private static func check(_ request: Request, _ ledger: inout PumpLedger) -> String? {
    let falls = request.to < request.from
    ledger.check(
      falls, falls ? "DIRECTION" : "NOT_A_TAPER",
      passed: "The last dose is below the first.",
      failed: "The last dose is not below the first: nothing to wean.")
    if request.shape == .geometric, request.to == .zero {
      ledger.add("NEVER_ZERO", .block, "Steps that take a share of the dose in force never reach zero.")
      return "a last dose above zero, or steps of equal size (--shape linear)."
    }
    guard falls else { return "a last dose below \(request.unit.text(request.from))." }
    guard let largest = request.drug.largestDrop else { return "larger steps." }
    let limit = ledger.use(largest, of: request.drug, as: "largest drop in a day").fraction
    let perDay = dailyDrop(request)
    ledger.check(
      perDay <= limit, perDay <= limit ? "DAILY_DROP" : "DROP_TOO_LARGE",
      passed: "\(request.drug.tallMan) falls by at most \((limit * 100).clinical) % in a day.",
      failed: "\(request.drug.tallMan) would fall by \((perDay * 100).clinical) % in a day; "
        + "more than \((limit * 100).clinical) % risks withdrawal that can kill.")
    if request.shape == .linear, request.to == .zero {
      ledger.add(
        "NEVER_ZERO", .block,
        "\(request.drug.tallMan) is not stopped by a taper alone: the last step would be all of it.")
      return "a last dose above zero."
    }
    return "steps of \((limit * 100).clinical) % a day or less."
  }

  /// What all steps of one day take together, as a fraction of the dose before them.
  private static func dailyDrop(_ request: Request) -> ExactNumber {
    let steps = max(1, (Time(1, .days) / request.interval).count)
    let share = request.step.fraction
    if request.shape == .linear { return min(.one, ExactNumber(steps) * share) }
    var left = ExactNumber.one
    for _ in 0..<min(steps, mostSteps) { left = left * (ExactNumber.one - share) }
    return ExactNumber.one - left
  }

  private static func levels(_ request: Request) -> [Level] {
    var (levels, dose) = ([level(request, at: 0, dose: request.from, before: request.from)], request.from)
    while dose > request.to, levels.count <= mostSteps {
      let next = max(request.to, lowered(dose, request))
      levels.append(level(request, at: levels.count, dose: next, before: dose))
      dose = next
    }
    return levels
  }

  /// The next dose below `dose`, with as many digits as can be programmed.
  private static func lowered(_ dose: DoseRate, _ request: Request) -> DoseRate {
    let share = request.step.fraction
    let wanted = request.shape == .linear ? dose - share * request.from : (ExactNumber.one - share) * dose
    guard request.shape == .linear, let largest = request.drug.largestDrop?.value.fraction else {
      return max(.zero, wanted)
    }
    let steps = max(1, (Time(1, .days) / request.interval).count)
    // A linear step grows against what is left; a day's steps together stay within the limit: 1 - n f <= (1 - f)^n.
    return max(wanted, (ExactNumber.one - largest / ExactNumber(steps)) * dose)
  }

  private static func level(_ request: Request, at index: Int, dose: DoseRate, before: DoseRate) -> Level {
    Level(
      after: ExactNumber(index) * request.interval, dose: dose, drop: ExactNumber.one - dose / before,
      flow: request.concentration.map { dose / $0 })
  }

  private static func addConcerns(_ request: Request, _ dilution: Level?, _ ledger: inout PumpLedger) {
    if let dilution, let least = request.device.minimumFlow {
      let flow = ledger.use(least, as: "minimum flow")
      let strongest = (request.to > .zero ? request.to : dilution.dose) / flow
      let text = request.unit.text(
        strongest.roundedDown(toSignificantDigits: 3, in: request.unit.concentration))
      ledger.add(
        "BELOW_PUMP_MINIMUM", .review,
        "From day \(dilution.after.days.clinical) on the flow is below \(flow.text): refill with \(text) or weaker before."
      )
    }
    if request.concentration == nil {
      ledger.add(
        "FLOW_NOT_CHECKED", .note, "Without a concentration the flow was not checked against the pump.")
    }
    if request.drug.withdrawalIsDangerous, let text = request.drug.withdrawalText {
      ledger.add("WATCH_FOR_WITHDRAWAL", .review, text)
    }
    if let preset = request.preset {
      _ = ledger.use(preset.step, of: request.drug, as: "taper \(preset.id), \(preset.population)")
    } else {
      ledger.add(
        "STEP_BY_CALLER", .note,
        "The size of the steps is the caller's; published tapers do not agree with each other.")
    }
  }
}
