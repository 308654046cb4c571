import Glibc
package import ThecalFormulary
import ThecalQuantities
import ThecalStatistics

/// The counts that calibrate one effect of one drug, and how their probabilities follow from the parameters.
struct ModelProblem: Sendable {
  let drug: String
  let effect: String
  let rows: [IncidenceCount]
  let single: EffectFits.Exposure
  let continuous: EffectFits.Exposure
  private let record: EffectModel
  private let factor: Double

  /// The effect under which counts of too little stand.
  static let tooLittle = "inadequate_relief"
  /// From so many studies on, they deviate from each other.
  static let deviating = 3

  /// The problem; nil where nothing is on record or nothing counted.
  init?(_ effect: String, of drug: String, _ formulary: Formulary, renewing: Bool) {
    guard let found = formulary.effects.effect(effect, of: drug),
      let record = EffectModel(record: found, formulary)
    else { return nil }
    let counted = record.toxic == nil ? Self.tooLittle : effect
    rows = formulary.incidence(of: counted, drug: drug).filter {
      $0.calibrates != nil && $0.events != nil && $0.n != nil
    }
    guard !rows.isEmpty else { return nil }
    self.drug = drug
    self.effect = effect
    self.record = record
    factor = record.factor(enough: formulary.harms.window) ?? 1
    if !renewing, let known = formulary.fit(effect, of: drug) {
      (single, continuous) = (known.single, known.continuous)
    } else {
      guard let once = Self.exposure(record, isSingle: true, formulary),
        let steady = Self.exposure(record, isSingle: false, formulary)
      else { return nil }
      (single, continuous) = (once, steady)
    }
  }

  private init(_ other: ModelProblem, rows: [IncidenceCount]) {
    (drug, effect, record, factor) = (other.drug, other.effect, other.record, other.factor)
    (single, continuous) = (other.single, other.continuous)
    self.rows = rows
  }

  /// The same problem without a study.
  func leaving(_ study: String) -> ModelProblem {
    ModelProblem(self, rows: rows.filter { $0.citation.source != study })
  }

  private static func exposure(_ model: EffectModel, isSingle: Bool, _ formulary: Formulary) -> EffectFits
    .Exposure?
  {
    let isToxic = model.toxic != nil
    let study = UnitStudy(
      drug: model.record.drug, isSingle: isSingle, tip: RiskRequest.usualTip(isSingle: isSingle), gap: nil,
      seed: ModelFit.seed, effect: isToxic ? nil : model, toxic: isToxic ? model : nil, formulary)
    guard let people = try? study?.people(ModelFit.people) else { return nil }
    return EffectFits.Exposure(of: people.compactMap { isToxic ? $0.toxic : $0.wanted })
  }

  /// The ids of the studies, in the order of the data.
  var studies: [String] {
    rows.map(\.citation.source).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether studies deviate: where three or more speak.
  var deviates: Bool { studies.count >= Self.deviating }

  /// Parameter names, ln τ last where studies deviate.
  var names: [String] {
    (isToxic ? DepressionCurve.names : ReliefCurve.names) + (deviates ? ["ln_deviation"] : [])
  }

  /// Where to begin.
  var start: [Double] {
    let own =
      isToxic ? [log(2_000.0), 0, -5] : [-1.3, -1.3, log(record.curve.half), log(log(record.spread))]
    return own + (deviates ? [log(0.4)] : [])
  }

  private var isToxic: Bool { record.toxic != nil }

  /// The probability of a count with these parameters.
  func probability(of row: IncidenceCount, _ parameters: [Double]) -> Double {
    let stage = row.calibrates ?? .single
    let exposure = stage == .single ? single : continuous
    let dose = row.baseDose
    let share: Double
    if isToxic {
      let curve = DepressionCurve(parameters)
      share = stage == .single ? curve.naive(dose ?? 0, exposure) : curve.settled(dose, exposure)
    } else {
      share = ReliefCurve(parameters).inadequate(dose, factor: factor, stage, exposure)
    }
    return min(max(share, Self.least), 1 - Self.least)
  }

  /// What is no probability in this world keeps a logarithm.
  private static let least = 1e-15

  /// The evidence for a posterior: of the counts, or of other `events` in the same people.
  func evidence(counting events: [Int]? = nil) -> CountEvidence {
    let studies = studies
    let seen = events ?? rows.map { $0.events ?? 0 }
    let counts = zip(rows, seen).map { row, events in
      CountEvidence.Count(
        study: studies.firstIndex(of: row.citation.source) ?? 0, events: Double(events), n: Double(row.n ?? 0)
      )
    }
    let (half, spread, isToxic) = (log(record.curve.half), log(record.spread), isToxic)
    return CountEvidence(
      counts, parameters: isToxic ? DepressionCurve.names.count : ReliefCurve.names.count, deviates: deviates,
      logits: { point in rows.map { LogisticRegression.logit(probability(of: $0, point)) } },
      logPrior: { point in
        isToxic ? DepressionCurve.logPrior(point) : ReliefCurve.logPrior(point, lnHalf: half, spread: spread)
      })
  }
}

extension ModelFit {
  /// The effect under which the counts of a model stand.
  static func counted(_ effect: String) -> String {
    effect == "relief" || effect == "ashworth" ? ModelProblem.tooLittle : effect
  }
}

extension EffectModel {
  /// The least effect that is enough: half of the pain, or the points down to the score aimed at; nil for a feared effect.
  package func enough(_ window: HarmRecords.Window) -> Double? {
    guard toxic == nil else { return nil }
    return record.effect == "relief"
      ? window.reliefPercent.value.double / 100 : baseline - window.ashworth.value.double
  }

  /// How many times EC₅₀ the level is that is enough; nil where none is.
  package func factor(enough window: HarmRecords.Window) -> Double? {
    enough(window).flatMap(curve.level(for:)).map { $0 / curve.half }
  }
}

extension IncidenceCount {
  /// The dose at which the count stands, in µg or µg/h; nil where the source gives none.
  package var baseDose: Double? {
    guard let dose, let standing = dose.standing?.double else { return nil }
    return Mass.unit(named: dose.unit).map { Mass(1, $0).base * standing }
      ?? DoseRate.unit(named: dose.unit).map { DoseRate(1, $0).base * standing }
  }
}
