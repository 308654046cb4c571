import ThecalDosing
import ThecalFormulary
import ThecalPlan
import ThecalQuantities
public import ThecalTitration
import ThecalTransport

/// What `thecal titrate` reads: a drug, a patient, a target, and what has been observed so far.
public struct TitrationScenario: Hashable, Sendable {
  /// What it asks for.
  public private(set) var request: TitrationRequest
  /// A diary that says what was observed, relative to the plan's file.
  public let diary: Placed<String>?
  let places: InputPlaces

  /// Reads a plan from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    try self.init(ScenarioNode(yaml: yaml, file: file))
  }

  /// The plan in `top`, whose `table` may hold keys that belong to something else.
  init(_ top: ScenarioNode, _ table: KeyTable = .titrate) throws(ScenarioError) {
    let members = try top.members(table)
    let drug = members["drug"] ?? top
    var request = TitrationRequest(drug: try drug.text().lowercased())
    let tip = try Self.tip(members["catheter"], top)
    let segment = try members["segment"].map(Self.canalPosition)
    (request.tip, request.segment) = (tip.value, segment?.value)
    try Self.readPatient(members, into: &request)
    request.parameters = try TransportParameters(members["parameters"])
    request.pump = try members["pump"]?.text()
    request.concentration = try members["concentration"]?.positive()
    request.patient.screening = try Self.screening(members["screening"])
    request.isSlow = try members["slow"]?.yesOrNo() ?? false
    request.trial = try members["trial"].map { node throws(ScenarioError) in try TrialSettings(node) }
    request.start = try members["start"]?.positive()
    request.ceiling = try members["ceiling"]?.positive()
    let (target, targetSite) = try Self.target(members["target"], tip: tip)
    request.target = target
    let method = try members["protocol"]?.word()
    request.method = method.flatMap(TitrationRequest.Method.init) ?? .label
    let limits = try Self.limits(members["limits"])
    request.limits = limits.map { .init(level: $0.level, at: $0.site.value) }
    request.baseline = try members["baseline"]?.number()
    request.observations = try Self.observations(members["observations"])
    diary = try members["diary"].map { node throws(ScenarioError) in Placed(try node.text(), at: node.place) }
    if let diary, !request.observations.isEmpty {
      throw diary.place.error("write observations or a diary, not both")
    }
    request.firstDay = try members["first_day"]?.date()
    if let days = try members["days"]?.count() { request.days = days }
    try Self.readPopulation(members["population"], into: &request)
    self.request = request
    places = InputPlaces(
      top: top.place, drug: drug.place,
      sites: [tip] + [segment, targetSite].compactMap(\.self) + limits.map(\.site))
  }

  /// The same plan with what a diary says.
  package func observing(_ seen: [TitrationRequest.Observation]) -> Self {
    var plan = self
    plan.request.observations = seen
    return plan
  }

  private static func readPatient(
    _ members: [String: ScenarioNode], into request: inout TitrationRequest
  ) throws(ScenarioError) {
    var patient = Patient()
    let indication = try members["indication"]?.word()
    patient.indication = indication.flatMap { Indication(rawValue: $0) }
    patient.ageYears = try members["age_years"]?.exactNumber()
    let weight = try members["weight_kg"]?.exactNumber()
    patient.weight = weight.map { BodyWeight($0, .kilograms) }
    patient.opioidDays = try members["opioid_days"]?.exactNumber()
    patient.frail = try members["frail"]?.yesOrNo()
    patient.sleepApnea = try members["sleep_apnea"]?.yesOrNo()
    patient.cnsDepressants = try members["cns_depressants"]?.yesOrNo()
    patient.psychosisHistory = try members["psychosis_history"]?.yesOrNo()
    patient.anticoagulant = try members["anticoagulant"]?.yesOrNo()
    patient.pregnancy = try members["pregnancy"]?.yesOrNo()
    patient.renal = try members["renal"]?.yesOrNo()
    patient.allergy = try members["allergy"]?.text()
    patient.residualEquivalent = try members["residual_mme"]?.exactNumber()
    patient.isStatedTolerant = try members["opioid_tolerant"]?.yesOrNo()
    patient.isMonitored = try members["monitored"]?.yesOrNo()
    request.patient = patient
    request.medicines = try medicines(members["medications"])
    request.oralMorphine = try members["oral_mme"]?.positive(orZero: true)
    if let node = members["oral_mme"], !request.medicines.isEmpty {
      throw node.error("write medications or oral_mme, not both: the equivalents follow from the medicines")
    }
  }

  /// Medicines such as `oxycodone oral 20 mg q6h`, one to an item.
  static func medicines(_ node: ScenarioNode?) throws(ScenarioError) -> [Medicine] {
    var medicines: [Medicine] = []
    for item in node?.items ?? [] {
      // In a timeline an entry may say more than what is taken now.
      let taken = item.isMapping ? try item.members()["take"] ?? item : item
      let text = try taken.text()
      guard let words = MedicineWords(text) else {
        throw item.error("write drug, route, dose, unit and frequency: \"oxycodone oral 20 mg q6h\"")
      }
      let (medicine, problems) = DosingRules.standard.read(words)
      guard let medicine else { throw item.error("'\(text)' cannot be read: \(problems.readable)") }
      medicines.append(medicine)
    }
    return medicines
  }

  private static func tip(
    _ node: ScenarioNode?, _ top: ScenarioNode
  ) throws(ScenarioError) -> Placed<CanalSite> {
    guard let node else { return Placed(.level("T10"), at: top.place) }
    let members = try node.members()
    return try canalPosition(members["tip"] ?? node)
  }

  private static func canalPosition(_ node: ScenarioNode) throws(ScenarioError) -> Placed<CanalSite> {
    let position = try CanalSite(node)
    switch position {
    case .level, .dermatome, .distance: return Placed(position, at: node.place)
    case .tip, .cranial, .plasma: throw node.error("name a level such as T10, or a distance from C1: 45 cm")
    }
  }

  /// A place where a level is read: along the canal, at the tip or in the cranial pool.
  static func site(_ node: ScenarioNode) throws(ScenarioError) -> Placed<CanalSite> {
    let position = try CanalSite(node)
    guard position != .plasma else {
      throw node.error("levels are limited and reached in CSF, not in plasma")
    }
    return Placed(position, at: node.place)
  }

  private static func screening(_ node: ScenarioNode?) throws(ScenarioError) -> Screening? {
    guard let node else { return nil }
    let members = try node.members()
    return Screening(
      bolus: try (members["bolus"] ?? node).positive(), effect: try members["effect"]?.positive())
  }

  /// The target, and the site that it names.
  private static func target(
    _ node: ScenarioNode?, tip: Placed<CanalSite>
  ) throws(ScenarioError) -> (TitrationRequest.Target?, Placed<CanalSite>) {
    guard let node else { return (nil, tip) }
    let members = try node.members()
    guard node.chosen(members).count == 1 else {
      throw node.error("a target is one of dose: 400 mcg/day, relief: 50 %, ashworth: 2, level: 600 ng/mL")
    }
    if let at = members["at"], members["level"] == nil { throw at.error("'at' belongs to a level") }
    if let dose = members["dose"] {
      return (.dose(try dose.positive()), tip)
    }
    if let relief = members["relief"] {
      return (.relief(try relief.number()), tip)
    }
    if let score = members["ashworth"] {
      return (.ashworth(try score.number()), tip)
    }
    let place = try members["at"].map(site) ?? tip
    return (.level(try (members["level"] ?? node).positive(), at: place.value), place)
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

  /// A day of the calendar.
  func date() throws(ScenarioError) -> CalendarDate {
    let text = try text()
    do throws(CalendarDate.Problem) { return try CalendarDate(reading: text) } catch {
      throw self.error("'\(text)' \(error.explanation)")
    }
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

extension [Finding] {
  /// What is wrong, in the words of the input: the field, what stands there, and what to write.
  fileprivate var readable: String {
    map { finding in
      let words = finding.evidence.compactMap { if case .text(let text) = $0 { text } else { nil } }
      return [finding.place?.field ?? "", words.joined(separator: " ")].filter { !$0.isEmpty }.joined(
        separator: ": ")
    }.joined(separator: "; ")
  }
}
