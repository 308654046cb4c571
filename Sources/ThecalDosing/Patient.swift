public import ThecalQuantities

/// What the treatment is for; decides which ratio tables speak for a patient.
public enum Indication: String, CaseIterable, Hashable, Sendable {
  case cancer, noncancer
  case spasticitySpinal = "spasticity_spinal"
  case spasticityCerebral = "spasticity_cerebral"

  /// Whether it is spasticity, of whatever origin.
  public var isSpasticity: Bool { self == .spasticitySpinal || self == .spasticityCerebral }
}

/// Whether a patient counts as opioid-tolerant. Source: `opioid_tolerance` of the rules.
public enum OpioidClass: String, Hashable, Sendable {
  /// At least the threshold dose, for at least 7 days.
  case tolerant
  /// Below the threshold, or for less than 7 days.
  case notTolerant = "not_tolerant"
  /// Dose or days are not stated.
  case unknown
}

/// The result of a baclofen screening bolus.
public struct Screening: Hashable, Sendable {
  /// The bolus that was effective.
  public var bolus: Mass
  /// How long its effect lasted; nil where not stated.
  public var effect: Time?

  /// A screening bolus and how long its effect lasted.
  public init(bolus: Mass, effect: Time? = nil) {
    self.bolus = bolus
    self.effect = effect
  }
}

/// What is known about a patient. A value that is nil is unknown, which is not the same as no.
public struct Patient: Hashable, Sendable {
  /// What the treatment is for; noncancer pain where not stated.
  public var indication: Indication?
  /// Days on the present opioid dose.
  public var opioidDays: ExactNumber?
  /// Whether a physician calls the patient opioid-tolerant, where dose and days are not listed.
  public var isStatedTolerant: Bool?
  /// Age in years.
  public var ageYears: ExactNumber?
  /// Weight.
  public var weight: BodyWeight?
  /// Frail.
  public var frail: Bool?
  /// Sleep apnea.
  public var sleepApnea: Bool?
  /// Other drugs that depress the central nervous system.
  public var cnsDepressants: Bool?
  /// A history of psychosis.
  public var psychosisHistory: Bool?
  /// The screening bolus.
  public var screening: Screening?
  /// Whether the screening bolus worked.
  public var screeningResponse: Bool?
  /// Systemic opioid that goes on beside the pump, oral morphine equivalents in mg/day.
  public var residualEquivalent: ExactNumber?
  /// Anticoagulation.
  public var anticoagulant: Bool?
  /// Pregnancy.
  public var pregnancy: Bool?
  /// Renal impairment.
  public var renal: Bool?
  /// What the patient is allergic to: `no`, `yes` or names.
  public var allergy: String?
  /// Whether the patient is watched as the labels ask for a first dose.
  public var isMonitored: Bool?

  /// A patient of whom nothing is known.
  public init() {}

  /// The indication that decides: noncancer pain where none is stated.
  public var decisiveIndication: Indication { indication ?? .noncancer }
}
