public import ThecalDosing
public import ThecalEstimation
import ThecalFormulary
import ThecalQuantities
import ThecalSampling
import ThecalTransport

/// What `thecal fit` reads: a scenario, measured levels, what is to be estimated from them, and what was known before.
public struct FitScenario: Sendable {
  /// The file with the scenario, relative to this one; nil where the scenario stands here.
  public let scenarioFile: Placed<String>?
  /// The file with the measurements, relative to this one; nil where they stand here.
  public let dataFile: Placed<String>?
  private let yaml: String
  private let file: String

  /// Reads a specification from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    (self.yaml, self.file) = (yaml, file)
    let members = try Self.members(yaml, file)
    var scenarioFile: Placed<String>?
    if let node = members["scenario"], !node.isMapping {
      scenarioFile = Placed(try node.text(), at: node.place)
    }
    var dataFile: Placed<String>?
    if let node = members["data"], !node.isList, !node.isMapping {
      let text = try node.longText()
      if !text.contains("\n") { dataFile = Placed(try node.text(), at: node.place) }
    }
    (self.scenarioFile, self.dataFile) = (scenarioFile, dataFile)
  }

  private static func members(_ yaml: String, _ file: String) throws(ScenarioError) -> [String: ScenarioNode]
  {
    try ScenarioNode(yaml: yaml, file: file).members(.fit)
  }

  /// What is asked for, what the clinical rules say of the doses that were given, and what a person should know of the
  /// table, with the texts of the files that are named.
  public func request(
    scenario: String?, data: String?
  ) throws(ScenarioError) -> (request: EstimationRequest, findings: Findings, ignored: [String]) {
    let members = try Self.members(yaml, file)
    let top = try ScenarioNode(yaml: yaml, file: file)
    let base: SimulationScenario
    if let scenarioFile {
      base = try SimulationScenario(yaml: scenario ?? "", file: scenarioFile.value)
    } else {
      base = try SimulationScenario(members["scenario"] ?? top)
    }
    let table = try FitTable(members["data"] ?? top, file: dataFile?.value, text: data)
    let free = try Self.free(members["estimate"] ?? top, base)
    let taken = table.doseKeys
    for (item, key) in zip((members["estimate"] ?? top).items, free.map(\.key)) where taken.contains(key) {
      throw item.error("the data give '\(key)': what is given is not estimated")
    }
    var findings = Findings()
    var subjects: [EstimationRequest.Subject] = []
    for subject in try table.subjects(base) {
      let (given, points) = (subject.scenario, subject.points)
      try given.refuse()
      findings.add(given.findings.all)
      subjects.append(.init(name: subject.name, input: given.input, points: points))
    }
    let priors = try FitPriors(members["prior"], free, base, top: top)
    let random = try Self.random(members["random"], free.map(\.key), people: subjects.count)
    let request = EstimationRequest(
      subjects: subjects, free: free.map(\.parameter), priors: priors.priors,
      correlations: priors.correlations,
      sigma: try Self.sigma(members["error"] ?? top), random: random)
    return (request, findings, table.ignored)
  }

  /// A parameter that is estimated.
  typealias Free = (key: String, parameter: TransportModel.Free)

  private static func free(_ node: ScenarioNode, _ scenario: SimulationScenario) throws(ScenarioError)
    -> [Free]
  {
    var found: [Free] = []
    for item in node.items {
      let key = try item.text()
      guard !found.contains(where: { $0.key == key }) else { throw item.error("'\(key)' is named twice") }
      found.append((key, try TransportModel.free(key, scenario, at: item.place)))
    }
    guard !found.isEmpty else { throw node.error("nothing is estimated: write [loss, dispersion_c1]") }
    guard found.count <= mostFree else {
      throw node.error("at most \(mostFree) parameters are estimated at once")
    }
    return found
  }

  /// Twice as many as a canal has; a posterior of more is a mistake.
  private static let mostFree = 30

  private static func sigma(_ node: ScenarioNode) throws(ScenarioError) -> Double {
    let members = try node.members()
    let value = members["proportional"] ?? node
    let share = try value.reading(as: .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude))
      .number()
    guard share >= leastError, share <= mostError else {
      let written = try value.text()
      throw value.error(
        share > mostError
          ? "\(written) is \(share * 100) % of a level; \(written) %?"
          : share > 0
            ? "no assay is as exact as \(written): the residual is at least 0.001 %"
            : "the residual must be above zero, not \(written)")
    }
    return Distribution.sigma(cv: share)
  }

  /// Three times the level is no measurement any more: 30 is meant as 30 %.
  static let mostError = 3.0
  /// A hundred thousandth; what is smaller is lost beside 1 in a square.
  static let leastError = 1e-5

  private static func random(
    _ node: ScenarioNode?, _ keys: [String], people: Int
  ) throws(ScenarioError) -> [Int] {
    guard let node else { return people > 1 ? Array(keys.indices) : [] }
    if !node.isList, try node.text() == "none" { return [] }
    guard people > 1 else {
      throw node.error("one person has no spread between people: 'random' needs several subjects")
    }
    var found: [Int] = []
    for item in node.items {
      let key = try item.text()
      guard let index = keys.firstIndex(of: key), !found.contains(index) else {
        throw item.error("'\(key)' is not estimated, or named twice; \(suggestion(for: key, among: keys))")
      }
      found.append(index)
    }
    return found
  }
}
