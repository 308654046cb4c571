package import ThecalFormulary

/// Why an effect of a drug has no curve that follows the dose.
package struct CurveAbsence: Hashable, Sendable {
  /// What is missing.
  package enum Reason: Int, Hashable, Sendable, CaseIterable {
    /// Nobody counted it with this drug given intrathecally.
    case notCounted
    /// It was counted after another way of giving alone.
    case otherRoute
    /// Sources print percentages or words, without people.
    case noPeople
    /// It was counted, and nobody read where.
    case unread
    /// It was counted, and no source says at which dose.
    case noDose
    /// It was counted at one dose alone.
    case oneDose
    /// It was counted at several doses, in no two of them in the same population and by the same definition.
    case notComparable
  }

  /// The drug.
  package let drug: String
  /// The effect.
  package let effect: String
  /// What is missing.
  package let reason: Reason

  /// Every effect of every drug that is given intrathecally, or of one, without a curve among `fits` and without a model; most
  /// harmful effects first.
  package static func all(drug: String? = nil, beside fits: [RiskFit], in formulary: Formulary)
    -> [CurveAbsence]
  {
    let curves = Set(fits.map { "\($0.drug) \($0.effect)" })
    return formulary.drugs.filter { $0.intrathecal != nil && (drug == nil || $0.id == drug) }.flatMap {
      drug in
      formulary.harms.effects.compactMap { effect in
        let names = ([effect.id] + (effect.together ?? [])).map { "\(drug.id) \($0)" }
        let hasModel = ModelFit.effects.contains {
          ModelFit.counted($0) == effect.id && formulary.fit($0, of: drug.id) != nil
        }
        if hasModel || !curves.isDisjoint(with: names) { return nil }
        let rows = formulary.incidence.filter {
          $0.drug == drug.id && ($0.effect == effect.id || effect.together?.contains($0.effect) == true)
        }
        return CurveAbsence(drug: drug.id, effect: effect.id, reason: reason(rows))
      }
    }
  }

  /// What is missing in `rows`, which no curve goes through.
  static func reason(_ rows: [IncidenceCount]) -> Reason {
    if rows.isEmpty { return .notCounted }
    let here = rows.filter { $0.route == AdministrationRoute.intrathecal.rawValue }
    if here.isEmpty { return .otherRoute }
    let counted = here.filter { $0.events != nil && $0.n != nil }
    if counted.isEmpty { return .noPeople }
    let read = counted.filter(\.citation.verified)
    if read.isEmpty { return .unread }
    let doses = Set(
      read.compactMap { row in row.dose.flatMap { dose in dose.standing.map { "\($0) \(dose.unit)" } } })
    return doses.isEmpty ? .noDose : doses.count == 1 ? .oneDose : .notComparable
  }
}
