public import ThecalStudy

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

extension DoseCourse {
  /// The course, ready to be shown.
  public var report: any DoseReport {
    switch kind {
    case .titration(let plan): TitrationReport(plan, path)
    case .trial(let trial, let match, let firstDay): TrialReport(trial, match, path, firstDay: firstDay)
    }
  }
}
