package import ThecalDosing
public import ThecalEstimation
import ThecalScenario
import ThecalTransport

/// A scenario of which some parameters are free, on its way to a model.
public struct ModelJob: Sendable {
  /// The model.
  public let model: TransportModel
  /// What the clinical rules say of the doses of the scenario.
  package let findings: Findings

  /// Reads the scenario `yaml`, in which the parameters of these keys are free.
  public init(yaml: String, named name: String, free: [String]) throws(SimulationProblem) {
    let scenario: SimulationScenario
    (scenario, findings) = try SimulationScenario.allowed(yaml, named: name)
    do throws(ScenarioError) { model = try TransportModel(scenario, free: free) } catch {
      throw SimulationProblem(error)
    }
  }
}
