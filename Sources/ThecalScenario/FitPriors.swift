import Glibc
import ThecalEstimation
import ThecalFormulary
import ThecalQuantities
import ThecalSampling
import ThecalTransport

/// What was known of the parameters of a fit: what the specification says, else how people differ as the data ship it.
struct FitPriors {
  private(set) var priors: [EstimationRequest.Prior] = []
  private(set) var correlations: [(Int, Int, Double)] = []

  init(
    _ node: ScenarioNode?, _ free: [FitScenario.Free], _ scenario: SimulationScenario, top: ScenarioNode
  ) throws(ScenarioError) {
    let written = try Self.written(node, free.map(\.key))
    let simulation: Simulation
    do throws(InputProblem) { simulation = try Simulation(scenario.input) } catch {
      throw scenario.places.located(error)
    }
    let (drug, formulary) = (simulation.drug, Formulary.embedded)
    for (key, parameter) in free {
      if let node = written[key] {
        priors.append(.init(try Self.distribution(key, node, parameter.unit.scale), source: nil))
      } else if case .canal(let canal) = parameter,
        let spread = canal.spread(around: simulation.parameters[canal], drug: drug, in: formulary)
      {
        priors.append(
          .init(
            Distribution(spread, scale: parameter.unit.scale),
            source: canal.spreadSource(drug: drug, in: formulary)))
      } else {
        throw (node ?? top).error(
          "nothing is shipped on how '\(key)' varies; write prior: {\(key): {lognormal: {median: …, gsd: 2}}}"
        )
      }
    }
    for (place, item) in free.enumerated() where written[item.key] == nil {
      guard case .canal(let canal) = item.parameter,
        let (other, correlation) = canal.partner(drug: drug, in: formulary),
        let partner = free.firstIndex(where: { $0.parameter == .canal(other) }),
        written[free[partner].key] == nil
      else { continue }
      correlations.append((place, partner, correlation))
    }
  }

  private static func written(
    _ node: ScenarioNode?, _ keys: [String]
  ) throws(ScenarioError) -> [String: ScenarioNode] {
    guard let node else { return [:] }
    guard node.isMapping else {
      guard try node.text() == "default" else {
        throw node.error(
          "write default, or a distribution for a parameter: {loss: {lognormal: {median, gsd}}}")
      }
      return [:]
    }
    var found: [String: ScenarioNode] = [:]
    for (key, value) in try node.pairs() {
      guard keys.contains(key) else {
        throw value.error("'\(key)' is not estimated; \(suggestion(for: key, among: keys))")
      }
      if !value.isMapping, try value.text() == "default" { continue }
      found[key] = value
    }
    return found
  }

  private static func distribution(
    _ key: String, _ node: ScenarioNode, _ scale: Double
  ) throws(ScenarioError) -> Distribution {
    let read = try SweptReader(key: key, node: node, isGrid: false).parameter()
    let factor = read.scale / scale
    let family: Distribution.Family
    switch read.family {
    case .uniform(let low, let high):
      guard low < high else { throw node.error("'low' must be below 'high'") }
      family = .uniform(low: low * factor, high: high * factor)
    case .normal(let mean, let sd):
      guard sd > 0 else {
        throw node.error("'sd' must be above zero; a parameter that is known is not estimated")
      }
      family = .normal(mean: mean * factor, sd: sd * factor)
    case .lognormal(let median, let sigma):
      guard sigma > 0 else {
        throw node.error("the spread must be above zero; a parameter that is known is not estimated")
      }
      family = .lognormal(median: median * factor, sigma: sigma)
    case .values, .sites: throw node.error("a prior is uniform, normal or lognormal; a list has no density")
    }
    let range = read.range.map { ($0.lowerBound * factor)...($0.upperBound * factor) }
    if let range, !Distribution.keeps(family, range) {
      throw node.error("nothing of the distribution lies within 'truncate'")
    }
    return Distribution(family, truncated: range)
  }
}

extension Distribution {
  /// How a parameter varies between people, in a unit of this size.
  fileprivate init(_ spread: PopulationSpread, scale: Double) {
    switch spread {
    case .lognormal(let median, let sigma): self.init(.lognormal(median: median / scale, sigma: sigma))
    case .normal(let mean, let sd, let range):
      self.init(
        .normal(mean: mean / scale, sd: sd / scale),
        truncated: (range.lowerBound / scale)...(range.upperBound / scale))
    case .uniform(let low, let high): self.init(.uniform(low: low / scale, high: high / scale))
    }
  }
}
