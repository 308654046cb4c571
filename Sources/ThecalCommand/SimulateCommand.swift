import ArgumentParser
import Thecal

/// `thecal simulate`: levels of drug along the spine, in the head and in plasma.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Predict the concentration of a drug along the CSF space, from a scenario in YAML.",
    discussion: """
      The output has a row per time and a column per site: CSV, or NetCDF where its name ends in .nc. A prediction \
      is not a dose: levels close to the tip are under-predicted by the model. \(thecalIntendedUse)
      """)

  @Argument(help: "A scenario file, the NetCDF file that was made from one, or - for standard input.")
  var scenario: String

  @Option(name: .shortAndLong, help: "Where the table goes, .csv or .nc; - or nothing for standard output.")
  var output: String?

  @Flag(help: "One row: the level that the last rate settles at if it is held for ever.")
  var steady = false

  @Option(help: "Draw the levels over time and along the spine; the name ends in .svg or .png.")
  var plot: String?

  @Flag(help: "Areas, means, peaks and half-lives in place of the levels: a row per site.")
  var nca = false

  @Flag(help: "Print one JSON object with the result and its sources.")
  var json = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    if let output, output != "-", output != scenario, !output.hasPrefix("/dev/"), !output.hasSuffix(".csv"),
      !output.hasSuffix(".nc")
    {
      throw ValidationError("the table's name ends in .csv or .nc")
    }
    try requirePictureName(plot)
    if nca, output?.hasSuffix(".nc") == true { throw ValidationError("--nca writes CSV") }
    if nca, steady {
      throw ValidationError("a steady state has no areas and peaks: leave out --steady or --nca")
    }
    if plot != nil, steady {
      throw ValidationError("a steady state has no course to plot: leave out --steady or --plot")
    }
  }

  func run() throws {
    let job: SimulationJob
    do throws(SimulationProblem) { job = try SimulationJob(path: scenario, isSteady: steady) } catch {
      throw try CommandFailure.after(error, printing: json ? \.json : nil)
    }
    let table = output ?? (json ? nil : "-")
    let outputs = [table == "-" && json ? nil : table, plot, json && table != "-" ? "-" : nil]
    try OutputGuard.refuseOverlap(outputs: outputs.compactMap(\.self), inputs: [scenario])
    do throws(SimulationProblem) {
      if !quiet { for warning in job.warnings { Terminal.say("thecal: \(warning)") } }
      if let plot { try job.alongCanal().plot(to: plot) }
      if let output, !(json && output == "-") {
        try write(job, to: output)
      } else if !json {
        try write(job, to: "-")
      }
    } catch {
      // A reader who has seen enough is no failure.
      if error.exitCode != 0 { throw CommandFailure(error) }
    }
    if json { try Terminal.print(job.json) }
  }

  private func write(_ job: SimulationJob, to output: String) throws(SimulationProblem) {
    try nca ? job.writeExposures(to: output) : job.write(to: output, engine: Versions.engine)
  }
}
