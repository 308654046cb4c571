public import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// What is to be converted.
public struct ConversionRequest: Hashable, Sendable {
  /// The medicines that are taken now.
  public var medicines: [Medicine]
  /// Oral morphine equivalents in mg/day of an opioid that is not named; nil where the medicines say it all.
  public var statedEquivalent: ExactNumber?
  /// The id of the drug wanted.
  public var target: String
  /// The route wanted: intrathecal, or oral for the way back.
  public var targetRoute: AdministrationRoute
  /// Drugs of the pump that go on beside the target.
  public var continuing: [String] = []
  /// What is known about the patient.
  public var patient: Patient

  /// A request to convert `medicines` to `target`.
  public init(
    medicines: [Medicine], target: String, targetRoute: AdministrationRoute = .intrathecal,
    patient: Patient = Patient()
  ) {
    self.medicines = medicines
    self.target = target
    self.targetRoute = targetRoute
    self.patient = patient
  }

  /// A request for a patient of whom only the oral morphine equivalents are known, in mg/day.
  public init(equivalent: ExactNumber, target: String, patient: Patient = Patient()) {
    self.init(medicines: [], target: target, patient: patient)
    statedEquivalent = equivalent
  }
}
