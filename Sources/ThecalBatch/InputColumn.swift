/// The columns that are read; all others are carried along.
enum InputColumn: String, CaseIterable {
  case patientID = "patient_id"
  case drug, route, dose, unit, frequency
  case targetDrug = "target_drug"
  case targetRoute = "target_route"
  case indication
  case opioidDays = "opioid_days"
  case ageYears = "age_years"
  case weight = "weight_kg"
  case frail
  case sleepApnea = "sleep_apnea"
  case cnsDepressants = "cns_depressants"
  case psychosisHistory = "psychosis_history"
  case screeningBolus = "screening_bolus"
  case screeningEffect = "screening_effect"
  case screeningResponse = "screening_response"
  case residualEquivalent = "residual_mme"
  case pump, reservoir, concentration
  case fillDate = "fill_date"
  case alarmVolume = "alarm_volume"
  case anticoagulant, pregnancy, allergy, renal

  /// Columns without which a file cannot be read at all.
  static let required: [InputColumn] = [.patientID, .drug, .dose, .unit]

  /// Columns that say something about the patient rather than about one medicine.
  static let facts: [InputColumn] = allCases.filter {
    ![.patientID, .drug, .route, .dose, .unit, .frequency, .targetDrug, .targetRoute].contains($0)
  }

  /// Where the column stands in tables with one entry a column.
  var index: Int { InputColumn.positions[self] ?? 0 }

  private static let positions = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
