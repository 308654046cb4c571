import ThecalFormulary
import ThecalScenario
package import ThecalTitration

/// Facts about a candidate for a pump on their way to the checklist.
public struct CandidateJob: Sendable {
  /// The facts, held against the checklist.
  package let assessment: CandidateAssessment

  /// Reads the facts at `path` (`-` for standard input) and holds them against the checklist.
  public init(path: String) throws(SimulationProblem) {
    try self.init(yaml: readText(path), named: nameOfInput(path))
  }

  /// Holds the facts of `yaml`, which errors call `name`, against the checklist.
  public init(yaml: String, named name: String) throws(SimulationProblem) {
    let formulary = Formulary.embedded
    let checklist = formulary.candidateChecklist
    let scenario: CandidateScenario
    do throws(ScenarioError) {
      scenario = try CandidateScenario(
        yaml: yaml, file: name, indications: checklist.indications,
        questions: checklist.questions)
    } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
    if let drug = scenario.facts.drug { try SimulationProblem.refuseForbidden(drug) }
    do throws(ScenarioError) { assessment = try CandidateAssessment(scenario, formulary: formulary) } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
  }
}
