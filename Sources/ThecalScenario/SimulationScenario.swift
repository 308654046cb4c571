public import ThecalQuantities

/// What `thecal simulate` reads: a drug, a catheter, a programme, and what is to be shown of it.
public struct SimulationScenario: Hashable, Sendable {
  /// The drug.
  public let drug: Placed<String>
  /// Where the catheter ends.
  public let tip: Placed<ScenarioPosition>
  /// What the pump gives.
  public let schedule: DeliverySchedule
  /// Parameters that differ from the defaults.
  public let parameters: ScenarioParameters
  /// Into how many cells the canal is cut.
  public let cells: Int
  /// The time between two rows.
  public let every: Time
  /// The time of the last row.
  public let until: Time
  /// The sites that are shown.
  public let sites: [Placed<ScenarioPosition>]

  /// A scenario that a program puts together, such as a titration its unit dose.
  package init(
    drug: Placed<String>, tip: Placed<ScenarioPosition>, schedule: DeliverySchedule,
    parameters: ScenarioParameters, cells: Int? = nil, every: Time, until: Time,
    sites: [Placed<ScenarioPosition>]
  ) {
    precondition(every > .zero && until >= every && !sites.isEmpty)
    self.drug = drug
    self.tip = tip
    self.schedule = schedule
    self.parameters = parameters
    self.cells = cells ?? Self.defaultCells
    self.every = every
    self.until = until
    self.sites = sites
  }

  /// Reads a scenario from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    let top = try ScenarioNode(yaml: yaml, file: file)
    let members = try top.members(
      known: ["drug", "catheter", "program", "parameters", "cells", "output"],
      required: ["drug", "catheter", "program", "output"])
    let drugNode = members["drug"] ?? top
    drug = Placed(try drugNode.text().lowercased(), at: drugNode.place)
    tip = try Self.tip(members["catheter"] ?? top)
    schedule = try Self.schedule(members["program"] ?? top)
    parameters = try ScenarioParameters(members["parameters"])
    cells = try members["cells"]?.count(in: 20...5_000) ?? Self.defaultCells
    (every, until, sites) = try Self.output(members["output"] ?? top)
  }

  /// Fine enough for 0.2 % away from the tip and 0.5 % at it.
  private static let defaultCells = 400
  /// More rows than this are a mistake in a unit, and would fill the memory.
  private static let mostRows = 1_000_000

  private static func tip(_ node: ScenarioNode) throws(ScenarioError) -> Placed<ScenarioPosition> {
    let members = try node.members(known: ["tip"], required: ["tip"])
    let tip = members["tip"] ?? node
    let position = try ScenarioPosition(tip)
    switch position {
    case .level, .dermatome, .distance: return Placed(position, at: tip.place)
    case .tip, .cranial, .plasma:
      throw tip.error("a catheter ends at a level such as L3, or at 45 cm from C1")
    }
  }

  private static func output(
    _ node: ScenarioNode
  ) throws(ScenarioError) -> (Time, Time, [Placed<ScenarioPosition>]) {
    let members = try node.members(known: ["every", "until", "at"], required: ["every", "until", "at"])
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
    var sites: [Placed<ScenarioPosition>] = []
    for item in members["at"]?.items ?? [] {
      let site = Placed(try ScenarioPosition(item), at: item.place)
      if sites.contains(where: { $0.value == site.value }) {
        throw item.error("this site is asked for twice")
      }
      sites.append(site)
    }
    guard !sites.isEmpty else { throw node.error("no site is asked for: at: [tip, L4, cranial]") }
    return (every, until, sites)
  }

  private static func schedule(_ node: ScenarioNode) throws(ScenarioError) -> DeliverySchedule {
    guard node.isList else {
      throw node.error("expected a list of entries such as - {at: 0 h, rate: 1 mg/day}")
    }
    var rates: [DeliverySchedule.Rate] = []
    var boluses: [DeliverySchedule.Bolus] = []
    for item in node.items {
      let members = try item.members(known: ["at", "bolus", "volume", "rate"], required: ["at"])
      let at: Time = try (members["at"] ?? item).positive(orZero: true)
      guard members["bolus"] != nil || members["rate"] != nil else {
        throw item.error("an entry has a 'bolus' or a 'rate'")
      }
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
    return DeliverySchedule(rates: rates, boluses: boluses)
  }
}
