public import ThecalDosing
public import ThecalQuantities
public import ThecalTransport

/// What a titration is asked for: a drug, a patient, a target, and what has been observed so far.
public struct TitrationRequest: Hashable, Sendable {
  /// What the titration is to reach.
  public enum Target: Hashable, Sendable {
    /// A daily dose.
    case dose(DoseRate)
    /// A reduction of pain, 0 … 1.
    case relief(Double)
    /// A score on the Ashworth scale, 0 … 4.
    case ashworth(Double)
    /// A concentration in CSF at a site.
    case level(Concentration, at: CanalSite)
  }

  /// How the steps are chosen.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// The largest step that label or consensus allows, as often as they allow it.
    case label
    /// The steps that bring the level to its target soonest within the same rules.
    case optimal
  }

  /// How the drug is tried before a pump is implanted.
  public enum Trial: String, CaseIterable, Hashable, Sendable {
    /// One injection.
    case single
    /// Several injections on different days.
    case multiple
    /// An infusion that is raised until relief.
    case continuous
  }

  /// A level that must not be passed.
  public struct Limit: Hashable, Sendable {
    /// The level.
    public let level: Concentration
    /// Where.
    public let site: CanalSite

    /// A limit at a site.
    public init(level: Concentration, at site: CanalSite) {
      self.level = level
      self.site = site
    }
  }

  /// What was seen on one day.
  public struct Observation: Hashable, Sendable {
    /// Days since the start, the first day being 1.
    public let day: Double
    /// The daily dose since the observation before.
    public let dose: DoseRate
    /// Pain, 0 … 10.
    public let pain: Double?
    /// Ashworth score, 0 … 4.
    public let ashworth: Double?
    /// Side effects in words.
    public let sideEffects: [String]

    /// What was seen on a day.
    public init(
      day: Double, dose: DoseRate, pain: Double? = nil, ashworth: Double? = nil, sideEffects: [String] = []
    ) {
      (self.day, self.dose, self.pain, self.ashworth) = (day, dose, pain, ashworth)
      self.sideEffects = sideEffects
    }
  }

  /// The drug, by any of its names.
  public var drug: String
  /// What is known about the patient.
  public var patient = Patient()
  /// What the patient takes now; empty where it is not listed.
  public var medicines: [Medicine] = []
  /// What the oral opioids add up to, as oral morphine.
  public var oralMorphine: DoseRate?
  /// Where the catheter ends.
  public var tip = CanalSite.level("T10")
  /// The segment at which the drug is to act; nil for the tip.
  public var segment: CanalSite?
  /// Parameters of the transport model that differ from the defaults.
  public var parameters = TransportParameters()
  /// The name of the pump.
  public var pump: String?
  /// What is in it.
  public var concentration: Concentration?
  /// The trial to plan, if one is wanted instead of a titration.
  public var trial: TrialSettings?
  /// A first dose below what the rules allow.
  public var start: DoseRate?
  /// A daily dose that is not passed.
  public var ceiling: DoseRate?
  /// What is to be reached.
  public var target: Target?
  /// How the steps are chosen.
  public var method = Method.label
  /// Whether the slowest protocol on record is asked for instead of the label's.
  public var isSlow = false
  /// Levels that must not be passed.
  public var limits: [Limit] = []
  /// Pain before the treatment, 0 … 10, or Ashworth score, 0 … 4.
  public var baseline: Double?
  /// What was seen so far, in the order of the days.
  public var observations: [Observation] = []
  /// The date of day 1, for those who write dates beside days.
  public var firstDay: CalendarDate?
  /// Days to plan for, at least 1.
  public var days = 60
  /// Whether limits are to hold for most of a population, and not for the median patient alone.
  public var isRobust = false
  /// Number of virtual patients, at least 1.
  public var population = 200
  /// The seed from which they are drawn.
  public var seed: UInt64 = 1
  /// The share of them who may pass a limit.
  public var exceeding = 0.1

  /// A request of which only the drug is stated.
  public init(drug: String) { self.drug = drug }
}
