import ThecalQuantities
import ThecalTitration
import ThecalTransport

extension TitrationScenario {
  static func limits(_ node: ScenarioNode?) throws(ScenarioError) -> [(
    level: Concentration, site: Placed<CanalSite>
  )] {
    guard let node else { return [] }
    var limits: [(level: Concentration, site: Placed<CanalSite>)] = []
    for item in node.items {
      let members = try item.members()
      limits.append(
        (level: try (members["level"] ?? item).positive(), site: try Self.site(members["at"] ?? item)))
    }
    return limits
  }

  static func observations(_ node: ScenarioNode?) throws(ScenarioError) -> [TitrationRequest.Observation] {
    guard let node else { return [] }
    var seen: [TitrationRequest.Observation] = []
    for item in node.items {
      let members = try item.members()
      let dayNode = members["day"] ?? item
      let day = try dayNode.number()
      guard day > seen.last?.day ?? -1 else { throw dayNode.error("days must rise") }
      var effects: [String] = []
      for effect in members["side_effects"]?.items ?? [] { effects.append(try effect.text()) }
      guard members["pain"] != nil || members["ashworth"] != nil || !effects.isEmpty else {
        throw item.error("an observation has 'pain', 'ashworth' or 'side_effects'")
      }
      seen.append(
        TitrationRequest.Observation(
          day: day, dose: try (members["dose"] ?? item).positive(orZero: true),
          pain: try members["pain"]?.number(), ashworth: try members["ashworth"]?.number(),
          sideEffects: effects))
    }
    return seen
  }

  static func readPopulation(
    _ node: ScenarioNode?, into request: inout TitrationRequest
  ) throws(ScenarioError) {
    guard let node else { return }
    let members = try node.members()
    request.isRobust = true
    if let samples = try members["samples"]?.count() { request.population = samples }
    if let seed = try members["seed"]?.count() { request.seed = UInt64(seed) }
    if let share = try members["exceeding"]?.number() { request.exceeding = share }
  }
}
