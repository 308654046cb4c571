import ThecalFormulary
import ThecalQuantities

/// What a conversion needs of the formulary, looked up once and laid out for use.
///
/// The tables that the user chose are already applied, so that a batch does not look anything up by name.
final class RuleBook: Sendable {
  let drugs: [String: DrugRule]
  let equivalentTable: String
  let ratioTable: RatioRule
  /// By indication: what the tables say together from which an intrathecal opioid may be started.
  let spans: [Indication: RatioSpan]
  let baclofenRatio: RatioRule
  let backToOral: RatioRule
  let rotations: Rotations
  let toleranceDays: Figure
  let toleranceEquivalent: Figure
  let crossTolerance: Figure
  let riskReduction: RiskRule
  let screening: ScreeningRule
  /// By target drug: the facts that stop or flag it; those under an empty name hold for every drug.
  let flags: [String: [PatientFlag]]
  let neverIntrathecal: [String: Refusal]
  let formulary: Formulary
  /// Whether a newer edition has replaced the table of equivalents.
  let isSuperseded: Bool
  /// Findings that come with most results, worded once.
  let crossToleranceNotice: Notice
  let toleranceUnknownNotice: Notice
  /// What the reductions add to the basis of a start.
  let crossToleranceBasis: String
  let riskBasis: String
  /// By the reasons that hold, as `RiskReasons.rawValue`.
  let riskNotices: [Notice]

  init(
    drugs: [String: DrugRule],
    equivalentTable: String,
    ratioTable: RatioRule,
    spans: [Indication: RatioSpan],
    baclofenRatio: RatioRule,
    backToOral: RatioRule,
    rotations: Rotations,
    toleranceDays: Figure,
    toleranceEquivalent: Figure,
    crossTolerance: Figure,
    riskReduction: RiskRule,
    screening: ScreeningRule,
    flags: [String: [PatientFlag]],
    neverIntrathecal: [String: Refusal],
    formulary: Formulary,
    isSuperseded: Bool
  ) {
    self.drugs = drugs
    self.equivalentTable = equivalentTable
    self.ratioTable = ratioTable
    self.spans = spans
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
    self.formulary = formulary
    self.isSuperseded = isSuperseded
    crossToleranceNotice = .crossTolerance(crossTolerance)
    toleranceUnknownNotice = .toleranceUnknown(toleranceDays)
    crossToleranceBasis = " x \(crossTolerance.value) cross-tolerance"
    riskBasis = " x \(riskReduction.factor.value) risk"
    riskNotices = (0..<16).map { reasons in
      .reducedForRisk(
        riskReduction.factor, RiskReasons(rawValue: reasons).words(from: riskReduction.ageYears.value))
    }
  }
}

extension RuleBook {
  /// The facts that matter for `target`.
  func flags(for target: String) -> [PatientFlag] { flags[target] ?? flags[""] ?? [] }
}

/// One drug, as a conversion sees it.
final class DrugRule: Sendable {
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

  init(
    _ drug: Drug, equivalents: [EquivalentRule?], windows: [PlausibleWindow?], tolerance: [Figure?]
  ) {
    id = drug.id
    isOpioid = drug.kind == .opioid
    isLipophilic = drug.lipophilic ?? false
    self.equivalents = equivalents
    self.windows = windows
    self.tolerance = tolerance
    intrathecal = drug.intrathecal.flatMap { IntrathecalRule($0, of: drug) }
  }
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
  let firstDayCapNotice: Notice?
  let limit: Figure?
  let monitoring: [Notice]
}

/// A published range for a first dose, in the unit of its drug.
struct StartRange: Sendable {
  let low: ExactNumber
  let high: Figure
  let basis: String
}

/// What all the tables say together from which a dose may be started for an indication.
final class RatioSpan: Sendable {
  /// The largest ratio, which gives the lowest dose.
  let largest: Figure
  /// Its name, as the basis of a start.
  let basis: String
  /// The smallest ratio, which gives the highest dose.
  let smallest: Figure

  /// The table that is named where several have the largest ratio.
  private static let usual = "leaflet_300"

  /// The span of `tables`, of which there is at least one.
  init?(_ tables: [RatioRule]) {
    guard let top = tables.max(by: { $0.high.value < $1.high.value }),
      let bottom = tables.min(by: { $0.low.value < $1.low.value })
    else { return nil }
    let first = tables.first { $0.id == RatioSpan.usual && $0.high.value == top.high.value } ?? top
    largest = first.high
    smallest = bottom.low
    basis = "ratio \(first.high.value) of \(first.id)"
  }
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

/// Why a patient gets half of a start.
struct RiskReasons: OptionSet {
  let rawValue: Int
  static let frail = RiskReasons(rawValue: 1)
  static let age = RiskReasons(rawValue: 2)
  static let sleepApnea = RiskReasons(rawValue: 4)
  static let depressants = RiskReasons(rawValue: 8)

  /// The reasons as people read them; `older` is the age from which age is one.
  func words(from older: ExactNumber) -> [String] {
    let all: [(RiskReasons, String)] = [
      (.frail, "frail"), (.age, "age \(older) or above"), (.sleepApnea, "sleep apnea"),
      (.depressants, "CNS depressants"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

/// The part of the baclofen screening protocol that decides a first dose.
struct ScreeningRule: Sendable {
  let largestBolus: Figure
  let factor: Figure
  let prolongedFactor: Figure
  let prolongedAboveHours: Figure
}
