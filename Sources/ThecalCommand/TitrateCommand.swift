import ArgumentParser
import Thecal

/// `thecal titrate`: doses from day to day, from a plan in YAML.
struct TitrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "titrate",
    abstract: "Plan the doses of a titration, from the first day to the steady dose.",
    discussion: """
      The plan names drug, patient, target and protocol: label raises by the largest step as often as label or \
      consensus allow; optimal finds the doses within the same rules that bring the level to its target soonest, \
      and proves it. With observations the patient's own sensitivity is learned, and the next step is a range. With \
      trial: single, multiple or continuous, the trial before the pump is simulated hour by hour instead. \
      Exit code 1: the plan is refused, and there is no dose. \(thecalIntendedUse)
      """)

  @Argument(help: "A plan, or - for standard input.")
  var plan: String

  @Option(name: .shortAndLong, help: "Where the schedule goes as CSV; - for standard output.")
  var output: String?

  @Option(help: "Draw dose, level, effect and risk over the days; the name ends in .svg or .png.")
  var plot: String?

  @Option(help: "Write a plan of one page to print, .html.")
  var page: String?

  @Flag(help: "Print one JSON object with the schedule, its basis and its sources.")
  var json = false

  func validate() throws {
    try requirePictureName(plot)
    try requireEnding(output, of: "csv")
  }

  func run() throws {
    let (report, inputs): (any DoseReport, [String])
    do throws(SimulationProblem) {
      let file = try TitrationFile(path: plan)
      inputs = file.inputs
      report = try file.course().report
    } catch {
      throw try CommandFailure.after(error, printing: json ? \.json : \.text)
    }
    let printed = json || output != "-" ? "-" : nil
    try OutputGuard.refuseOverlap(
      outputs: [output == "-" ? nil : output, plot, page, printed ?? output].compactMap(\.self),
      inputs: inputs)
    do throws(SimulationProblem) {
      if !report.isBlocked {
        if let plot { try report.plot(to: plot) }
        if let page { try report.writePage(to: page, engine: Versions.text) }
        if let output, !(json && output == "-") { try report.write(to: output) }
      }
    } catch {
      if error.exitCode == 0 { return }
      throw CommandFailure(error)
    }
    if json {
      try Terminal.print(report.answer.json)
    } else if output != "-" {
      try Terminal.print(report.answer.text)
    }
    if report.isBlocked { throw ExitCode(1) }
  }
}
