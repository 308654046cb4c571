import ThecalDosing
import ThecalQuantities
import ThecalResponse

/// What was entered about a patient, and what was not, by the names of a clinic's columns.
struct PatientWords {
  /// What was entered: `age_years 80`.
  let entered: [String]
  /// What was not stated although a rule would have used it.
  let notStated: [String]

  /// The words for `patient`, to whom `drug` is to be given.
  init(_ patient: Patient, drug: String) {
    let isOpioid = DosingRules.standard.drug(drug)?.isOpioid ?? false
    func number(_ value: ExactNumber?) -> String? { value.map { ClinicalText.number($0) } }
    func answer(_ value: Bool?) -> String? { value.map { $0 ? "yes" : "no" } }
    // The value as words, and whether a rule for this drug asks for it.
    let facts: [(name: String, value: String?, asked: Bool)] = [
      ("indication", patient.indication?.rawValue.replacingUnderscores, true),
      ("opioid_days", number(patient.opioidDays), isOpioid), ("age_years", number(patient.ageYears), true),
      ("weight_kg", patient.weight.map { number($0.exactValue(in: .kilograms)) ?? "" }, false),
      ("frail", answer(patient.frail), isOpioid), ("sleep_apnea", answer(patient.sleepApnea), isOpioid),
      ("cns_depressants", answer(patient.cnsDepressants), isOpioid),
      ("residual_mme", number(patient.residualEquivalent), isOpioid),
      ("psychosis_history", answer(patient.psychosisHistory), drug == "ziconotide"),
      (
        "screening_bolus", patient.screening.map { ClinicalText.mass($0.bolus) },
        DosingRules.standard.drug(drug)?.intrathecal?.screening != nil
      ),
      (
        "screening_effect", patient.screening?.effect.map { ClinicalText.quantity($0, in: .hours) },
        patient.screening != nil
      ),
      ("screening_response", answer(patient.screeningResponse), false),
      ("anticoagulant", answer(patient.anticoagulant), true), ("pregnancy", answer(patient.pregnancy), true),
      ("renal", answer(patient.renal), true), ("allergy", patient.allergy, true),
      ("monitored", answer(patient.isMonitored), false),
    ]
    func words(_ name: String) -> String {
      name.replacingUnderscores.replacing("cns", with: "CNS").replacing("mme", with: "MME")
    }
    entered = facts.compactMap { fact in fact.value.map { "\(words(fact.name)) \($0)" } }
    notStated = facts.filter { $0.asked && $0.value == nil }.map { words($0.name) }
  }
}
