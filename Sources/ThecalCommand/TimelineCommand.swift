import ArgumentParser
import Thecal

/// `thecal timeline`: everything a patient gets on one axis of time.
struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Oral, transdermal, intravenous and intrathecal drug on one time axis, from a plan in YAML.",
    discussion: """
      The plan names the pump's drug, its programme (or what thecal titrate needs to find one) and the medicines beside \
      it, with how they are taken back: \
      medications: [{take: oxycodone oral 20 mg q6h, wean: {by: 25 %, every: 2 day, from: 3 day}}]. Rows give what is \
      taken as oral morphine, what the pump gives, and levels in CSF and plasma. Doses that the rules refuse are exit 1, \
      without levels. \(thecalIntendedUse)
      """)

  @Argument(help: "A plan, or - for standard input.")
  var plan: String

  @Option(name: .shortAndLong, help: "Where the table goes; - or nothing for standard output.")
  var output: String?

  @Option(help: "Draw the timeline; the name ends in .svg or .png.")
  var plot: String?

  @Flag(help: "Print one JSON object with the result and its sources.")
  var json = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    try requirePictureName(plot)
    try requireEnding(output, of: "csv")
  }

  func run() throws {
    let job: TimelineJob
    do throws(SimulationProblem) { job = try TimelineJob(path: plan) } catch {
      throw try CommandFailure.after(error, printing: json ? \.json : nil)
    }
    let table = output ?? (json ? nil : "-")
    let outputs = [table, plot, json && table != "-" ? "-" : nil]
    try OutputGuard.refuseOverlap(outputs: outputs.compactMap(\.self), inputs: [plan])
    if !quiet { for remark in job.remarks { Terminal.say("thecal: \(remark)") } }
    do throws(SimulationProblem) {
      if !job.isBlocked {
        if let plot { try job.plot(to: plot) }
        if let table { try job.write(to: table) }
      }
    } catch {
      if error.exitCode != 0 { throw CommandFailure(error) }
    }
    if json { try Terminal.print(job.json) }
    if job.isBlocked { throw ExitCode(1) }
  }
}

/// `thecal explain-ratio`: why a ratio of doses is not a ratio of levels.
struct ExplainRatioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain-ratio",
    abstract: "Research: levels in CSF per milligram by mouth and by pump, with intervals over many people.",
    discussion: """
      A conversion ratio such as 1/300 is no ratio of levels: per milligram the pump gives thousands of times the level \
      in CSF. This command shows the comparison and what it does not know. It derives no dose. \(thecalIntendedUse)
      """)

  @Argument(help: "The drug: morphine, baclofen, …")
  var drug: String

  @Option(help: "The vertebra at which the catheter ends.")
  var tip = "T10"

  @Option(help: "The vertebra at which levels are compared.")
  var at = "L3"

  @Option(help: "Number of people.")
  var samples = 500

  @Option(help: "The seed from which they are drawn.")
  var seed: UInt64 = 1

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard (20...100_000).contains(samples) else {
      throw ValidationError("--samples lies between 20 and 100000")
    }
  }

  func run() throws {
    do throws(SimulationProblem) { try SimulationProblem.refuseForbidden(drug) } catch {
      throw try CommandFailure.after(error, printing: json ? \.json : \.text)
    }
    let answer: Answer
    do throws(InputProblem) {
      answer = try ExposureComparison(drug: drug, tip: tip, at: at, samples: samples, seed: seed).answer
    } catch {
      throw CommandFailure.data(error.message)
    }
    try Terminal.print(json ? answer.json : answer.text)
  }
}
