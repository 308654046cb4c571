import ArgumentParser
import Glibc
import Thecal
import ThecalPumpTools

/// The root of the command line.
@main struct ThecalCommandLine: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thecal",
    abstract: "Intrathecal pumps: oral regimens to pump doses, with a source for every number.",
    discussion: thecalIntendedUse,
    subcommands: [
      ConvertCommand.self, IntakeCommand.self, CodesCommand.self, PumpCommand.self, SimulateCommand.self,
      PkCommand.self, TimelineCommand.self, ExplainRatioCommand.self, TablesCommand.self, CiteCommand.self,
      CandidateCommand.self, PlanCommand.self, TitrateCommand.self, DiaryCommand.self, RiskCommand.self,
      SweepCommand.self, MergeCommand.self, FanCommand.self, SensitivityCommand.self, FitCommand.self,
      ServeCommand.self, SchemaCommand.self, CheckDataCommand.self, DoctorCommand.self,
    ])

  @Flag(help: "Print the versions of engine and data.")
  var version = false

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    try Terminal.print(Versions.text)
  }

  /// Runs a command and turns what went wrong into one line and an exit code.
  static func main() {
    OutputGuard.install()
    var code = code(of: {
      // Asked by scripts again and again: answered before the commands are laid out.
      if CommandLine.arguments.dropFirst().elementsEqual(["--version"]) {
        return try Terminal.print(Versions.text)
      }
      var command = try parseAsRoot(Arguments.joined(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    })
    let closing = Self.code(of: { try OutputGuard.closeOutput() })
    if code <= 1 && closing > 1 { code = closing }
    Glibc.exit(code)
  }

  /// Does `work`, says what went wrong with it, and what the process ends with because of that.
  private static func code(of work: () throws -> Void) -> Int32 {
    do {
      try work()
      return 0
    } catch let failure as CommandFailure {
      Terminal.say("thecal: \(failure.message)")
      return failure.exitCode
    } catch let problem as BatchProblem {
      // A reader who has seen enough is no failure.
      if !problem.message.isEmpty && problem.exitCode != 0 { Terminal.say("thecal: \(problem.message)") }
      return problem.exitCode
    } catch {
      return code(of: error)
    }
  }

  /// What the parser of the command line has to say: help to standard output, complaints to standard error.
  private static func code(of error: any Error) -> Int32 {
    let (message, code) = (fullMessage(for: error), exitCode(for: error).rawValue)
    if message.isEmpty { return code }
    guard code == 0 else {
      Terminal.say(message)
      return code
    }
    return Self.code(of: { try Terminal.print(message) })
  }
}

/// The words of the command line.
enum Arguments {
  /// The words with each negative quantity joined to its option: `--dose "-2 mg/day"` is a dose that is wrong, and no
  /// option called `-2`.
  static func joined(_ words: [String]) -> [String] {
    var joined: [String] = []
    for word in words {
      let isNegative =
        word.count > 1 && word.hasPrefix("-")
        && word.dropFirst().first.map { $0.isNumber || $0 == "." } == true
      if isNegative, let option = joined.last, option.hasPrefix("--"), option.count > 2, !option.contains("=")
      {
        joined[joined.count - 1] = "\(option)=\(word)"
      } else {
        joined.append(word)
      }
    }
    return joined
  }
}

/// Engine and data, as results name them.
enum Versions {
  static let engine = "thecal \(thecalVersion)"
  static var text: String { "\(engine), data \(Formulary.embedded.version)" }
}

/// What ends a command early: one line for a person, a number for a program.
struct CommandFailure: Error {
  let message: String
  let exitCode: Int32

  init(message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  /// Why there is no simulation, plan or picture.
  init(_ problem: SimulationProblem) { self.init(message: problem.message, exitCode: problem.exitCode) }
  /// Why a tool gave no report.
  init(_ problem: PumpToolProblem) { self.init(message: problem.message, exitCode: problem.exitCode) }
  /// Why there is no sweep.
  init(_ problem: SweepProblem) { self.init(message: problem.message, exitCode: problem.exitCode) }

  /// How a command ends for `problem`: what the clinical rules refuse is an answer, printed in `form` where the command prints
  /// answers on standard output.
  static func after(_ problem: SimulationProblem, printing form: KeyPath<Answer, String>?) throws -> any Error
  {
    guard let form, !problem.findings.isEmpty else { return CommandFailure(problem) }
    try Terminal.print(problem.answer[keyPath: form])
    return ExitCode(problem.exitCode)
  }

  /// The command was called in a way that makes no sense.
  static func usage(_ message: String) -> Self { Self(message: message, exitCode: 64) }
  /// The data cannot be used.
  static func data(_ message: String) -> Self { Self(message: message, exitCode: 65) }
}

/// Standard output and standard error.
enum Terminal {
  /// Prints a result: the one way to standard output, complete or an error.
  static func print(_ text: String, terminator: String = "\n") throws {
    try OutputGuard.print(text + terminator)
  }

  /// Says something to the person at the terminal, beside the results.
  static func say(_ text: String) { write(text + "\n") }

  /// Writes to standard error as it is.
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written <= 0 { return }
      bytes = bytes.dropFirst(written)
    }
  }

  /// Whether someone watches standard error.
  static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

  /// The day by the machine's clock: for warnings on stderr, never for a result.
  static var today: CalendarDate { .today }

  /// The time by the machine's clock, in Greenwich: `2026-01-31T14:05Z`.
  static var time: String {
    let seconds = Glibc.time(nil) % 86_400
    func padded(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(today.text)T\(padded(seconds / 3_600)):\(padded(seconds % 3_600 / 60))Z"
  }

  /// Seconds since some moment in the past.
  static var clock: Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}
