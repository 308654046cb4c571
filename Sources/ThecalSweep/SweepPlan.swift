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
    /// The rate, or the bolus, of an entry of the programme.
    case rate(Int), bolus(Int)
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
  /// Whether samples differ in more than the person, and each needs a simulation of its own.
  let isSlow: Bool
  let formulary: Formulary
  private let texts: [String]

  /// The same plan made once more, sharing nothing: threads that count references to the same arrays wait for
  /// each other.
  func duplicate() -> SweepPlan {
    // What could be read once can be read again.
    (try? SweepPlan(
      spec: texts[0], file: texts[1], scenario: texts[2], scenarioFile: texts[3], formulary: .duplicate()))
      ?? self
  }

  /// The plan of a specification and the scenario that it names, given as texts.
  package init(
    spec specText: String, file: String, scenario scenarioText: String, scenarioFile: String,
    formulary: Formulary
  ) throws(ScenarioError) {
    texts = [specText, file, scenarioText, scenarioFile]
    spec = try SweepScenario(yaml: specText, file: file)
    scenario = try SimulationScenario(yaml: scenarioText, file: scenarioFile)
    simulation = try Simulation(scenario, formulary: formulary)
    self.formulary = formulary
    var targets: [Target] = []
    for parameter in spec.parameters { targets.append(try Self.target(parameter, scenario.input.schedule)) }
    self.targets = targets
    isSlow = targets.contains { if case .canal = $0 { false } else { true } }
    points = try SweepPoints(spec)
    var outputs: [SweepOutput] = []
    for output in spec.outputs { outputs.append(try SweepOutput(output, simulation, formulary)) }
    self.outputs = outputs
    digest = Self.digest(of: [specText, scenarioText])
  }

  private static func target(
    _ parameter: SweepScenario.Parameter, _ schedule: DeliverySchedule
  ) throws(ScenarioError) -> Target {
    if let canal = TransportParameter(rawValue: parameter.key) { return .canal(canal) }
    if parameter.key == "catheter.tip" { return .tip }
    let parts = parameter.key.split(whereSeparator: { "[].".contains($0) })
    guard parts.count == 3, parts[0] == "program", let index = Int(parts[1]) else {
      throw parameter.place.error("write catheter.tip, program[0].rate or program[0].bolus")
    }
    let entries = parts[2] == "rate" ? schedule.rates.count : schedule.boluses.count
    guard index < entries else {
      throw parameter.place.error("the programme has \(entries) \(parts[2]) entries, counted from 0")
    }
    return parts[2] == "rate" ? .rate(index) : .bolus(index)
  }

  private static func digest(of texts: [String]) -> String {
    var hasher = SHA256Hasher()
    for text in texts {
      hasher.update(Array(text.utf8).span)
      hasher.update(0x1F)
    }
    var output = ByteWriter()
    hasher.finish(into: &output)
    return String(decoding: output.bytes, as: UTF8.self)
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
