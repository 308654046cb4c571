import ThecalDosing
public import ThecalEstimation
import ThecalQuantities
import ThecalScenario
import ThecalTransport

/// A scenario of which some parameters are free, on its way to a model.
public struct ModelJob: Sendable {
  /// The model.
  public let model: TransportModel
  /// What the clinical rules say of the doses of the scenario.
  private let findings: Findings

  /// Reads the scenario `yaml`, in which the parameters of these keys are free.
  public init(yaml: String, named name: String, free: [String]) throws(SimulationProblem) {
    let scenario: SimulationScenario
    (scenario, findings) = try SimulationScenario.allowed(yaml, named: name)
    do throws(ScenarioError) { model = try TransportModel(scenario, free: free) } catch {
      throw SimulationProblem(error)
    }
  }

  /// What the model is: drug, sources, bounds of the errors, findings, and what is free.
  public var answer: Answer {
    let free = model.parameters.map { parameter -> AnswerValue in
      .object([
        AnswerField("key", .text(parameter.key)), AnswerField("unit", .text(parameter.unit)),
        AnswerField("value", .number(ExactNumber(parameter.value))),
      ])
    }
    let message = findings.all.map(\.text).joined(separator: "; ")
    return Answer(
      text: message, status: findings.status.rawValue, codes: findings.codes.codes.map(\.name),
      message: message, sources: model.sources,
      fields: [
        AnswerField("drug", .text(model.drug)), AnswerField("parameters", .list(free)),
        AnswerField("error_bound", .number(ExactNumber(model.tolerance + model.gridError))),
        AnswerField("time_error", .number(ExactNumber(model.tolerance))),
        AnswerField("grid_error", .number(ExactNumber(model.gridError))),
      ])
  }
}
