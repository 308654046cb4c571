import ArgumentParser
import Thecal

/// `thecal fit`: parameters from measured levels.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract:
      "Estimate parameters of the transport model from measured levels, from a specification in YAML.",
    discussion: """
      The specification names a scenario, a table of measurements (subject, time, site or distance, value, below), what \
      is estimated and the residual: error: {proportional: 30 %}. The answer is one JSON object: modes, 95 % intervals, \
      predictions, residuals, and what the data do not say. A parameter that the data do not move keeps its prior's \
      interval. \(thecalIntendedUse)
      """)

  @Argument(help: "A specification, or - for standard input.")
  var specification: String

  @Option(name: .shortAndLong, help: "Where the answer goes, as JSON; - or nothing for standard output.")
  var output: String?

  @Option(help: "Draw measurements and fit; the name ends in .svg or .png.")
  var plot: String?

  @Flag(help: "Print one JSON object; this is what happens without it too.")
  var json = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    try requirePictureName(plot)
    try requireEnding(output, of: "json")
  }

  func run() throws {
    let job: FitJob
    do throws(SimulationProblem) { job = try FitJob(path: specification) } catch {
      if !error.findings.isEmpty {
        try Terminal.print(error.answer.json)
        throw ExitCode(error.exitCode)
      }
      throw CommandFailure(error)
    }
    try OutputGuard.refuseOverlap(outputs: [output ?? "-", plot].compactMap(\.self), inputs: job.inputs)
    if !quiet { Terminal.say(job.answer.text) }
    do throws(SimulationProblem) {
      if let plot { try job.plot(to: plot) }
      try job.write(to: output ?? "-")
    } catch {
      // A reader who has seen enough is no failure.
      if error.exitCode != 0 { throw CommandFailure(error) }
    }
    if let output, output != "-", json { try Terminal.print(job.answer.json) }
  }
}
