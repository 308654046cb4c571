import ThecalDosing
import ThecalFormulary
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
    ///
    /// - Precondition: The first dose and `interval` are above zero, the last not below it, and `step` is
    ///   above zero and at most 1.
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
  /// What was found.
  public let outcome: PumpOutcome

  /// More steps than any taper has; a longer request is refused.
  private static let mostSteps = 1_000

  /// Answers `request`.
  public init(_ request: Request) {
    self.request = request
    var checks = PumpChecks()
    checks.check(request.drug, dose: request.from, strength: request.concentration)
    if request.to > .zero { checks.check(request.drug, dose: request.to) }
    let alternative = Weaning.check(request, &checks)
    if checks.isRefused {
      (levels, needsDilution) = ([], nil)
    } else {
      levels = Weaning.levels(request)
      checks.check(
        levels[levels.count - 1].dose <= request.to, passed: (.taperEnds, .ends),
        failed: (.taperTooLong, .tooManySteps),
        [.number(ExactNumber(levels.count - 1))], severity: .blocked)
      let least = request.device.minimumFlow?.value ?? .zero
      needsDilution = levels.first { level in level.flow.map { $0 < least && $0 > .zero } ?? false }
      Weaning.addConcerns(request, needsDilution, &checks)
    }
    outcome = checks.outcome(alternative)
  }

  /// Refuses what is no taper or too steep a one; returns what would work.
  private static func check(_ request: Request, _ checks: inout PumpChecks) -> Finding? {
    let falls = request.to < request.from
    checks.check(
      falls, passed: (.taperFalls, .direction), failed: (.notATaper, .notATaper), severity: .blocked)
    if request.shape == .geometric, request.to == .zero {
      checks.add(.neverZero, .neverZero, .blocked)
      return PumpChecks.instead(.lastDoseAboveZero)
    }
    guard falls else { return PumpChecks.instead(.lastDoseBelow) }
    guard let largest = request.drug.use?.intrathecal?.largestDrop else {
      return PumpChecks.instead(.largerSteps)
    }
    let limit = checks.use(largest, of: request.drug, as: "largest drop in a day").fraction
    let perDay = dailyDrop(request)
    checks.check(
      perDay <= limit, passed: (.dropWithin, .dailyDrop), failed: (.dropTooLarge, .dropTooLarge),
      [.drug(request.drug.id), .number(100 * perDay), .number(100 * limit)], severity: .blocked)
    if request.drug.isNeverStoppedAtOnce, request.shape == .linear, request.to == .zero {
      checks.add(.lastStepIsAll, .neverZero, .blocked, [.drug(request.drug.id)])
      return PumpChecks.instead(.lastDoseAboveZero)
    }
    return PumpChecks.instead(.smallerSteps, [.number(100 * limit)])
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
    guard request.shape == .linear, request.drug.isNeverStoppedAtOnce,
      let largest = request.drug.use?.intrathecal?.largestDrop?.value.fraction
    else {
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

  private static func addConcerns(_ request: Request, _ dilution: Level?, _ checks: inout PumpChecks) {
    if let dilution, let least = request.device.minimumFlow {
      let flow = checks.use(least, as: "minimum flow")
      let dose = request.to > .zero ? request.to : dilution.dose
      let strongest = (dose / flow).roundedDown(toSignificantDigits: 3, in: request.unit.concentration)
      checks.add(
        .weakerSolution, .belowPumpMinimum, .review,
        [.number(dilution.after.days), .flow(flow), .strength(strongest, request.unit)])
    }
    if request.concentration == nil { checks.add(.flowNotChecked, .flowNotChecked, .note) }
    if request.drug.withdrawalIsDangerous, let signs = request.drug.withdrawalSigns {
      checks.add(
        .watchForWithdrawal, .watchForWithdrawal, .review, [.text(signs.text)], citing: [signs.citation])
    }
    if let preset = request.preset {
      _ = checks.use(preset.step, of: request.drug, as: "taper \(preset.id)")
      checks.add(
        .presetUsed, nil, .note, [.text(preset.id), .text(preset.population)], citing: [preset.step.citation])
    } else {
      checks.add(.stepByCaller, .stepByCaller, .note)
    }
  }
}
