/// The columns that are read; all others are carried along. Numbered, because every cell asks for its place.
enum InputColumn: Int, CaseIterable {
  case patientID, drug, route, dose, unit, frequency, targetDrug, targetRoute, indication
  case opioidDays, ageYears, weight, frail, sleepApnea, cnsDepressants, psychosisHistory
  case screeningBolus, screeningEffect, screeningResponse, residualEquivalent, pump, reservoir
  case concentration, fillDate, alarmVolume, anticoagulant, pregnancy, allergy, renal
  /// What `intake` says of a line: read, ask or skip; the code and the reason.
  case intake, intakeCode, intakeReason

  /// The name of the column in a header.
  var name: String { InputColumn.names[rawValue] }

  /// The column of that name; nil where it is none of these.
  init?(name: String) {
    guard let index = InputColumn.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: index)
  }

  /// In the order of the cases.
  private static let names = [
    "patient_id", "drug", "route", "dose", "unit", "frequency", "target_drug", "target_route",
    "indication", "opioid_days", "age_years", "weight_kg", "frail", "sleep_apnea",
    "cns_depressants", "psychosis_history", "screening_bolus", "screening_effect",
    "screening_response", "residual_mme", "pump", "reservoir", "concentration", "fill_date",
    "alarm_volume", "anticoagulant", "pregnancy", "allergy", "renal", "intake", "code", "reason",
  ]

  /// Columns that only have a meaning together.
  static let ofIntake: [InputColumn] = [.intakeCode, .intakeReason]

  /// Columns without which a file cannot be read at all.
  static let required: [InputColumn] = [.patientID, .drug, .dose, .unit]

  /// Columns that say something about the patient rather than about one medicine.
  static let facts: [InputColumn] = allCases.filter {
    ![
      .patientID, .drug, .route, .dose, .unit, .frequency, .targetDrug, .targetRoute, .intake, .intakeCode,
      .intakeReason,
    ].contains($0)
  }
}
