package import ThecalQuantities

/// What is asked: a drug, a dose, and what else bears on the risk.
package struct RiskRequest: Hashable, Sendable {
  /// A dose once or every day.
  package enum Dose: Hashable, Sendable {
    /// One injection.
    case single(Mass)
    /// An infusion.
    case continuous(DoseRate)
  }

  /// The name of the drug.
  package var drug: String
  /// The dose.
  package var dose: Dose
  /// How long the delivery has stopped; nil where it has not.
  package var interruption: Time?
  /// Oral morphine equivalent that goes on beside the pump.
  package var residualMorphine: DoseRate?
  /// Facts about the patient that raise a risk, by the names of the table of conversions' columns.
  package var facts: Set<String> = []
  /// Age, years.
  package var age_years: Double?
  /// The concentration in the pump.
  package var concentration: Concentration?
  /// Time on the drug.
  package var months: Double?
  /// Yearly rise of the dose, as a share.
  package var yearlyRise: Double?
  /// The vertebral level at which the catheter ends and the drug is to act.
  package var tip = "T10"
  /// The largest share of patients with a toxic level, and without the wanted effect, in the window of doses; nil
  /// takes those of the data.
  package var mostToxic: Double?, mostInadequate: Double?
  /// Number of virtual patients; zero leaves the models out.
  package var patients = 400
  /// The seed from which they are drawn.
  package var seed: UInt64 = 1

  /// A request.
  package init(drug: String, dose: Dose) {
    self.drug = drug
    self.dose = dose
  }
}
