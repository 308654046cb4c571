import ArgumentParser
import Glibc
import Thecal

/// `thecal sweep`: many parameter sets.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Compute a scenario for many parameter sets, in parallel, and write NetCDF or CSV.",
    discussion: """
      The same specification, data and seed give the same bytes whatever the number of threads. A killed sweep goes \
      on with --resume and ends with the same file. --shard I/N computes one of N contiguous parts, which thecal \
      merge joins. Exit code 1: the clinical rules refuse a dose, or some samples could \
      not be computed; the variable 'failure' says why. \(thecalIntendedUse)
      """)

  @Argument(help: "A specification in YAML.")
  var spec: String

  @Option(name: .shortAndLong, help: "Where the samples go: .nc, or .csv for outputs without a time axis.")
  var output: String

  @Option(help: "One part of several: 2/8.", transform: shardNumber)
  var shard: ShardNumber?

  @Flag(help: "Go on from what a killed sweep has left beside the output.")
  var resume = false

  @Option(help: "Number of threads; all cores where none is named.")
  var threads: Int?

  @Option(help: "Compress the file, 1 (fast) to 9 (small).")
  var deflate: Int?

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...1_024).contains(threads) {
      throw ValidationError("--threads lies between 1 and 1024")
    }
    if let deflate, !(1...9).contains(deflate) { throw ValidationError("--deflate lies between 1 and 9") }
    if !output.hasSuffix(".nc"), !output.hasSuffix(".csv") {
      throw ValidationError("the output's name ends in .nc or .csv")
    }
  }

  func run() throws {
    let bar = ProgressBar(isOn: !quiet && Terminal.isWatched)
    var options = SweepRun.Options()
    options.shard = shard.map { ($0.number, $0.count) }
    options.resumes = resume
    options.threads = threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    options.deflate = deflate
    options.progress = { bar.show($0, of: $1, unit: "samples") }
    let summary: SweepRun.Summary
    let run: SweepRun
    do throws(SweepProblem) { run = try SweepRun(path: spec) } catch {
      throw try CommandFailure.after(SimulationProblem(error), printing: \.text)
    }
    try OutputGuard.refuseOverlap(outputs: SweepRun.files(of: output), inputs: run.inputs)
    do throws(SweepProblem) { summary = try run.write(to: output, engine: Versions.engine, options) } catch {
      bar.clear()
      throw CommandFailure(error)
    }
    bar.clear()
    if !quiet {
      let taken = summary.resumed > 0 ? ", \(summary.resumed) of them from before" : ""
      Terminal.say("thecal: \(summary.samples) samples in \(output)\(taken)")
      if let first = summary.firstFailure {
        Terminal.say("thecal: \(summary.failed) failed, the first: \(first)")
      }
    }
    if summary.failed > 0 { throw ExitCode(1) }
  }
}

/// One part of several.
struct ShardNumber {
  let number: Int
  let count: Int
}

/// Reads `2/8`.
@Sendable func shardNumber(_ text: String) throws -> ShardNumber {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
  guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1, count <= 1_000_000,
    (1...count).contains(number)
  else { throw ValidationError("'\(text)' is no part such as 2/8") }
  return ShardNumber(number: number, count: count)
}
