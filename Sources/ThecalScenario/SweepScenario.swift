package import ThecalFormulary
import ThecalQuantities
package import ThecalTransport

/// What `thecal sweep` reads: a scenario, how its parameters vary, and what is kept of every sample.
public struct SweepScenario: Hashable, Sendable {
  /// Which samples are drawn.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Independent draws.
    case montecarlo
    /// One draw in each of as many slices of every parameter.
    case latin
    /// A scrambled Sobol sequence.
    case sobol
    /// Every combination of listed values.
    case grid
    /// The design from which Sobol indices are estimated.
    case saltelli
    /// The trajectories of Morris.
    case morris
  }

  /// How a parameter varies, as numbers in its unit.
  package enum Family: Hashable, Sendable {
    case uniform(low: Double, high: Double)
    case normal(mean: Double, sd: Double)
    case lognormal(median: Double, sigma: Double)
    case values([Double])
    /// The index of one of a list of places.
    case sites([CanalSite])
  }

  /// One parameter that varies.
  package struct Parameter: Hashable, Sendable {
    /// The key as in a scenario: `dispersion_c1`, `catheter.tip`, `program[0].rate`.
    package let key: String
    /// The unit in which its numbers stand, empty for a plain number.
    package let unit: String
    /// The size of that unit in the base system.
    package let scale: Double
    /// How it varies.
    package let family: Family
    /// The part that is kept.
    package let range: ClosedRange<Double>?
    /// Where it stands.
    package let place: Place
  }

  /// A correlation of two parameters.
  package struct Correlation: Hashable, Sendable {
    /// The keys.
    package let first: String, second: String
    /// The correlation, between −1 and 1.
    package let value: Double
    /// Where it stands.
    package let place: Place
  }

  /// What is varied.
  package enum Base: Hashable, Sendable {
    /// The scenario in a file, named relative to this one.
    case file(Placed<String>)
    /// A scenario that stands in the specification.
    case inline(SimulationScenario)
  }

  /// What is varied.
  package let base: Base
  /// Which samples are drawn.
  public let method: Method
  /// Number of samples; for `saltelli` and `morris` that of base points, for `grid` nil.
  public let samples: Int?
  /// The seed.
  public let seed: UInt64
  /// What varies, in the order of the file.
  package private(set) var parameters: [Parameter]
  /// What varies together.
  package private(set) var correlations: [Correlation]
  /// Where the shipped populations are asked for; nil where they are not.
  let distributions: Place?
  /// What is kept: `csf`, `steady`, `auc`, ….
  package let outputs: [Placed<String>]
  /// Where the file's top stands.
  package let place: Place

  /// Reads a specification from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    let top = try ScenarioNode(yaml: yaml, file: file)
    let members = try top.members(.sweep)
    place = top.place
    let scenario = members["scenario"] ?? top
    base =
      scenario.isMapping
      ? .inline(try SimulationScenario(scenario)) : .file(Placed(try scenario.text(), at: scenario.place))
    let design = members["design"] ?? top
    let parts = try design.members()
    let method = Method(rawValue: try (parts["method"] ?? design).word()) ?? .montecarlo
    self.method = method
    samples = try parts["samples"]?.count()
    seed = UInt64(try parts["seed"]?.count() ?? 1)
    if method == .grid, let given = parts["samples"] {
      throw given.error("a grid has as many samples as it has points")
    }
    if method != .grid, samples == nil { throw design.error("the key 'samples' is missing") }
    if let node = members["distributions"] { _ = try node.word() }
    let distributions = members["distributions"]?.place
    self.distributions = distributions
    if let distributions, method == .grid {
      throw distributions.error("a grid has listed values and no distributions")
    }
    let varied = members["parameters"]
    let parameters =
      try varied.map { node throws(ScenarioError) in
        try Self.parameters(node, isGrid: method == .grid)
      } ?? []
    self.parameters = parameters
    guard !parameters.isEmpty || distributions != nil else {
      throw (varied ?? top).error("nothing varies: name a parameter such as loss")
    }
    correlations = try Self.correlations(members["correlation"], parameters)
    if let node = members["correlation"], method == .grid { throw node.error("a grid has no correlation") }
    var outputs: [Placed<String>] = []
    for item in (members["outputs"] ?? top).items {
      let output = Placed(try item.text(), at: item.place)
      if outputs.contains(where: { $0.value == output.value }) {
        throw item.error("this output is asked for twice")
      }
      outputs.append(output)
    }
    guard !outputs.isEmpty else { throw top.error("no output is asked for: outputs: [csf]") }
    self.outputs = outputs
  }

  /// A number in nanoseconds would be years: more samples are a mistake.
  static let mostSamples = 4_000_000_000

  private static func parameters(
    _ node: ScenarioNode, isGrid: Bool
  ) throws(ScenarioError) -> [Parameter] {
    var found: [Parameter] = []
    for item in try node.pairs() {
      found.append(try SweptReader(key: item.key, node: item.value, isGrid: isGrid).parameter())
    }
    return found
  }

  private static func correlations(
    _ node: ScenarioNode?, _ parameters: [Parameter]
  ) throws(ScenarioError) -> [Correlation] {
    guard let node else { return [] }
    var found: [Correlation] = []
    for item in node.items {
      let entries = item.items
      guard item.isList, entries.count == 3 else {
        throw item.error("write [dispersion_c1, dispersion_sac, 0.7]")
      }
      let names = [try entries[0].text(), try entries[1].text()]
      for (name, entry) in zip(names, entries) where !parameters.contains(where: { $0.key == name }) {
        throw entry.error("'\(name)' does not vary; \(suggestion(for: name, among: parameters.map(\.key)))")
      }
      guard names[0] != names[1] else { throw item.error("a parameter is not correlated with itself") }
      guard !found.contains(where: { Set([$0.first, $0.second]) == Set(names) }) else {
        throw item.error("\(names[0]) and \(names[1]) are correlated twice")
      }
      found.append(
        Correlation(
          first: names[0], second: names[1], value: try entries[2].number(),
          place: item.place))
    }
    return found
  }
}

extension SweepScenario {
  /// The same with the shipped populations, where they are asked for: what varies in them, is not named here and is not
  /// set by `scenario`, with its correlations. Designs that take independent parameters leave the correlations out.
  package func populated(_ scenario: SimulationScenario, _ formulary: Formulary) throws(ScenarioError) -> Self
  {
    // What cannot be simulated is said where it is simulated.
    guard let distributions,
      let center = try? CanalParameters(scenario.input.parameters, drug: scenario.input.drug, formulary)
    else { return self }
    var spec = self
    let drug = formulary.drug(named: scenario.input.drug)?.id ?? scenario.input.drug
    let varied = TransportParameter.allCases.filter { parameter in
      guard !parameters.contains(where: { $0.key == parameter.rawValue }),
        scenario.input.parameters[parameter] == nil,
        let spread = parameter.spread(around: center[parameter], drug: drug, in: formulary)
      else { return false }
      spec.parameters.append(Parameter(parameter, spread, at: distributions))
      return true
    }
    guard !spec.parameters.isEmpty else {
      throw distributions.error("the scenario sets everything that varies in the shipped populations")
    }
    guard ![.saltelli, .morris].contains(method) else { return spec }
    for parameter in varied.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let (other, value) = parameter.partner(drug: drug, in: formulary), varied.contains(other) else {
        continue
      }
      spec.correlations.append(
        Correlation(
          first: parameter.rawValue, second: other.rawValue, value: value, place: distributions))
    }
    return spec
  }
}

extension SweepScenario.Parameter {
  /// A parameter as it varies between people, in the unit of the data and within the range of the table.
  init(_ parameter: TransportParameter, _ spread: PopulationSpread, at place: Place) {
    (unit, scale) = parameter.unit
    (key, self.place) = (parameter.rawValue, place)
    let whole = (parameter.range.lowerBound / scale)...(parameter.range.upperBound / scale)
    switch spread {
    case .lognormal(let median, let sigma):
      (family, range) = (.lognormal(median: median / scale, sigma: sigma), whole)
    case .normal(let mean, let sd, let people):
      family = .normal(mean: mean / scale, sd: sd / scale)
      range = ((people.lowerBound / scale)...(people.upperBound / scale)).clamped(to: whole)
    case .uniform(let low, let high): (family, range) = (.uniform(low: low / scale, high: high / scale), nil)
    }
  }
}
