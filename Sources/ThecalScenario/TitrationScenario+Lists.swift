import ThecalQuantities

extension TitrationScenario {
  static func limits(_ node: ScenarioNode?) throws(ScenarioError) -> [Limit] {
    guard let node else { return [] }
    var limits: [Limit] = []
    for item in node.items {
      let members = try item.members(known: ["level", "at"], required: ["level", "at"])
      limits.append(
        Limit(level: try (members["level"] ?? item).positive(), site: try Self.site(members["at"] ?? item)))
    }
    return limits
  }

  static func observations(_ node: ScenarioNode?) throws(ScenarioError) -> [Observation] {
    guard let node else { return [] }
    var seen: [Observation] = []
    for item in node.items {
      let members = try item.members(
        known: ["day", "dose", "pain", "ashworth", "side_effects"], required: ["day", "dose"])
      let dayNode = members["day"] ?? item
      let day = try dayNode.number(in: 0...3_650)
      guard day > seen.last?.day ?? -1 else { throw dayNode.error("days must rise") }
      var effects: [String] = []
      for effect in members["side_effects"]?.items ?? [] { effects.append(try effect.text()) }
      guard members["pain"] != nil || members["ashworth"] != nil || !effects.isEmpty else {
        throw item.error("an observation has 'pain', 'ashworth' or 'side_effects'")
      }
      seen.append(
        Observation(
          day: day, dose: try (members["dose"] ?? item).positive(orZero: true),
          pain: try members["pain"]?.number(in: 0...10), ashworth: try members["ashworth"]?.number(in: 0...4),
          sideEffects: effects, place: item.place))
    }
    return seen
  }

  static func population(_ node: ScenarioNode?) throws(ScenarioError) -> (Int, UInt64, Double) {
    guard let node else { return (usualPopulation, 1, usualShare) }
    let members = try node.members(known: ["samples", "seed", "exceeding"])
    return (
      try members["samples"]?.count(in: 1...100_000) ?? usualPopulation,
      UInt64(try members["seed"]?.count(in: 0...Int.max) ?? 1),
      try members["exceeding"]?.number(in: 0...0.5) ?? usualShare
    )
  }
}
