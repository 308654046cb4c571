import ThecalFormulary
import ThecalQuantities

extension RiskAssessment {
  /// What raises the risk of this patient beyond what was counted in others. Nobody has measured by how much, so
  /// the reasons are given and no number is changed.
  static func raised(
    _ request: RiskRequest, _ drug: Drug, _ formulary: Formulary
  ) -> [(text: String, source: String, isVerified: Bool)] {
    var found: [(String, String, Bool)] = []
    let reduction = formulary.riskReduction
    if let residual = request.residualMorphine, residual > .zero, drug.kind == .opioid {
      found.append(
        (
          "Oral opioids go on beside the pump (\(ClinicalText.quantity(residual, in: .milligramsPerDay)) oral morphine "
            + "equivalent): respiratory depression and sedation add up.", "thecal_policy", false
        ))
    }
    for reason in reduction.reasons where request.facts.contains(reason.id) {
      found.append(("\(reason.text)", reason.citation.source, reason.citation.verified))
    }
    if let age = request.age_years, age >= 65, !request.facts.contains("age"),
      let reason = reduction.reasons.first(where: { $0.id == "age" })
    {
      found.append((reason.text, reason.citation.source, reason.citation.verified))
    }
    return found
  }

  /// What goes with masses at the catheter tip, and which of it holds here.
  static func massFactors(_ request: RiskRequest, _ formulary: Formulary) -> [(text: String, source: String)]
  {
    let harms = formulary.harms
    return harms.massFactors.map { factor in
      var here = ""
      switch factor.factor {
      case "dose":
        if case .continuous(let dose) = request.dose {
          here = " Here: \(ClinicalText.quantity(dose, in: .milligramsPerDay))."
        }
      case "concentration":
        if let concentration = request.concentration {
          let limit: Concentration? = harms.massConcentration.quantity()
          let isHigh = limit.map { concentration >= $0 } ?? false
          here =
            " Here: \(ClinicalText.quantity(concentration, in: .milligramsPerMilliliter)), "
            + (isHigh ? "at or above" : "below")
            + " the \(ClinicalText.number(harms.massConcentration.value)) mg/mL that one guide names "
            + "(\(harms.massConcentration.citation.source))."
        }
      case "yearly_rise":
        if let rise = request.yearlyRise {
          let percent = ExactNumber(rise * 100).rounded(toSignificantDigits: 3)
          here =
            " Here: \(ClinicalText.number(percent)) % a year"
            + (percent > harms.massYearlyRise.value
              ? ": more than doubling, so look for tolerance, a mass or a leak." : ".")
        }
      case "months":
        if let months = request.months { here = " Here: \(ClinicalText.number(ExactNumber(months))) months." }
      default: break
      }
      return (factor.statement.text + here, factor.statement.citation.source)
    }
  }
}
