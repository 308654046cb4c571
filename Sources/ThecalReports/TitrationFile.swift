public import ThecalScenario
import ThecalTitration

/// A plan as a user wrote it: a titration, or the trial before it.
public struct TitrationFile: Sendable {
  let scenario: TitrationScenario
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
    let plan = try plan(readText(path), path == "-" ? "standard input" : path)
    guard let diary = plan.diary else { return plan }
    return plan.observing(try DiaryObservations.read(diary, beside: path))
  }

  private static func plan(_ yaml: String, _ name: String) throws(SimulationProblem) -> TitrationScenario {
    do { return try TitrationScenario(yaml: yaml, file: name) } catch { throw SimulationProblem(error) }
  }

  /// What the plan asks for, computed.
  ///
  /// - Throws: A refusal where its drug must never be given intrathecally; what cannot be computed.
  public func report() throws(SimulationProblem) -> any DoseReport {
    try SimulationProblem.refuseForbidden(scenario.request.drug)
    return scenario.request.trial == nil ? try TitrationReport(self) : try TrialReport(self)
  }
}

/// Doses over time, ready to be shown.
public protocol DoseReport: Sendable {
  /// Whether the plan is refused: there are no doses.
  var isBlocked: Bool { get }
  /// The doses as text and as one JSON object.
  var answer: Answer { get }

  /// What was read, for errors; no output may be the same file.
  var source: String { get }
  /// The schedule as CSV.
  var csv: [UInt8] { get }

  /// The course drawn, as `svg` or `png`.
  func picture(_ kind: String) throws(SimulationProblem) -> [UInt8]

  /// A page to print.
  func page(engine: String) throws(SimulationProblem) -> String

  /// Draws the course to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  func plot(to path: String) throws(SimulationProblem)
}

extension DoseReport {
  /// Writes the schedule as CSV, complete or not at all; `-` is standard output.
  public func write(to output: String) throws(SimulationProblem) {
    try writeWhole(csv, to: output, inputs: [source])
  }

  /// Writes a page to print, complete or not at all.
  public func writePage(to path: String, engine: String) throws(SimulationProblem) {
    try writeWhole(Array(try page(engine: engine).utf8), to: path, inputs: [source])
  }
}

extension TitrationReport: DoseReport {
  /// The plan, as the user named it.
  public var source: String { path }
}
