import Thecal

/// Why there is no answer: a status of HTTP, and a message for a person.
struct ServerProblem: Error, Equatable {
  let status: Int
  let message: String
  /// Where the input is wrong, counted from 1.
  var line: Int?
  var column: Int?
  /// Methods that are allowed here, for 405.
  var allowed: [String] = []

  init(_ status: Int, _ message: String, line: Int? = nil, column: Int? = nil) {
    self.status = status
    self.message = message
    self.line = line
    self.column = column
  }

  /// The problem behind an exit code of the command line: a call that makes no sense is 422, data that cannot be read 400,
  /// a full disk or a missing program 503.
  init(exitCode: Int32, _ message: String, line: Int? = nil) {
    let status =
      switch exitCode {
      case 64, 1: 422
      case 65, 66: 400
      default: 503
      }
    self.init(status, message, line: line)
  }

  /// What went wrong in a function of the engine.
  init(_ error: any Error) {
    switch error {
    case let problem as ServerProblem: self = problem
    case let failure as ServedFailure: self.init(exitCode: failure.exitCode, failure.message)
    case let problem as BatchProblem: self.init(exitCode: problem.exitCode, problem.message)
    case let problem as IntakeProblem: self.init(exitCode: problem.exitCode, problem.message)
    case let problem as SimulationProblem:
      self.init(exitCode: problem.exitCode, problem.message, line: problem.line)
    default: self.init(500, "this cannot be computed")
    }
  }

  /// The problem as an answer like any other.
  var body: [UInt8] {
    let place = [("line", line), ("column", column)].compactMap { name, value in
      value.map { AnswerField(name, .number(ExactNumber($0))) }
    }
    let answer = Answer(text: message, status: .error, message: message, fields: place)
    return Array((answer.json + "\n").utf8)
  }
}
