import ThecalKinetics
import ThecalQuantities
public import ThecalTransport

/// What `thecal simulate` reads: a drug, a catheter, a programme, and what is to be shown of it.
public struct SimulationScenario: Hashable, Sendable {
  /// What it asks for.
  public internal(set) var input: TransportInput
  package let places: InputPlaces
  /// The entries of the programme in the order of the file, as entries of the schedule.
  package let entries: [TransportSample.Entry]

  /// Reads a scenario from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    try self.init(ScenarioNode(yaml: yaml, file: file))
  }

  /// Reads a scenario that is a document, or stands in one.
  init(_ top: ScenarioNode) throws(ScenarioError) {
    let members = try top.members(.simulate)
    let drug = members["drug"] ?? top
    let name = try drug.text().lowercased()
    let tip = try Self.tip(members["catheter"] ?? top)
    let (schedule, entries) = try Self.schedule(members["program"] ?? top)
    let parameters = try TransportParameters(members["parameters"])
    let cells = try members["cells"]?.count() ?? TransportInput.usualCells
    let (rows, sites) = try Self.output(members["output"] ?? top)
    var input = TransportInput(
      drug: name, tip: tip.value, schedule: schedule, parameters: parameters, cells: cells, rows: rows,
      sites: sites.map(\.value))
    for entry in members["systemic"]?.items ?? [] {
      input.systemic.append(try SystemicDosing(entry, of: name))
    }
    if let plasma = members["plasma"] { input.plasma = try KineticParameters(plasma, of: name) }
    self.input = input
    places = InputPlaces(top: top.place, drug: drug.place, sites: [tip] + sites)
    self.entries = entries
  }

  /// More rows than this are a mistake in a unit, and would fill the memory.
  private static let mostRows = 1_000_000

  static func tip(_ node: ScenarioNode) throws(ScenarioError) -> Placed<CanalSite> {
    let members = try node.members()
    let tip = members["tip"] ?? node
    let position = try CanalSite(tip)
    switch position {
    case .level, .dermatome, .distance: return Placed(position, at: tip.place)
    case .tip, .cranial, .plasma:
      throw tip.error("a catheter ends at a level such as L3, or at 45 cm from C1")
    }
  }

  private static func output(
    _ node: ScenarioNode
  ) throws(ScenarioError) -> (TransportInput.Rows, [Placed<CanalSite>]) {
    let members = try node.members()
    let sites = try sites(members["at"] ?? node)
    if let times = members["times"] {
      if let stray = members["every"] ?? members["until"] {
        throw stray.error("write the times one by one, or 'every' and 'until', not both")
      }
      return (.listed(try listed(times)), sites)
    }
    for name in ["every", "until"] where members[name] == nil {
      throw node.error("the key '\(name)' is missing")
    }
    let everyNode = members["every"] ?? node
    let untilNode = members["until"] ?? node
    let every: Time = try everyNode.positive()
    let until: Time = try untilNode.positive()
    guard until >= every else {
      throw untilNode.error("\(try untilNode.text()) is shorter than 'every', \(try everyNode.text())")
    }
    guard (until / every).double <= Double(mostRows) else {
      throw everyNode.error("more than \(mostRows) rows; choose a longer 'every' or a shorter 'until'")
    }
    return (.regular(every: every, until: until), sites)
  }

  /// Times that are written one by one.
  private static func listed(_ node: ScenarioNode) throws(ScenarioError) -> [Time] {
    var times: [Time] = []
    for item in node.items {
      let time: Time = try item.positive(orZero: true)
      // Further apart than the last digit of a double, in which they are computed.
      guard times.last.map({ $0.base < time.base }) ?? true else { throw item.error("times must rise") }
      times.append(time)
    }
    guard let last = times.last, last > .zero else { throw node.error("no time after 0 h is asked for") }
    guard times.count <= mostRows else { throw node.error("more than \(mostRows) rows") }
    return times
  }

  /// The sites that are shown, each once.
  static func sites(_ node: ScenarioNode) throws(ScenarioError) -> [Placed<CanalSite>] {
    var sites: [Placed<CanalSite>] = []
    for item in node.items {
      let site = Placed(try CanalSite(item), at: item.place)
      if sites.contains(where: { $0.value == site.value }) {
        throw item.error("this site is asked for twice")
      }
      sites.append(site)
    }
    guard !sites.isEmpty else { throw node.error("no site is asked for: at: [tip, L4, cranial]") }
    return sites
  }

  static func schedule(_ node: ScenarioNode) throws(ScenarioError) -> (
    DeliverySchedule, [TransportSample.Entry]
  ) {
    guard node.isList else {
      throw node.error("expected a list of entries such as - {at: 0 h, rate: 1 mg/day}")
    }
    var rates: [DeliverySchedule.Rate] = []
    var boluses: [DeliverySchedule.Bolus] = []
    var written: [(isRate: Bool, at: Time)] = []
    for item in node.items {
      let members = try item.members()
      let at: Time = try (members["at"] ?? item).positive(orZero: true)
      guard members["bolus"] != nil || members["rate"] != nil else {
        throw item.error("an entry has a 'bolus' or a 'rate'")
      }
      written.append((members["rate"] != nil, at))
      if let rate = members["rate"] {
        guard members["bolus"] == nil else { throw item.error("write bolus and rate as two entries") }
        guard !rates.contains(where: { $0.start == at }) else {
          throw rate.error("there is another rate at the same time")
        }
        rates.append(DeliverySchedule.Rate(start: at, rate: try rate.positive(orZero: true)))
      }
      if let volume = members["volume"], members["bolus"] == nil {
        throw volume.error("a volume belongs to a bolus")
      }
      if let bolus = members["bolus"] {
        let volume: Volume = try members["volume"]?.positive(orZero: true) ?? .zero
        let mass: Mass = try bolus.positive()
        guard !boluses.contains(where: { $0.time == at }) else {
          throw bolus.error("there is another bolus at the same time; write their sum")
        }
        boluses.append(DeliverySchedule.Bolus(time: at, mass: mass, volume: volume))
      }
    }
    guard !rates.isEmpty || !boluses.isEmpty else { throw node.error("the programme is empty") }
    let schedule = DeliverySchedule(rates: rates, boluses: boluses)
    // Times of rates differ among themselves, and so do those of boluses.
    let entries = written.map { entry -> TransportSample.Entry in
      entry.isRate
        ? .rate(schedule.rates.firstIndex { $0.start == entry.at } ?? 0)
        : .bolus(schedule.boluses.firstIndex { $0.time == entry.at } ?? 0)
    }
    return (schedule, entries)
  }

  /// The entry of the programme that `program[1].rate` names, counted from 0 in the order of the file.
  package func entry(named key: String, at place: Place) throws(ScenarioError) -> TransportSample.Entry {
    let parts = key.split(whereSeparator: { "[].".contains($0) })
    guard parts.count == 3, parts[0] == "program", let index = Int(parts[1]), index >= 0 else {
      let known = TransportParameter.allCases.map(\.rawValue) + ["catheter.tip", "program[0].rate"]
      throw place.error("'\(key)' is no parameter; \(suggestion(for: key, among: known))")
    }
    guard index < entries.count else {
      throw place.error("the programme has \(entries.count) entries, counted from 0")
    }
    let entry = entries[index]
    let kind = if case .rate = entry { "rate" } else { "bolus" }
    guard kind == parts[2] else {
      throw place.error("entry \(index) of the programme, counted from 0, is a \(kind)")
    }
    return entry
  }
}
