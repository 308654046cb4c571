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
  /// The worst risks of too much and of too little at the start, where they were asked for.
  public let risks: [String]

  init(_ result: PatientResult, patient: String, risks: [String] = []) {
    self.patient = patient
    self.risks = risks
    drugs = result.echo
    target = result.target
    facts = result.patient
    conversion = result.conversion
  }
}
