package import ThecalQuantities
public import ThecalScenario
package import ThecalTitration

/// A plan as a user wrote it: a titration, or the trial before it.
public struct TitrationFile: Sendable {
  package let scenario: TitrationScenario
  let path: String
  /// The files that were read: the plan, and the diary that it names.
  public let inputs: [String]

  /// Reads the plan at `path` (`-` for standard input), and the diary that it names.
  public init(path: String) throws(SimulationProblem) {
    // Everything that can fail comes before the first property: half a plan must not be taken apart again.
    let read = try Self.read(path)
    inputs =
      [path]
      + (try read.diary.map { diary throws(SimulationProblem) in
        try DiaryObservations.path(diary, beside: path)
      }.map { [$0] } ?? [])
    self.path = path
    scenario = read
  }

  /// Reads the plan `yaml`, which errors call `name`; a diary that it names is among `texts`.
  public init(yaml: String, named name: String, _ texts: NamedTexts) throws(SimulationProblem) {
    var read = try Self.plan(yaml, name)
    if let diary = read.diary {
      let table: String
      do { table = try texts.text(diary) } catch {
        throw SimulationProblem(message: "\(error)", exitCode: 65)
      }
      let reader = try DiaryReader(bytes: Array(table.utf8), named: diary.value)
      read = read.observing(try DiaryObservations.read(diary, reader, diary.value))
    }
    inputs = []
    path = name
    scenario = read
  }

  private static func read(_ path: String) throws(SimulationProblem) -> TitrationScenario {
    let plan = try plan(readText(path), nameOfInput(path))
    guard let diary = plan.diary else { return plan }
    return plan.observing(try DiaryObservations.read(diary, beside: path))
  }

  private static func plan(_ yaml: String, _ name: String) throws(SimulationProblem) -> TitrationScenario {
    do { return try TitrationScenario(yaml: yaml, file: name) } catch { throw SimulationProblem(error) }
  }

  /// What the plan asks for, computed.
  ///
  /// - Throws: A refusal where its drug must never be given intrathecally; what cannot be computed.
  public func course() throws(SimulationProblem) -> DoseCourse {
    try SimulationProblem.refuseForbidden(scenario.request.drug)
    do throws(ScenarioError) {
      if scenario.request.trial == nil { return DoseCourse(.titration(try TitrationPlan(scenario)), path) }
      return DoseCourse(
        .trial(try Trial(scenario), try TrialMatch(scenario), firstDay: scenario.request.firstDay), path)
    } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
  }
}

/// Doses over time: those of a titration, or of the trial before it.
public struct DoseCourse: Sendable {
  /// What was computed.
  package enum Kind: Sendable {
    /// A titration.
    case titration(TitrationPlan)
    /// A trial, the first programme where its result is stated, and the date of the day of hour 0 where it is.
    case trial(Trial, TrialMatch?, firstDay: CalendarDate?)
  }

  package let kind: Kind
  /// The plan, as the user named it.
  package let path: String

  init(_ kind: Kind, _ path: String) { (self.kind, self.path) = (kind, path) }
}
