import ArgumentParser
import Thecal

/// `thecal candidate`: what stands for and against a pump, before anybody operates.
struct CandidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "candidate",
    abstract: "Hold the facts about a patient against the checklist of leaflets and labels.",
    discussion: """
      The file is YAML: indication (noncancer, cancer, spasticity_spinal, spasticity_cerebral), drug, and for each \
      item yes, no or unknown; positive_trial also takes a percentage, life_expectancy months, age years. What is \
      absent is unknown. Each item comes back met, not met or unknown with its source; there is no score. Exit code \
      1: something excludes a pump as things stand. \(thecalIntendedUse)
      """)

  @Argument(help: "A file of facts, or - for standard input.")
  var file: String

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let report: CandidateReport
    do throws(SimulationProblem) { report = CandidateReport(try CandidateJob(path: file)) } catch {
      throw try CommandFailure.after(error, printing: json ? \.json : \.text)
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
    if report.isBlocked { throw ExitCode(1) }
  }
}
