public import ThecalQuantities

/// How a drug is tried before a pump, and how the trial went if it has been made.
public struct TrialSettings: Hashable, Sendable {
  /// The way in.
  public enum Route: String, CaseIterable, Hashable, Sendable {
    /// Into the cerebrospinal fluid.
    case intrathecal
    /// Outside the dura.
    case epidural
  }

  /// A trial that was made, for the first programme that matches it.
  public struct Result: Hashable, Sendable {
    /// The injection that worked; nil for an infusion.
    public let bolus: Mass?
    /// The rate that worked; nil for an injection.
    public let rate: DoseRate?
    /// The reduction of pain, 0 … 1.
    public let relief: Double?
    /// The drop of the Ashworth score.
    public let ashworthDrop: Double?
    /// How long the effect lasted.
    public let effect: Time?
  }

  /// The method.
  public let method: TitrationScenario.Trial
  /// The way in.
  public let route: Route
  /// The injections, in their order; nil takes those on record.
  public let doses: [Mass]?
  /// From one injection to the next.
  public let interval: Time?
  /// The first rate of an infusion, and each increase.
  public let step: DoseRate?
  /// From one step to the next.
  public let every: Time?
  /// The most in the first 24 h of an infusion.
  public let total: Mass?
  /// How it went.
  public let result: Result?

  private static let keys = [
    "method", "route", "doses", "interval", "step", "every", "total", "result",
  ]

  /// Reads `single`, `multiple` or `continuous`, or the same with more said about it.
  init(_ node: ScenarioNode) throws(ScenarioError) {
    guard node.isMapping else {
      method = try Self.method(node)
      route = .intrathecal
      (doses, interval, step, every, total, result) = (nil, nil, nil, nil, nil, nil)
      return
    }
    let members = try node.members(known: Self.keys, required: ["method"])
    method = try Self.method(members["method"] ?? node)
    let word = try members["route"]?.word(among: Route.allCases.map(\.rawValue))
    route = word.flatMap(Route.init) ?? .intrathecal
    var doses: [Mass] = []
    for item in members["doses"]?.items ?? [] { doses.append(try item.positive()) }
    if let node = members["doses"], !(1...20).contains(doses.count) { throw node.error("1 to 20 doses") }
    self.doses = members["doses"] == nil ? nil : doses
    interval = try members["interval"]?.positive()
    step = try members["step"]?.positive()
    every = try members["every"]?.positive()
    total = try members["total"]?.positive()
    result = try members["result"].map(Self.result)
    try Self.check(members, method)
  }

  private static func method(_ node: ScenarioNode) throws(ScenarioError) -> TitrationScenario.Trial {
    let known = TitrationScenario.Trial.allCases.map(\.rawValue)
    return TitrationScenario.Trial(rawValue: try node.word(among: known)) ?? .single
  }

  /// What belongs to infusions is refused for injections, and the other way round.
  private static func check(
    _ members: [String: ScenarioNode], _ method: TitrationScenario.Trial
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

  private static func result(_ node: ScenarioNode) throws(ScenarioError) -> Result {
    let members = try node.members(known: ["bolus", "rate", "relief", "ashworth_drop", "effect"])
    guard (members["bolus"] == nil) != (members["rate"] == nil) else {
      throw node.error(
        "a result names the bolus or the rate that worked: {bolus: 50 mcg, relief: 60 %, effect: 6 h}")
    }
    return Result(
      bolus: try members["bolus"]?.positive(), rate: try members["rate"]?.positive(),
      relief: try members["relief"]?.number(in: -10...1),
      ashworthDrop: try members["ashworth_drop"]?.number(in: -4...4),
      effect: try members["effect"]?.positive())
  }
}
