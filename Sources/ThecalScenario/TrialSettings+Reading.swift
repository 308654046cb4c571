import ThecalQuantities
import ThecalTitration

extension TrialSettings {
  /// Reads `single`, `multiple` or `continuous`, or the same with more said about it.
  init(_ node: ScenarioNode) throws(ScenarioError) {
    guard node.isMapping else {
      self.init(method: try Self.method(node))
      return
    }
    let members = try node.members()
    self.init(method: try Self.method(members["method"] ?? node))
    let word = try members["route"]?.word()
    route = word.flatMap(Route.init) ?? .intrathecal
    var doses: [Mass] = []
    for item in members["doses"]?.items ?? [] { doses.append(try item.positive()) }
    if let node = members["doses"], !(1...20).contains(doses.count) { throw node.error("1 to 20 doses") }
    self.doses = members["doses"] == nil ? nil : doses
    interval = try members["interval"].map(Self.spacing)
    step = try members["step"]?.positive()
    every = try members["every"].map(Self.spacing)
    total = try members["total"]?.positive()
    outcome = try members["result"].map(Self.outcome)
    try Self.check(members, method)
  }

  /// From one injection or step to the next; a trial is followed hour by hour.
  private static func spacing(_ node: ScenarioNode) throws(ScenarioError) -> Time {
    try node.positive(atMost: Time(30, .days), "30 days")
  }

  private static func method(_ node: ScenarioNode) throws(ScenarioError) -> TitrationRequest.Trial {
    TitrationRequest.Trial(rawValue: try node.word()) ?? .single
  }

  /// What belongs to infusions is refused for injections, and the other way round.
  private static func check(
    _ members: [String: ScenarioNode], _ method: TitrationRequest.Trial
  ) throws(ScenarioError) {
    let foreign = method == .continuous ? ["doses", "interval"] : ["step", "every", "total"]
    for key in foreign {
      if let node = members[key] {
        throw node.error("'\(key)' does not belong to a \(method.rawValue) trial")
      }
    }
    if method == .single, let node = members["doses"], node.items.count > 1 {
      throw node.error("a single trial has one dose; for several write method: multiple")
    }
    if method == .single, let node = members["interval"] {
      throw node.error("'interval' does not belong to a single trial")
    }
  }

  private static func outcome(_ node: ScenarioNode) throws(ScenarioError) -> Outcome {
    let members = try node.members()
    guard node.chosen(members).count == 1 else {
      throw node.error(
        "a result names the bolus or the rate that worked: {bolus: 50 mcg, relief: 60 %, effect: 6 h}")
    }
    return Outcome(
      bolus: try members["bolus"]?.positive(), rate: try members["rate"]?.positive(),
      relief: try members["relief"]?.number(),
      ashworthDrop: try members["ashworth_drop"]?.number(),
      effect: try members["effect"]?.positive())
  }
}
