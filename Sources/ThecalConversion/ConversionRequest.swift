public import ThecalFormulary
public import ThecalQuantities

/// How much of a drug is taken: an amount each time, or a rate.
public enum Amount: Hashable, Sendable {
  /// A mass, `frequency` times a day.
  case doses(Mass, Frequency)
  /// A rate; a patch in mcg/h, an infusion in mg/day.
  case rate(DoseRate)
}

/// One medicine as a patient takes it.
public struct Medicine: Hashable, Sendable {
  /// The drug's id in the formulary.
  public let drug: String
  /// How it is taken.
  public let route: AdministrationRoute
  /// How much of it.
  public let amount: Amount
  /// The line of the input it was read from, for messages; zero where there is none.
  public let line: Int

  /// A medicine.
  public init(drug: String, route: AdministrationRoute, amount: Amount, line: Int = 0) {
    self.drug = drug
    self.route = route
    self.amount = amount
    self.line = line
  }
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
public struct PatientFacts: Hashable, Sendable {
  /// What the treatment is for; noncancer pain where not stated.
  public var indication: Indication?
  /// Days on the present opioid dose.
  public var opioidDays: ExactNumber?
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

  /// A patient of whom nothing is known.
  public init() {}
}

/// What is to be converted.
public struct ConversionRequest: Hashable, Sendable {
  /// The medicines that are taken now.
  public var medicines: [Medicine]
  /// The id of the drug wanted.
  public var target: String
  /// The route wanted: intrathecal, or oral for the way back.
  public var targetRoute: AdministrationRoute
  /// What is known about the patient.
  public var facts: PatientFacts

  /// A request to convert `medicines` to `target`.
  public init(
    medicines: [Medicine], target: String, targetRoute: AdministrationRoute = .intrathecal,
    facts: PatientFacts = PatientFacts()
  ) {
    self.medicines = medicines
    self.target = target
    self.targetRoute = targetRoute
    self.facts = facts
  }
}
