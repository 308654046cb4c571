public import ThecalFormulary
public import ThecalQuantities

/// One drug as the clinical rules see it: what its amounts are worth, which are believable, and what label and consensus
/// allow in the cerebrospinal fluid.
///
/// A class, so that a million rows share the two dozen instances.
public final class DrugUse: Sendable {
  /// The generic name in lower case.
  public let id: String
  /// The name with the capitals that keep it apart from look-alikes.
  public let tallMan: String
  /// What the drug does.
  public let kind: Drug.Kind
  /// Whether an opioid leaves the cerebrospinal fluid fast.
  public let isLipophilic: Bool
  /// By route: how a daily amount becomes oral morphine.
  let equivalents: [EquivalentRule?]
  /// By route: which daily amounts are believable.
  let windows: [PlausibleWindow?]
  /// By route: where the window stands.
  let windowCitations: [Citation?]
  /// By route: from which daily amount a patient counts as tolerant.
  let tolerance: [Cited<ExactNumber>?]
  /// What label and consensus say of it in the cerebrospinal fluid; nil for a drug without any daily dose there.
  public var intrathecal: IntrathecalRules? { shared?.rules }
  /// The same by reference, for what every row of a batch asks: a copy counts some twenty references.
  let shared: SharedRules?

  init(
    _ drug: Drug, equivalents: [EquivalentRule?], windows: [PlausibilityWindow?],
    tolerance: [Cited<ExactNumber>?], stopping: StoppingRules, titration: TitrationRules
  ) {
    id = drug.id
    tallMan = drug.tallMan
    kind = drug.kind
    isLipophilic = drug.lipophilic ?? false
    self.equivalents = equivalents
    self.windows = windows.map { $0.map(PlausibleWindow.init) }
    windowCitations = windows.map { $0?.citation }
    self.tolerance = tolerance
    shared = drug.intrathecal.flatMap {
      IntrathecalRules($0, of: drug, stopping: stopping, titration: titration)
    }.map { SharedRules($0, isOpioid: drug.kind == .opioid) }
  }

  /// Whether it acts on opioid receptors.
  public var isOpioid: Bool { kind == .opioid }

  /// The most in a day as a number of its unit, with the limit itself; nil where none is on record.
  public var limitPerDay: (figure: Cited<ExactNumber>, limit: Cited<DoseRate>, unit: DoseUnit)? {
    guard let shared, let limit = shared.rules.limit, let figure = shared.limitPerDay else { return nil }
    return (figure, limit, shared.rules.unit)
  }

  /// The daily amounts by `route` that are ordinary and possible, in mg/day or, worn, mcg/h; nil where none are on record.
  public func window(_ route: AdministrationRoute) -> PlausibleWindow? { windows[route.index] }
}

/// The rules of one drug with what follows from them alone, made once.
final class SharedRules: Sendable {
  let rules: IntrathecalRules
  /// The limit as a number of the drug's unit per day.
  let limitPerDay: Cited<ExactNumber>?
  /// What to watch after a first dose.
  let monitoring: [Finding]

  init(_ rules: IntrathecalRules, isOpioid: Bool) {
    self.rules = rules
    limitPerDay = rules.limit.map { limit in
      Cited(
        rules.unit.perDay(limit.value), unit: limit.unit, population: limit.population, limit.citation)
    }
    monitoring = DosingRules.monitoring(rules.monitoring, isOpioid: isOpioid)
  }
}

/// What label and consensus say about a drug in the cerebrospinal fluid, where they disagree as `SourceChoice` decides.
public struct IntrathecalRules: Sendable {
  /// The unit in which its doses are spoken of.
  public let unit: DoseUnit
  /// The label's range for a start without tolerance.
  public let labelNaive: StartRange?
  /// The label's range for a start with tolerance.
  public let labelTolerant: StartRange?
  /// Upper ends of consensus and guideline ranges for a start, each of which is a ceiling.
  public let ceilings: [StartRange]
  /// The most on the first day without tolerance, in `unit` per day.
  public let firstDayCap: Cited<ExactNumber>?
  /// The most in a day.
  public let limit: Cited<DoseRate>?
  /// The strongest solution.
  public let strongest: Cited<Concentration>?
  /// The strengths that are sold for the cerebrospinal fluid: none of them is a slip of the pen.
  public let marketed: [Concentration]
  /// The largest single dose.
  public let largestBolus: Cited<Mass>?
  /// The smallest dose that a range for a trial begins with.
  public let smallestTrialBolus: Cited<Mass>?
  /// The largest dose that any range for a trial ends with.
  public let widestTrialBolus: Cited<Mass>?
  /// The largest single dose without tolerance.
  public let largestNaiveBolus: Cited<Mass>?
  /// The largest fall in a day, as a share of the dose before.
  public let largestDrop: Cited<Ratio>?
  /// How a start follows from a screening bolus; nil where none is asked for.
  public let screening: ScreeningRules?
  /// Increases: how far and how often.
  let changes: ChangeTable
  /// What to watch after a first dose.
  public let monitoring: [Statement]
  /// Who must not receive it.
  public let contraindications: [Statement]

  /// The label's range for a class of patient; unknown counts as not tolerant.
  public func label(for patientClass: OpioidClass?) -> StartRange? {
    patientClass == .tolerant ? labelTolerant : labelNaive
  }

}

/// A published range for a first dose, in the unit of its drug per day.
public struct StartRange: Hashable, Sendable {
  /// The lower end; zero where only an upper one is published.
  public let low: ExactNumber
  /// The upper end.
  public let high: Cited<ExactNumber>
  /// The kind of authority: `label`, `consensus`, `national guideline`.
  public let basis: String
}

/// The part of the baclofen screening protocol that decides a first dose.
public struct ScreeningRules: Sendable {
  /// The boluses in their order.
  public let boluses: [Cited<Mass>]
  /// The largest bolus; who does not respond to it is no candidate.
  public let largest: Cited<Mass>
  /// First daily dose as a multiple of the effective bolus.
  public let factor: Cited<ExactNumber>
  /// The same where the effect lasted longer than `prolongedAbove`.
  public let prolongedFactor: Cited<ExactNumber>
  /// The length of effect beyond which the bolus is not doubled.
  public let prolongedAbove: Cited<Time>
  /// The shortest time between two boluses.
  public let interval: Cited<Time>

  init?(_ screening: BaclofenScreening) {
    guard let largest = screening.bolusMax.measured(MassDimension.self),
      let above = screening.prolongedAboveHours.measured(TimeDimension.self),
      let interval = screening.intervalHours.measured(TimeDimension.self)
    else { return nil }
    self.interval = interval
    boluses = screening.boluses.compactMap { $0.measured() }
    self.largest = largest
    factor = screening.startFactor
    prolongedFactor = screening.startFactorProlonged
    prolongedAbove = above
  }

  /// What the bolus is multiplied by; a length of effect that is not known counts as a long one.
  public func factor(for screening: Screening) -> Cited<ExactNumber> {
    guard let effect = screening.effect else { return prolongedFactor }
    return effect > prolongedAbove.value ? prolongedFactor : factor
  }
}

/// How an amount of a drug becomes oral morphine equivalents.
struct EquivalentRule: Sendable {
  /// Ranges of the daily amount that follow each other without gap, each with its factor.
  let tiers: [EquivalentTier]
  /// Patch strengths with a factor of their own.
  let overrides: [(strength: ExactNumber, factor: Cited<ExactNumber>)]
  /// Why no dose may be derived from the equivalents, where that is so.
  let refusal: String?
  let citation: Citation

  /// The factor for a daily amount; nil where the table has none.
  func factor(for amount: ExactNumber) -> Cited<ExactNumber>? {
    if let own = overrides.first(where: { $0.strength == amount }) { return own.factor }
    return tiers.first { tier in amount > tier.above && tier.upTo.map { amount <= $0 } ?? true }?.factor
  }
}

/// One range of daily amounts with its factor.
struct EquivalentTier: Sendable {
  let above: ExactNumber
  let upTo: ExactNumber?
  let factor: Cited<ExactNumber>
}
