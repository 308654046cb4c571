package import ThecalFormulary
import ThecalQuantities
import ThecalSampling
package import ThecalScenario
import ThecalTabular
import ThecalTransport

/// Everything about a sweep that does not depend on the sample.
package struct SweepPlan: Sendable {
  /// What a parameter changes.
  enum Target: Hashable, Sendable {
    /// A parameter of the person or the drug.
    case canal(TransportParameter)
    /// Where the catheter ends.
    case tip
    /// The size of an entry of the programme, by its place among those that vary.
    case amount(Int)
  }

  /// The specification.
  package let spec: SweepScenario
  /// The scenario that is varied.
  let scenario: SimulationScenario
  /// The scenario as it stands, ready to be computed.
  let simulation: Simulation
  /// What each parameter changes.
  let targets: [Target]
  /// Where the samples lie.
  let points: SweepPoints
  /// What is kept.
  package let outputs: [SweepOutput]
  /// SHA-256 of specification and scenario.
  package let digest: String
  /// Number of samples.
  package var samples: Int { points.count }
  /// The entries of the programme that vary.
  let varied: [TransportSample.Entry]
  /// When samples are computed: at the rows, and where areas and peaks need it.
  let grid: MeasureGrid
  /// What the cells cost, as a share of the peak, in the worst of a few samples.
  package private(set) var gridError = 0.0
  let formulary: Formulary
  let texts: [String]
  /// What `withheld` says of every sample, where their doses are the same; else nil.
  private let withheldAlways: [String]?

  /// The same plan made once more, sharing nothing: threads that count references to the same arrays wait for
  /// each other.
  func duplicate() -> SweepPlan {
    // What could be read once can be read again.
    (try? SweepPlan(
      spec: texts[0], file: texts[1], scenario: (texts[2], texts[3]), formulary: .duplicate()))
      ?? self
  }

  /// The plan of a specification and the scenario that it names, given as texts with the names that errors show; a
  /// scenario that stands in the specification has an empty text.
  package init(
    spec specText: String, file: String, scenario named: (text: String, file: String), formulary: Formulary
  ) throws(ScenarioError) {
    texts = [specText, file, named.text, named.file]
    let written = try SweepScenario(yaml: specText, file: file)
    switch written.base {
    case .inline(let inline): scenario = inline
    case .file: scenario = try SimulationScenario(yaml: named.text, file: named.file)
    }
    spec = try written.populated(scenario, formulary)
    simulation = try Simulation(scenario, formulary: formulary)
    self.formulary = formulary
    var targets: [Target] = []
    var varied: [TransportSample.Entry] = []
    for parameter in spec.parameters { targets.append(try Self.target(parameter, scenario, &varied)) }
    self.targets = targets
    self.varied = varied
    points = try SweepPoints(spec)
    if simulation.siteNames.contains("plasma"), !simulation.knowsPlasma {
      throw scenario.places.located(
        InputProblem(.site(.plasma), "no plasma kinetics are known for \(simulation.drug)"))
    }
    var outputs: [SweepOutput] = []
    for word in spec.outputs {
      let output = try SweepOutput(word, simulation, formulary)
      if output.isRisk, Self.infuses(simulation, varied) {
        throw word.place.error(
          "it is the share after injections into people without tolerance; counts of tolerant people contradict it for an "
            + "infusion, for which 'thecal risk' has figures")
      }
      outputs.append(output)
    }
    self.outputs = outputs
    let schedule = simulation.schedule
    let isFixed = varied.isEmpty || outputs.allSatisfy { $0.gate == nil }
    withheldAlways = isFixed ? outputs.map { $0.objections(to: schedule) } : nil
    grid =
      outputs.contains(where: \.needsGrid)
      ? simulation.measureGrid(rows: simulation.times)
      : MeasureGrid(rows: simulation.times, events: [], until: 0)
    digest = Self.digest(of: [specText, named.text])
  }

  /// Whether drug is given at a rate, in the scenario or in any sample.
  private static func infuses(_ simulation: Simulation, _ varied: [TransportSample.Entry]) -> Bool {
    simulation.schedule.rates.contains { $0.rate > .zero }
      || varied.contains { if case .rate = $0 { true } else { false } }
  }

  private static func target(
    _ parameter: SweepScenario.Parameter, _ scenario: SimulationScenario,
    _ varied: inout [TransportSample.Entry]
  ) throws(ScenarioError) -> Target {
    if let canal = TransportParameter(rawValue: parameter.key) { return .canal(canal) }
    if parameter.key == "catheter.tip" { return .tip }
    let entry = try scenario.entry(named: parameter.key, at: parameter.place)
    varied.append(entry)
    return .amount(varied.count - 1)
  }

  private static func digest(of texts: [String]) -> String {
    var hasher = SHA256Hasher()
    for text in texts {
      hasher.update(Array(text.utf8).span)
      hasher.update(0x1F)
    }
    return hasher.finish()
  }

  /// The samples of shard `number` of `count`: contiguous, and as even as can be.
  package func range(shard number: Int, of count: Int) -> Range<Int> {
    precondition(count >= 1 && (1...count).contains(number))
    func edge(_ k: Int) -> Int { Int(Int128(samples) * Int128(k) / Int128(count)) }
    return edge(number - 1)..<edge(number)
  }

  /// Numbers per sample in a block: parameters first, then the outputs in their order.
  var stride: Int { spec.parameters.count + outputs.reduce(0) { $0 + size(of: $1) } }

  /// Numbers of one output per sample.
  func size(of output: SweepOutput) -> Int {
    output.shape(times: simulation.times.count, sites: simulation.siteNames.count)
  }
}

extension SweepPlan {
  /// Finds what the cells cost in the scenario and in a few samples across the design.
  mutating func measureGrid() {
    var worst = (try? simulation.gridError()) ?? 0
    var point = Array(repeating: 0.0, count: spec.parameters.count)
    for k in 0..<min(8, samples) {
      points.values(Int(Int128(samples) * Int128(k) / Int128(min(8, samples))), into: &point)
      guard problem(point) == nil, let person = try? simulation.with(sample(point), varied: varied) else {
        continue
      }
      worst = max(worst, (try? person.gridError()) ?? 0)
    }
    gridError = worst
  }

  /// Why a sample cannot be computed; nil where it can.
  func problem(_ point: [Double]) -> String? {
    for (value, parameter) in zip(point, spec.parameters) {
      guard case .sites = parameter.family else {
        guard !SweepLimits.range(parameter.key).contains(value * parameter.scale) else { continue }
        let unit = parameter.unit.isEmpty ? "" : " \(parameter.unit)"
        return "\(parameter.key) = \(value)\(unit) is outside the range of a person"
      }
    }
    return nil
  }

  /// What a point means.
  func sample(_ point: [Double]) -> TransportSample {
    var sample = TransportSample(
      simulation.parameters, amounts: Array(repeating: 0, count: varied.count))
    for (k, target) in targets.enumerated() {
      let value = point[k] * spec.parameters[k].scale
      switch target {
      case .canal(let parameter): sample.parameters[parameter] = value
      case .tip:
        if case .sites(let sites) = spec.parameters[k].family {
          sample.tip = sites[min(max(Int(point[k]), 0), sites.count - 1)]
        } else {
          sample.tip = .distance(Length(base: value))
        }
      case .amount(let index): sample.amounts[index] = value
      }
    }
    return sample
  }

  /// Per output the counts that contradict it at the doses of a sample and stand in its place; empty where it is kept.
  func withheld(_ sample: TransportSample) -> [String] {
    if let withheldAlways { return withheldAlways }
    let schedule = simulation.schedule.replacing(varied, by: sample.amounts)
    return outputs.map { $0.objections(to: schedule) }
  }

  /// The same of sample `index`, in one text: `effect_L4: 2/39 (sviggum2016)`; empty for one that cannot be computed.
  func withheld(at index: Int) -> String {
    var point = Array(repeating: 0.0, count: spec.parameters.count)
    points.values(index, into: &point)
    guard problem(point) == nil else { return "" }
    return zip(outputs, withheld(sample(point))).filter { !$1.isEmpty }.map { "\($0.name): \($1)" }
      .joined(separator: "; ")
  }

  /// Whether counts may contradict an output.
  var isGated: Bool { outputs.contains { $0.gate != nil } }

  /// What the file says of a point: places as they lie in that person, cm.
  func shown(_ point: [Double], _ sample: TransportSample) -> [Double] {
    spec.parameters.indices.map { k in
      guard case .sites = spec.parameters[k].family else { return point[k] }
      return (try? simulation.tipPosition_cm(of: sample)) ?? .nan
    }
  }
}

/// Between what values a parameter means something, in the base system µg · cm · h.
enum SweepLimits {
  static func range(_ key: String) -> ClosedRange<Double> {
    TransportParameter(rawValue: key)?.range
      ?? (key == "catheter.tip" ? 0...TransportParameter.height.range.upperBound : 0...1e12)
  }
}
