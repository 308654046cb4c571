public import ThecalQuantities

/// What `thecal titrate` reads: a drug, a patient, a target, and what has been observed so far.
public struct TitrationScenario: Hashable, Sendable {
  /// What the titration is to reach.
  public enum Target: Hashable, Sendable {
    /// A daily dose.
    case dose(DoseRate)
    /// A reduction of pain, 0 … 1.
    case relief(Double)
    /// A score on the Ashworth scale, 0 … 4.
    case ashworth(Double)
    /// A concentration in CSF at a site.
    case level(Concentration, at: Placed<ScenarioPosition>)
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

  /// The bolus that answered, and how long.
  public struct Screening: Hashable, Sendable {
    /// The smallest bolus that answered.
    public let bolus: Mass
    /// How long its effect lasted; nil where that is not known.
    public let effect: Time?
  }

  /// A level that must not be passed.
  public struct Limit: Hashable, Sendable {
    /// The level.
    public let level: Concentration
    /// Where.
    public let site: Placed<ScenarioPosition>
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
    /// Where it stands.
    public let place: Place

    /// What was seen on a day.
    package init(
      day: Double, dose: DoseRate, pain: Double?, ashworth: Double?, sideEffects: [String], place: Place
    ) {
      (self.day, self.dose, self.pain, self.ashworth) = (day, dose, pain, ashworth)
      (self.sideEffects, self.place) = (sideEffects, place)
    }
  }

  /// The drug.
  public let drug: Placed<String>
  /// `cancer`, `noncancer`, `spasticity_spinal` or `spasticity_cerebral`.
  public let indication: String?
  /// Age, years.
  public let age_years: Double?
  /// Whether an opioid has been taken long enough for tolerance; nil where that is not known.
  public let isTolerant: Bool?
  /// Whether the patient is watched as the label asks; nil where that is not said.
  public let isMonitored: Bool?
  /// Whether there is a history of psychosis; nil where that is not known.
  public let psychosisHistory: Bool?
  /// What the oral opioids add up to, as oral morphine.
  public let oralMorphine: DoseRate?
  /// Where the catheter ends.
  public let tip: Placed<ScenarioPosition>
  /// The segment at which the drug is to act; nil for the tip.
  public let segment: Placed<ScenarioPosition>?
  /// Parameters of the transport model that differ from the defaults.
  public let parameters: ScenarioParameters
  /// The name of the pump.
  public let pump: Placed<String>?
  /// What is in it.
  public let concentration: Concentration?
  /// The bolus that answered.
  public let screening: Screening?
  /// The trial to plan, if one is wanted instead of a titration.
  public let trial: Placed<TrialSettings>?
  /// A first dose below what the rules allow.
  public let start: DoseRate?
  /// A daily dose that is not passed.
  public let ceiling: DoseRate?
  /// What is to be reached.
  public let target: Placed<Target>?
  /// How the steps are chosen.
  public let method: Method
  /// Levels that must not be passed.
  public let limits: [Limit]
  /// Pain before the treatment, 0 … 10, or Ashworth score, 0 … 4.
  public let baseline: Double?
  /// What was seen so far.
  public private(set) var observations: [Observation]
  /// A diary that says it instead, relative to the plan's file.
  public let diary: Placed<String>?
  /// Days to plan for.
  public let days: Int
  /// Whether limits are to hold for most of a population, and not for the median patient alone.
  public let isRobust: Bool
  /// Number of virtual patients.
  public let population: Int
  /// The seed from which they are drawn.
  public let seed: UInt64
  /// The share of them who may pass a limit.
  public let exceeding: Double
  /// Where the file's top stands.
  public let place: Place

  private static let keys = [
    "drug", "indication", "age_years", "opioid_tolerant", "monitored", "psychosis_history", "oral_mme",
    "catheter", "segment", "parameters", "pump", "concentration", "screening", "trial", "start", "ceiling",
    "target", "protocol", "limits", "baseline", "observations", "diary", "days",
    "population",
  ]

  /// Reads a plan from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    let top = try ScenarioNode(yaml: yaml, file: file)
    let members = try top.members(known: Self.keys, required: ["drug"])
    place = top.place
    let drugNode = members["drug"] ?? top
    drug = Placed(try drugNode.text().lowercased(), at: drugNode.place)
    indication = try members["indication"]?.word(among: Self.indications)
    age_years = try members["age_years"]?.number(in: 0...130)
    isTolerant = try members["opioid_tolerant"]?.yesOrNo()
    isMonitored = try members["monitored"]?.yesOrNo()
    psychosisHistory = try members["psychosis_history"]?.yesOrNo()
    oralMorphine = try members["oral_mme"]?.positive(orZero: true)
    tip = try Self.tip(members["catheter"], top)
    segment = try members["segment"].map(Self.canalPosition)
    parameters = try ScenarioParameters(members["parameters"])
    pump = try members["pump"].map { node throws(ScenarioError) in Placed(try node.text(), at: node.place) }
    concentration = try members["concentration"]?.positive()
    screening = try Self.screening(members["screening"])
    trial = try members["trial"].map { node throws(ScenarioError) in
      Placed(try TrialSettings(node), at: node.place)
    }
    start = try members["start"]?.positive()
    ceiling = try members["ceiling"]?.positive()
    target = try Self.target(members["target"], tip: tip)
    method = try Self.choice(members["protocol"])?.value ?? .label
    limits = try Self.limits(members["limits"])
    baseline = try members["baseline"]?.number(in: 0...10)
    observations = try Self.observations(members["observations"])
    diary = try members["diary"].map { node throws(ScenarioError) in Placed(try node.text(), at: node.place) }
    if let diary, !observations.isEmpty { throw diary.place.error("write observations or a diary, not both") }
    days = try members["days"]?.count(in: 1...730) ?? Self.usualDays
    isRobust = members["population"] != nil
    (population, seed, exceeding) = try Self.population(members["population"])
  }

  /// The same plan with what a diary says.
  package func observing(_ seen: [Observation]) -> Self {
    var plan = self
    plan.observations = seen
    return plan
  }

  private static let indications = ["cancer", "noncancer", "spasticity_spinal", "spasticity_cerebral"]
  private static let usualDays = 60
  static let usualPopulation = 200
  static let usualShare = 0.1

  private static func tip(
    _ node: ScenarioNode?, _ top: ScenarioNode
  ) throws(ScenarioError) -> Placed<ScenarioPosition> {
    guard let node else { return Placed(.level("T10"), at: top.place) }
    let members = try node.members(known: ["tip"], required: ["tip"])
    return try canalPosition(members["tip"] ?? node)
  }

  private static func canalPosition(_ node: ScenarioNode) throws(ScenarioError) -> Placed<ScenarioPosition> {
    let position = try ScenarioPosition(node)
    switch position {
    case .level, .dermatome, .distance: return Placed(position, at: node.place)
    case .tip, .cranial, .plasma: throw node.error("name a level such as T10, or a distance from C1: 45 cm")
    }
  }

  /// A place where a level is read: along the canal, at the tip or in the cranial pool.
  static func site(_ node: ScenarioNode) throws(ScenarioError) -> Placed<ScenarioPosition> {
    let position = try ScenarioPosition(node)
    guard position != .plasma else {
      throw node.error("levels are limited and reached in CSF, not in plasma")
    }
    return Placed(position, at: node.place)
  }

  private static func choice<Choice: RawRepresentable & CaseIterable & Hashable & Sendable>(
    _ node: ScenarioNode?
  ) throws(ScenarioError) -> Placed<Choice>? where Choice.RawValue == String {
    guard let node else { return nil }
    let word = try node.word(among: Choice.allCases.map(\.rawValue))
    return Choice(rawValue: word).map { Placed($0, at: node.place) }
  }

  private static func screening(_ node: ScenarioNode?) throws(ScenarioError) -> Screening? {
    guard let node else { return nil }
    let members = try node.members(known: ["bolus", "effect"], required: ["bolus"])
    return Screening(
      bolus: try (members["bolus"] ?? node).positive(), effect: try members["effect"]?.positive())
  }

  private static func target(
    _ node: ScenarioNode?, tip: Placed<ScenarioPosition>
  ) throws(ScenarioError) -> Placed<Target>? {
    guard let node else { return nil }
    let members = try node.members(known: ["dose", "relief", "ashworth", "level", "at"])
    let named = ["dose", "relief", "ashworth", "level"].filter { members[$0] != nil }
    guard named.count == 1 else {
      throw node.error("a target is one of dose: 400 mcg/day, relief: 50 %, ashworth: 2, level: 600 ng/mL")
    }
    if let at = members["at"], members["level"] == nil { throw at.error("'at' belongs to a level") }
    let target: Target
    if let dose = members["dose"] {
      target = .dose(try dose.positive())
    } else if let relief = members["relief"] {
      target = .relief(try relief.number(in: 0.01...0.99))
    } else if let score = members["ashworth"] {
      target = .ashworth(try score.number(in: 0...4))
    } else {
      target = .level(try (members["level"] ?? node).positive(), at: try members["at"].map(site) ?? tip)
    }
    return Placed(target, at: node.place)
  }
}

extension ScenarioNode {
  /// One of a few words.
  func word(among known: [String]) throws(ScenarioError) -> String {
    let word = try text().lowercased()
    guard known.contains(word) else {
      throw error("'\(word)' is unknown; \(suggestion(for: word, among: known))")
    }
    return word
  }

  /// `yes` or `no`, also as YAML writes them.
  func yesOrNo() throws(ScenarioError) -> Bool {
    switch try text().lowercased() {
    case "yes", "true": true
    case "no", "false": false
    default: throw error("write yes or no")
    }
  }
}
