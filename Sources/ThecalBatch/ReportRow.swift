public import ThecalConversion
public import ThecalDosing

/// One result as a page shows it.
public struct ReportRow: Hashable, Sendable {
  /// The patient.
  public let patient: String
  /// What is taken, as it was written.
  public let drugs: String
  /// The drug of the pump.
  public let target: String
  /// What is known about the patient.
  public let facts: Patient
  /// The result itself.
  public let conversion: Conversion

  init(_ result: PatientResult, patient: String) {
    self.patient = patient
    drugs = result.echo
    target = result.target
    facts = result.patient
    conversion = result.conversion
  }
}
