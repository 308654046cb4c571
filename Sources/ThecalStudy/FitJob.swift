package import ThecalDosing
public import ThecalEstimation
import ThecalTabular
public import ThecalScenario
import ThecalTransport

/// A specification of `thecal fit` on its way to estimates.
public struct FitJob: Sendable {
  /// What the measurements say.
  public let estimation: Estimation
  /// What the clinical rules say of the doses that were given.
  package let findings: Findings
  /// Columns of the measurements that were not read.
  package let ignored: [String]
  /// The residual as a share of a level.
  package let sigma: Double
  /// Whether several people were told apart.
  package let isPopulation: Bool
  /// The files that were read.
  public let inputs: [String]

  /// Reads the specification at `path` (`-` for standard input) with the files that it names, and computes it.
  public init(path: String) throws(SimulationProblem) {
    var inputs = [path]
    let yaml = try readText(path)
    func beside(_ name: Placed<String>?) throws(SimulationProblem) -> String? {
      guard let name else { return nil }
      guard let file = NamedFile.path(name.value, beside: path) else {
        throw SimulationProblem(name.outsideFolder("it"))
      }
      inputs.append(file)
      return try readText(file)
    }
    let fit = try Self.read(yaml, nameOfInput(path))
    let texts = (scenario: try beside(fit.scenarioFile), data: try beside(fit.dataFile))
    try self.init(fit, texts.scenario, texts.data, inputs)
  }

  /// Reads the specification `yaml`, which errors call `name`; files that it names are among `texts`.
  public init(yaml: String, named name: String, _ texts: NamedTexts) throws(SimulationProblem) {
    let fit = try Self.read(yaml, name)
    func named(_ file: Placed<String>?) throws(SimulationProblem) -> String? {
      guard let file else { return nil }
      do throws(ScenarioError) { return try texts.text(file) } catch { throw SimulationProblem(error) }
    }
    try self.init(fit, named(fit.scenarioFile), named(fit.dataFile), [])
  }

  private static func read(_ yaml: String, _ name: String) throws(SimulationProblem) -> FitScenario {
    do throws(ScenarioError) { return try FitScenario(yaml: yaml, file: name) } catch {
      throw SimulationProblem(error)
    }
  }

  private init(
    _ fit: FitScenario, _ scenario: String?, _ data: String?, _ inputs: [String]
  ) throws(SimulationProblem) {
    let asked: (request: EstimationRequest, findings: Findings, ignored: [String])
    do throws(ScenarioError) { asked = try fit.request(scenario: scenario, data: data) } catch {
      throw SimulationProblem(error)
    }
    do throws(EstimationProblem) { estimation = try Estimation(asked.request) } catch {
      throw SimulationProblem(.estimation(error))
    }
    (findings, ignored, self.inputs) = (asked.findings, asked.ignored, inputs)
    (sigma, isPopulation) = (asked.request.sigma, !asked.request.random.isEmpty)
  }
}
