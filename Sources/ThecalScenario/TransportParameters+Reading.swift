import ThecalQuantities
import ThecalTransport

extension TransportParameters {
  /// Reads the parameters that a file sets: those of the table, and the compartments.
  init(_ node: ScenarioNode?) throws(ScenarioError) {
    self.init()
    guard let node else { return }
    let keys = TransportParameter.allCases.map(\.rawValue) + ["cord", "epidural", "baricity"]
    let members = try node.members(known: keys)
    for parameter in TransportParameter.allCases {
      if let member = members[parameter.rawValue] { self[parameter] = try parameter.value(member) }
    }
    cord = try Self.tissue(members["cord"], needsArea: false)
    epidural = try Self.tissue(members["epidural"], needsArea: true)
    baricity = try Self.baricity(members["baricity"])
  }

  private static func tissue(_ node: ScenarioNode?, needsArea: Bool) throws(ScenarioError) -> Tissue? {
    guard let node else { return nil }
    let members = try node.members(
      known: ["permeability", "partition", "loss", "area"],
      required: ["permeability", "partition", "loss"] + (needsArea ? ["area"] : []))
    return Tissue(
      permeability: try (members["permeability"] ?? node).positive(),
      partition: try (members["partition"] ?? node).number(in: 1e-4...1e4),
      loss: try (members["loss"] ?? node).positive(orZero: true), area: try members["area"]?.positive())
  }

  private static func baricity(_ node: ScenarioNode?) throws(ScenarioError) -> Drift? {
    guard let node else { return nil }
    let members = try node.members(
      known: ["flow", "toward", "limit"], required: ["flow", "toward", "limit"])
    let toward = members["toward"] ?? node
    let direction = try toward.text()
    guard ["head", "sac"].contains(direction) else { throw toward.error("write head or sac") }
    return Drift(
      flow: try (members["flow"] ?? node).positive(), towardHead: direction == "head",
      limit: try (members["limit"] ?? node).positive())
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
    case .number: try node.number(in: range)
    }
  }

  private func quantity<D: Dimension>(_ node: ScenarioNode, _: D.Type) throws(ScenarioError) -> Double {
    let value: Quantity<D> = try node.positive(orZero: range.lowerBound == 0)
    let (low, high) = (Quantity<D>(base: range.lowerBound), Quantity<D>(base: range.upperBound))
    guard !(low...high).contains(value) else { return value.base }
    let unit = D.units[0]
    throw node.error(
      "must lie between \(low.exactValue(in: unit)) and \(high.exactValue(in: unit)) \(unit.symbol)")
  }
}
