import ArgumentParser
import Thecal

/// `thecal merge`: shards joined.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the parts of a sweep to the file that one run would have written.")

  @Argument(help: "The parts, in any order.")
  var parts: [String]

  @Option(name: .shortAndLong, help: "Where the whole goes, .nc.")
  var output: String

  @Option(help: "Compress the file, 1 (fast) to 9 (small).")
  var deflate: Int?

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    if let deflate, !(1...9).contains(deflate) { throw ValidationError("--deflate lies between 1 and 9") }
    if !output.hasSuffix(".nc") { throw ValidationError("the output's name ends in .nc") }
  }

  func run() throws {
    try OutputGuard.refuseOverlap(outputs: [output], inputs: parts)
    do throws(SweepProblem) {
      let samples = try SweepMerge.join(parts, to: output, deflate: deflate)
      if !quiet { Terminal.say("thecal: \(samples) samples in \(output)") }
    } catch {
      throw CommandFailure(error)
    }
  }
}

/// `thecal sensitivity`: which parameter weighs how much.
struct SensitivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Which parameter of a sweep weighs how much: Sobol indices, or the effects of Morris.",
    discussion: """
      The sweep is made with design: {method: saltelli, samples: N} or {method: morris, samples: N}; N is the number \
      of base points or trajectories. Results are the variables with one number per sample, or per sample and site. \
      \(thecalIntendedUse)
      """)

  @Argument(help: "The file that thecal sweep has written.")
  var sweep: String

  @Option(name: .customLong("result"), help: "A result such as steady_L4; may be given several times.")
  var results: [String] = []

  @Option(help: "Draw weights and scatter of the first result; the name ends in .svg or .png.")
  var plot: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    try requirePictureName(plot)
  }

  func run() throws {
    let report: SensitivityReport
    do throws(SweepProblem) {
      report = SensitivityReport(try SensitivityStudy(path: sweep, names: results))
    } catch {
      throw CommandFailure(error)
    }
    if let plot {
      try OutputGuard.refuseOverlap(outputs: [plot, "-"], inputs: [sweep])
      do throws(SimulationProblem) { try report.plot(to: plot, result: results.first) } catch {
        throw CommandFailure(error)
      }
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
  }
}
