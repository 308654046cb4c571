import ThecalDosing
import ThecalFormulary
import ThecalKinetics
public import ThecalPlan
import ThecalQuantities
import ThecalTitration
import ThecalTransport

/// What `thecal timeline` reads: a pump's programme, or a plan of titration that gives one, and the medicines beside it
/// with how they are taken back.
public struct TimelineScenario: Hashable, Sendable {
  /// What it asks for; the programme of a plan is empty until the plan is computed.
  public let request: TimelineRequest
  let titration: TitrationScenario?
  let places: InputPlaces

  /// Reads a timeline from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    try self.init(ScenarioNode(yaml: yaml, file: file))
  }

  /// The timeline in `top`, whose `table` may hold keys that belong to something else.
  init(_ top: ScenarioNode, _ table: KeyTable = .timeline) throws(ScenarioError) {
    let isPlan = try top.members(table)["program"] == nil
    let titration = isPlan ? try TitrationScenario(top, table) : nil
    if let diary = titration?.diary { throw diary.place.error("a timeline takes observations, not a diary") }
    let members = try top.members(isPlan ? table : .timelineProgramme)
    let drug = members["drug"] ?? top
    let name = try drug.text().lowercased()
    let tip = try members["catheter"].map(SimulationScenario.tip) ?? Placed(.level("T10"), at: top.place)
    let schedule = try members["program"].map { node throws(ScenarioError) in
      try SimulationScenario.schedule(node).0
    }
    let output = try Self.output(
      members["output"] ?? top, isGiven: members["output"] != nil,
      days: titration?.request.days ?? Self.usualDays)
    var input = TransportInput(
      drug: name, tip: tip.value,
      schedule: schedule ?? DeliverySchedule(rates: [.init(start: .zero, rate: .zero)]),
      parameters: try TransportParameters(members["parameters"]),
      cells: try members["cells"]?.count() ?? Self.usualCells, every: output.every,
      until: output.until, sites: output.sites.map(\.value))
    for entry in members["systemic"]?.items ?? [] {
      input.systemic.append(try SystemicDosing(entry, of: name))
    }
    if let plasma = members["plasma"] { input.plasma = try KineticParameters(plasma, of: name) }
    var medicines: [MedicineCourse] = []
    var problems = SimulationScenario.impossibleVolumes(of: input.schedule)
    for item in members["medications"]?.items ?? [] {
      if let course = try MedicineCourse(item, &problems) { medicines.append(course) }
    }
    request = TimelineRequest(input: input, medicines: medicines, problems: problems)
    self.titration = titration
    places = InputPlaces(top: top.place, drug: drug.place, sites: [tip] + output.sites)
  }

  /// Four weeks, where nothing else is said.
  private static let usualDays = 28

  /// Weeks of steps need less than the tip of a bolus does.
  private static let usualCells = 200

  private static func output(
    _ node: ScenarioNode, isGiven: Bool, days: Int
  ) throws(ScenarioError) -> (every: Time, until: Time, sites: [Placed<CanalSite>]) {
    let members = isGiven ? try node.members() : [:]
    let every: Time = try members["every"]?.positive() ?? Time(6, .hours)
    let until: Time = try members["until"]?.positive() ?? Time(ExactNumber(days), .days)
    guard until >= every, (until / every).double <= 100_000 else {
      throw (members["until"] ?? members["every"] ?? node).error("ask for one row to 100000 rows")
    }
    guard let at = members["at"] else {
      return (every, until, [CanalSite.tip, .cranial, .plasma].map { Placed($0, at: node.place) })
    }
    return (every, until, try SimulationScenario.sites(at))
  }
}

extension Timeline {
  /// The timeline that `scenario` describes.
  ///
  /// - Throws: `ScenarioError` naming the place in the file.
  public init(_ scenario: TimelineScenario) throws(ScenarioError) {
    guard let titration = scenario.titration else {
      do throws(InputProblem) { try self.init(scenario.request) } catch {
        throw scenario.places.located(error)
      }
      return
    }
    let plan = try TitrationPlan(titration)
    do throws(InputProblem) { try self.init(scenario.request, following: plan) } catch {
      throw scenario.places.located(error)
    }
  }
}

extension MedicineCourse {
  /// Reads `morphine oral 60 mg bid`, or the same under `take` with when it begins, ends and is taken back:
  ///
  ///     - {take: oxycodone oral 20 mg q6h, from: 0 day, wean: {by: 25 %, every: 2 day, from: 3 day}}
  ///
  /// Nil where the words are no medicine, which `problems` then says.
  init?(_ node: ScenarioNode, _ problems: inout [Finding]) throws(ScenarioError) {
    let members = node.isMapping ? try node.members() : ["take": node]
    let take = members["take"] ?? node
    guard let words = MedicineWords(try take.text()) else {
      throw take.error("write drug, route, dose, unit and frequency: oxycodone oral 20 mg q6h")
    }
    let read = DosingRules.standard.read(words, line: take.place.line ?? 0)
    problems += read.problems
    // What has no begin has been taken long before; what ends at 0 h stops when the pump starts.
    let begin: Time? = try members["from"]?.positive(orZero: true)
    let start = begin ?? .zero
    let end: Time? = try members["until"]?.positive(orZero: true)
    if let end, end < start { throw (members["until"] ?? node).error("must not come before 'from'") }
    let weaning = try members["wean"].map { node throws(ScenarioError) in try Weaning(node, after: start) }
    guard let medicine = read.medicine else { return nil }
    let person = try Self.person(members["model"], to: medicine)
    self.init(
      medicine, before: begin == nil ? medicine : nil, from: start, until: end, weaning: weaning,
      person: person)
  }

  /// The model that is named, else the first that is known for drug and route.
  private static func person(
    _ node: ScenarioNode?, to medicine: Medicine
  ) throws(ScenarioError) -> KineticParameters? {
    if let node { return try KineticParameters(node, of: medicine.drug) }
    let known = Formulary.embedded.systemicModels.filter {
      $0.drug == medicine.drug && $0.route == medicine.route
    }
    let usual = known.first { $0.formulation == "immediate release" } ?? known.first
    return usual.flatMap { PublishedModel($0) }.flatMap { try? $0.typical() }
  }
}

extension MedicineCourse.Weaning {
  fileprivate init(_ node: ScenarioNode, after start: Time) throws(ScenarioError) {
    let members = try node.members()
    let by = members["by"] ?? node
    let share: Ratio = try by.positive()
    // A thousand steps are more than anyone makes.
    guard share >= Ratio(0.1, .percent), share <= Ratio(100, .percent) else {
      throw by.error("must lie between 0.1 % and 100 %")
    }
    let interval: Time = try (members["every"] ?? node).positive()
    let first: Time = try members["from"]?.positive(orZero: true) ?? start
    guard first >= start else { throw (members["from"] ?? node).error("is before the medicine begins") }
    self.init(by: share.exactValue(in: .one), every: interval, from: first)
  }
}
