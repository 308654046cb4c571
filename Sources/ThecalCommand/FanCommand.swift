import ArgumentParser
import Thecal

/// `thecal fan`: the spread of a sweep over time.
struct FanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fan",
    abstract: "The spread of a sweep's levels over time: percentiles, a fan, and measured levels beside it.",
    discussion: """
      The sweep is one with outputs: [csf]. --data is a table with time (h), site and value (ng/mL), and below_limit \
      where a level was too low to be measured: a visual predictive check. \(thecalIntendedUse)
      """)

  @Argument(help: "The file that thecal sweep has written.")
  var sweep: String

  @Option(help: "A table of measured levels.")
  var data: String?

  @Option(name: .shortAndLong, help: "Where the percentiles go, .csv; - or nothing for standard output.")
  var output: String?

  @Option(help: "Draw the fan; the name ends in .svg or .png.")
  var plot: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    try requirePictureName(plot)
    if let output, output != "-", !output.hasPrefix("/dev/"), !output.hasSuffix(".csv") {
      throw ValidationError("the table's name ends in .csv")
    }
  }

  func run() throws {
    let table = output ?? (json || plot != nil ? nil : "-")
    try OutputGuard.refuseOverlap(
      outputs: [table, plot, json && table != "-" ? "-" : nil].compactMap(\.self),
      inputs: [sweep, data].compactMap(\.self))
    let report: FanReport
    do throws(SimulationProblem) {
      report = FanReport(try ObservedFan(path: sweep, data: data))
      if let plot { try report.plot(to: plot) }
      if let table, !(json && table == "-") { try report.write(to: table) }
    } catch {
      // A reader who has seen enough is no failure.
      guard error.exitCode != 0 else { return }
      throw CommandFailure(error)
    }
    if json {
      try Terminal.print(report.answer.json)
    } else if !quiet {
      Terminal.say("thecal: \(report.answer.text)")
    }
  }
}
