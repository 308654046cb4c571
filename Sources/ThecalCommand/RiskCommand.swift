import ArgumentParser
import Thecal
import ThecalPumpTools
import ThecalServer

/// `thecal risk`: how likely too much and too little are.
struct RiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk",
    abstract: "How likely over- and underdose effects are, from counts and from models.",
    discussion: """
      Every figure names the people it was counted in; populations are never mixed. Where counts at two doses or \
      more exist a curve is fitted (thecal risk fit shows it), else the share is that of all. \(thecalIntendedUse)
      """,
    subcommands: [RiskShow.self, RiskFitCommand.self], defaultSubcommand: RiskShow.self)
}

/// `thecal risk fit`.
struct RiskFitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "The fits behind the risks: residuals, and each study left out in turn.")

  @Option(help: "One drug; all where none is named.")
  var drug: String?

  @Option(
    help:
      "Estimate everything again, exposures too, and write the estimates that the data carry to this file.")
  var write: String?

  @Option(
    help:
      "Draw every model and curve beside its counts into this folder, and fit nothing: the pictures of the documentation."
  )
  var plots: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    if let plots {
      let names: [String]
      do throws(SimulationProblem) { names = try CountsPlots(CountComparison()).write(to: plots) } catch {
        throw CommandFailure(error)
      }
      return try Terminal.print(names.joined(separator: "\n"))
    }
    if let drug, Formulary.embedded.drug(named: drug) == nil {
      throw CommandFailure.data("'\(drug)' is no drug that the data know")
    }
    let report = RiskFitReport(
      RiskFitJob(drug: drug.flatMap { Formulary.embedded.drug(named: $0)?.id }, renewing: write != nil))
    if let write {
      try OutputGuard.refuseOverlap(outputs: [write, "-"], inputs: [])
      do throws(SimulationProblem) { try report.write(to: write) } catch { throw CommandFailure(error) }
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
  }
}

/// `thecal risk --drug …`.
struct RiskShow: ServedCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The risks of one dose (used where no other command is named).")

  @OptionGroup var question: RiskQuestion
  @Option(help: "Draw incidence and window against dose; the name ends in .svg or .png.")
  var plot: String?
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws { try requirePictureName(plot) }

  func run() throws {
    let report: RiskReport
    do { report = try self.report() } catch let problem as SimulationProblem {
      throw try CommandFailure.after(problem, printing: json ? \.json : \.text)
    }
    if let plot {
      try OutputGuard.refuseOverlap(outputs: [plot, "-"], inputs: [])
      do throws(SimulationProblem) { try report.plot(to: plot) } catch { throw CommandFailure(error) }
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
    if report.isBlocked { throw ExitCode(1) }
  }

  func forms() throws -> [String: @Sendable () throws -> [UInt8]] {
    let report = try report()
    return [
      ServedType.json: { Array((report.answer.json + "\n").utf8) },
      ServedType.text: { Array((report.answer.text + "\n").utf8) },
      ServedType.picture: { try report.picture("svg") },
    ]
  }

  private func report() throws -> RiskReport {
    do { return try question.report() } catch let problem as PumpToolProblem { throw CommandFailure(problem) }
  }
}
