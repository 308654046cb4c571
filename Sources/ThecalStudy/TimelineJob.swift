import ThecalDosing
public import ThecalPlan
import ThecalScenario
import ThecalTransport

/// A timeline file on its way to results.
public struct TimelineJob: Sendable {
  /// The timeline that the file describes.
  public let timeline: Timeline
  package let path: String

  /// Reads the file at `path` (`-` for standard input) and computes it.
  public init(path: String) throws(SimulationProblem) {
    try self.init(yaml: readText(path), named: nameOfInput(path), path)
  }

  /// Computes the plan of `yaml`, which errors call `name`.
  public init(yaml: String, named name: String) throws(SimulationProblem) {
    try self.init(yaml: yaml, named: name, name)
  }

  private init(yaml: String, named name: String, _ path: String) throws(SimulationProblem) {
    let scenario: TimelineScenario
    do throws(ScenarioError) { scenario = try TimelineScenario(yaml: yaml, file: name) } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
    try SimulationProblem.refuseForbidden(scenario.request.input.drug)
    do throws(ScenarioError) { timeline = try Timeline(scenario) } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
    self.path = path
  }

  /// The timeline of a plan that was read at `path`.
  package init(_ timeline: Timeline, _ path: String) { (self.timeline, self.path) = (timeline, path) }

  /// Whether the rules refuse a dose: there are no levels then.
  public var isBlocked: Bool { timeline.findings.isRefused }
}
