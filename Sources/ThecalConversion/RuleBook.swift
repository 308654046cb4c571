public import ThecalFormulary
public import ThecalQuantities

/// A published number in use: what it is, and who says so.
public struct Figure: Hashable, Sendable {
  /// The number, in `unit`.
  public let value: ExactNumber
  /// Its unit, as the source writes it; empty for a pure number.
  public let unit: String
  /// Where it stands.
  public let citation: Citation

  init(_ value: ExactNumber, _ unit: String, _ citation: Citation) {
    self.value = value
    self.unit = unit
    self.citation = citation
  }

  init(_ cited: Cited<ExactNumber>) { self.init(cited.value, cited.unit ?? "", cited.citation) }

  /// The id of the source, for `thecal cite`.
  public var source: String { citation.source }

  /// Whether the figure was compared with its source.
  public var verified: Bool { citation.verified }
}

/// What a conversion needs of the formulary, looked up once and laid out for use.
///
/// The tables that the user chose are already applied, so that a batch does not look anything up by name.
final class RuleBook: Sendable {
  let drugs: [String: DrugRule]
  let equivalentTable: String
  let ratioTable: RatioRule
  /// The tables from which an intrathecal opioid may be started.
  let startingRatios: [RatioRule]
  let baclofenRatio: RatioRule
  let backToOral: RatioRule
  let rotations: Rotations
  let toleranceDays: Figure
  let toleranceEquivalent: Figure
  let crossTolerance: Figure
  let riskReduction: RiskRule
  let screening: ScreeningRule
  let flags: [PatientFlag]
  let neverIntrathecal: [String: Refusal]
  /// The day after which the table of equivalents is stale.
  let reviewBy: String

  init(
    drugs: [String: DrugRule],
    equivalentTable: String,
    ratioTable: RatioRule,
    startingRatios: [RatioRule],
    baclofenRatio: RatioRule,
    backToOral: RatioRule,
    rotations: Rotations,
    toleranceDays: Figure,
    toleranceEquivalent: Figure,
    crossTolerance: Figure,
    riskReduction: RiskRule,
    screening: ScreeningRule,
    flags: [PatientFlag],
    neverIntrathecal: [String: Refusal],
    reviewBy: String
  ) {
    self.drugs = drugs
    self.equivalentTable = equivalentTable
    self.ratioTable = ratioTable
    self.startingRatios = startingRatios
    self.baclofenRatio = baclofenRatio
    self.backToOral = backToOral
    self.rotations = rotations
    self.toleranceDays = toleranceDays
    self.toleranceEquivalent = toleranceEquivalent
    self.crossTolerance = crossTolerance
    self.riskReduction = riskReduction
    self.screening = screening
    self.flags = flags
    self.neverIntrathecal = neverIntrathecal
    self.reviewBy = reviewBy
  }
}

/// One drug, as a conversion sees it.
struct DrugRule: Sendable {
  let id: String
  let isOpioid: Bool
  let isLipophilic: Bool
  /// By route: how a daily amount becomes oral morphine.
  let equivalents: [EquivalentRule?]
  /// By route: which daily amounts are believable.
  let windows: [PlausibleWindow?]
  /// By route: from which daily amount a patient counts as tolerant.
  let tolerance: [Figure?]
  let intrathecal: IntrathecalRule?
}

/// How an amount of a drug becomes oral morphine equivalents.
struct EquivalentRule: Sendable {
  /// Ranges of the daily amount that follow each other without gap, each with its factor.
  let tiers: [EquivalentTier]
  /// Patch strengths with a factor of their own.
  let overrides: [(strength: ExactNumber, factor: Figure)]
  /// Why no dose may be derived from the equivalents, where that is so.
  let refusal: String?
  let source: String

  /// The factor for a daily amount; nil where the table has none.
  func factor(for amount: ExactNumber) -> Figure? {
    if let own = overrides.first(where: { $0.strength == amount }) { return own.factor }
    return tiers.first { tier in amount > tier.above && tier.upTo.map { amount <= $0 } ?? true }?.factor
  }
}

/// One range of daily amounts with its factor.
struct EquivalentTier: Sendable {
  let above: ExactNumber
  let upTo: ExactNumber?
  let factor: Figure
}

/// The daily amounts of a drug that are ordinary, odd and impossible, in mg or, for patches, mcg/h.
struct PlausibleWindow: Sendable {
  let impossibleBelow: ExactNumber
  let oddBelow: ExactNumber
  let oddAbove: ExactNumber
  let impossibleAbove: ExactNumber
  let unit: String
  let source: String
}

/// What label and consensus say about a drug in the CSF.
struct IntrathecalRule: Sendable {
  let unit: DoseRate.Unit
  let labelNaive: StartRange?
  let labelTolerant: StartRange?
  /// Upper ends of consensus and guideline ranges.
  let consensus: [StartRange]
  let firstDayCap: Figure?
  let limit: Figure?
  let monitoring: [Notice]
}

/// A published range for a first dose, in the unit of its drug.
struct StartRange: Sendable {
  let low: ExactNumber
  let high: Figure
  let basis: String
}

/// A ratio table, from mg to mg.
struct RatioRule: Sendable {
  let id: String
  let low: Figure
  let high: Figure
  /// The ratio for an estimate; nil where the source gives a range only.
  let start: Figure?
  let settings: Set<String>
  let forStarting: Bool

  func admits(_ indication: Indication) -> Bool { settings.contains(indication.rawValue) }
}

/// What is known about changing from one intrathecal opioid to another.
struct Rotations: Sendable {
  let morphineToHydromorphone: IntrathecalRatio
  let hydromorphoneToMorphine: IntrathecalRatio
  let lipophilicRefusal: Refusal
}

/// A ratio between two intrathecal opioids, with the end that gives the lower dose.
struct IntrathecalRatio: Sendable {
  let low: Figure
  let high: Figure
}

/// Why something is not done.
struct Refusal: Sendable {
  let reason: String
  let source: String
}

/// The one further reduction for patients at risk.
struct RiskRule: Sendable {
  let factor: Figure
  let ageYears: Figure
}

/// The part of the baclofen screening protocol that decides a first dose.
struct ScreeningRule: Sendable {
  let largestBolus: Figure
  let factor: Figure
  let prolongedFactor: Figure
  let prolongedAboveHours: Figure
}
