import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension RiskAssessment {
  /// What raises the risk of this patient beyond what was counted in others. Nobody has measured by how much, so
  /// the reasons are given and no number is changed.
  static func raised(_ request: RiskRequest, _ drug: Drug, _ formulary: Formulary) -> [Finding] {
    let reduction = formulary.riskReduction
    var facts = request.facts
    if let age = request.age_years, let limit = reduction.ageYears, ExactNumber(age) >= limit.value {
      facts.insert("age")
    }
    var found: [Finding] = []
    if let residual = request.residualMorphine, residual > .zero, drug.kind == .opioid {
      found.append(DosingRules.residualOpioid(residual.exactValue(in: .milligramsPerDay)))
    }
    return found
      + reduction.reasons.filter { facts.contains($0.id) }.map {
        Finding(RiskTopic.raised, nil, .review, [.text($0.text)], citing: [$0.citation])
      }
  }

  /// What goes with masses at the catheter tip, and which of it holds here.
  static func massFactors(_ request: RiskRequest, _ formulary: Formulary) -> [Finding] {
    formulary.harms.massFactors.map { factor in
      let (topic, here) = holding(factor.factor, request, formulary.harms)
      return Finding(
        topic, nil, .note, [.text(factor.statement.text)] + here, citing: [factor.statement.citation])
    }
  }

  /// What is known of one factor in this patient.
  private static func holding(
    _ factor: String, _ request: RiskRequest, _ harms: HarmRecords
  ) -> (RiskTopic, [Evidence]) {
    switch factor {
    case "dose":
      if case .continuous(let dose) = request.dose { return (.massDose, [.dose(dose, .milligrams)]) }
    case "concentration":
      if let strength = request.concentration, let limit: Concentration = harms.massConcentration.quantity() {
        return (
          strength >= limit ? .massStrengthAbove : .massStrengthBelow,
          [
            .strength(strength, .milligrams), .strength(limit, .milligrams),
            .text(harms.massConcentration.source),
          ]
        )
      }
    case "yearly_rise":
      if let rise = request.yearlyRise {
        let percent = ExactNumber(rise * 100).rounded(toSignificantDigits: 3)
        return (
          percent > harms.massYearlyRise.value ? .massRiseFast : .massRise, [.amount(percent, "%")]
        )
      }
    case "months":
      if let months = request.months { return (.massMonths, [.number(ExactNumber(months))]) }
    default: break
    }
    return (.massFactor, [])
  }
}
