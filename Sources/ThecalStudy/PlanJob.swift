public import ThecalBatch
public import ThecalPlan
import ThecalScenario
import ThecalTitration

/// A patient's file on its way from regimen to refill.
public struct PlanJob: Sendable {
  /// The plan.
  public let plan: PatientPlan
  /// The conversion on which it rests.
  package let row: ReportRow
  /// The conversion as `convert` gives it, one JSON object.
  package let converted: String
  /// The file, as the user named it.
  package let path: String

  /// Reads the patient at `path` (`-` for standard input) and computes the plan for the engine named `engine`; the
  /// conversion says what it found by `wording`.
  public init(path: String, engine: String, wording: any ResultWording) throws(SimulationProblem) {
    try self.init(yaml: readText(path), named: nameOfInput(path), engine: engine, wording, path)
  }

  /// Computes the plan of `yaml`, which errors call `name`, for the engine named `engine`; the conversion says what it
  /// found by `wording`.
  public init(
    yaml: String, named name: String, engine: String, wording: any ResultWording
  ) throws(SimulationProblem) {
    try self.init(yaml: yaml, named: name, engine: engine, wording, name)
  }

  private init(
    yaml: String, named name: String, engine: String, _ wording: any ResultWording, _ path: String
  ) throws(SimulationProblem) {
    self.path = path
    let scenario: PatientScenario
    do throws(ScenarioError) { scenario = try PatientScenario(yaml: yaml, file: name) } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
    try SimulationProblem.refuseForbidden(scenario.request.titration.drug)
    let made: InlineResult
    do throws(BatchProblem) {
      let patient = InlinePatient(medications: scenario.medications, facts: scenario.facts)
      made = try BatchRun(BatchOptions(), engine: engine, wording: wording).convert(patient)
    } catch {
      throw SimulationProblem(message: "\(name): \(error.message)", exitCode: 65)
    }
    guard let row = made.rows.first else {
      throw SimulationProblem(message: "\(name): medications: there is nothing to convert", exitCode: 65)
    }
    self.row = row
    converted = String(made.jsonLines.prefix { $0 != "\n" })
    do throws(ScenarioError) { plan = try PatientPlan(scenario, conversion: row.conversion) } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
  }
}
