import ThecalQuantities
import ThecalTransport

extension TransportParameters {
  /// Reads the parameters that a file sets: those of the table, and the compartments.
  init(_ node: ScenarioNode?) throws(ScenarioError) {
    self.init()
    guard let node else { return }
    let members = try node.members()
    for parameter in TransportParameter.allCases {
      if let member = members[parameter.rawValue] { self[parameter] = try parameter.value(member) }
    }
    cord = try Self.tissue(members["cord"])
    epidural = try Self.tissue(members["epidural"])
    baricity = try Self.baricity(members["baricity"])
  }

  private static func tissue(_ node: ScenarioNode?) throws(ScenarioError) -> Tissue? {
    guard let node else { return nil }
    let members = try node.members()
    return Tissue(
      permeability: try (members["permeability"] ?? node).positive(),
      partition: try (members["partition"] ?? node).number(),
      loss: try (members["loss"] ?? node).positive(orZero: true), area: try members["area"]?.positive())
  }

  private static func baricity(_ node: ScenarioNode?) throws(ScenarioError) -> Drift? {
    guard let node else { return nil }
    let members = try node.members()
    let direction = try (members["toward"] ?? node).word()
    // A centimeter a second through 28 cm², which no canal has.
    let fastest = Flow(100, .litersPerHour)
    return Drift(
      flow: try (members["flow"] ?? node).positive(atMost: fastest, "100 L/h"),
      towardHead: direction == "head", limit: try (members["limit"] ?? node).positive())
  }
}

extension TransportParameter {
  /// A value in the base system, within the range of the table.
  func value(_ node: ScenarioNode) throws(ScenarioError) -> Double {
    switch dimension {
    case .length: try quantity(node, LengthDimension.self)
    case .flow: try quantity(node, FlowDimension.self)
    case .diffusivity: try quantity(node, DiffusivityDimension.self)
    case .volume: try quantity(node, VolumeDimension.self)
    case .rateConstant: try quantity(node, RateConstantDimension.self)
    case .number: try node.number()
    }
  }

  private func quantity<D: Dimension>(_ node: ScenarioNode, _: D.Type) throws(ScenarioError) -> Double {
    let value: Quantity<D> = try node.positive(orZero: range.lowerBound == 0)
    let (low, high) = (Quantity<D>(base: range.lowerBound), Quantity<D>(base: range.upperBound))
    guard !(low...high).contains(value) else { return value.base }
    throw node.error("must lie between \(bounds(D.self, joinedBy: "and"))")
  }
}
