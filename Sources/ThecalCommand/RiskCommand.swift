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

/// Reads `5 %`: a share above 0 and below 1.
@Sendable private func share(_ text: String) throws -> Double {
  let value: Ratio
  do { value = try Ratio(reading: text) } catch { throw ValidationError(error.explanation) }
  guard value > .zero, value.value(in: .one) < 1 else {
    throw ValidationError("'\(text)' must lie between 0 % and 100 %")
  }
  return value.value(in: .one)
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
      do throws(SimulationProblem) { names = try CountsPlots().write(to: plots) } catch {
        throw CommandFailure(error)
      }
      return try Terminal.print(names.joined(separator: "\n"))
    }
    if let drug, Formulary.embedded.drug(named: drug) == nil {
      throw CommandFailure.data("'\(drug)' is no drug that the data know")
    }
    let report = RiskFitReport(
      drug: drug.flatMap { Formulary.embedded.drug(named: $0)?.id }, renewing: write != nil)
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

  enum Regimen: String, CaseIterable, ExpressibleByArgument { case single, continuous }
  enum Tolerance: String, CaseIterable, ExpressibleByArgument { case naive, tolerant, unknown }

  @Option(help: "The drug.")
  var drug: String
  @Option(help: "0.5 mg once, or 0.5 mg/day.")
  var dose: String
  @Option(help: "One injection, or an infusion.")
  var regimen: Regimen
  @Option(help: "Whether the patient is used to opioids; both are shown where it is not known.")
  var tolerance: Tolerance = .unknown
  @Option(
    help: "The infusion to which the patient is used, if it is another one.", transform: DoseRate.nonnegative)
  var previousDose: DoseRate?
  @Option(help: "How long the delivery has stopped.", transform: Time.positive)
  var interruption: Time?
  @Option(help: "Oral opioids that go on, as oral morphine: 60 mg/day.", transform: DoseRate.nonnegative)
  var residualMme: DoseRate?
  @Flag(help: "Other drugs that depress the central nervous system.")
  var cnsDepressants = false
  @Flag(help: "Sleep apnea.")
  var sleepApnea = false
  @Flag(help: "Frail.")
  var frail = false
  @Option(help: "Age in years.")
  var age: Double?
  @Option(help: "Concentration in the pump, for masses at the tip.", transform: Concentration.positive)
  var concentration: Concentration?
  @Option(help: "Months on the drug.")
  var months: Double?
  @Option(help: "Yearly rise of the dose, in percent.")
  var yearlyRise: Double?
  @Option(
    help: "The largest share of patients with a toxic level in the window of doses: '5 %'.", transform: share)
  var mostToxic: Double?
  @Option(help: "The largest share without the wanted effect in the window: '50 %'.", transform: share)
  var mostInadequate: Double?
  @Option(help: "The vertebra of the injection (L3 where not stated) or of the catheter's end (T10).")
  var tip: String?
  @Option(help: "Number of virtual patients; 0 leaves the models out.")
  var patients = 400
  @Option(help: "The seed from which they are drawn.")
  var seed: UInt64 = 1
  @Option(help: "Draw incidence and window against dose; the name ends in .svg or .png.")
  var plot: String?
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if !(0...100_000).contains(patients) { throw ValidationError("--patients lies between 0 and 100000") }
    for (name, value) in [("--age", age), ("--months", months), ("--yearly-rise", yearlyRise)] {
      if let value, !(value >= 0 && value < 10_000) { throw ValidationError("\(name) must be zero or more") }
    }
    try requirePictureName(plot)
  }

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
    var request: RiskReport.Request
    switch regimen {
    case .single: request = .init(drug: drug, single: try Mass.positive(dose))
    case .continuous: request = .init(drug: drug, continuous: try DoseRate.positive(dose))
    }
    let facts = [("cns_depressants", cnsDepressants), ("sleep_apnea", sleepApnea), ("frail", frail)]
    request.add(
      interruption: interruption, residualMorphine: residualMme,
      facts: Set(facts.filter(\.1).map(\.0)), age_years: age)
    _ = request.state(tolerance: tolerance.rawValue, previous: previousDose)
    request.add(concentration: concentration, months: months, yearlyRise: yearlyRise.map { $0 / 100 })
    request.window(mostToxic: mostToxic, mostInadequate: mostInadequate)
    let levels = Formulary.embedded.vertebralLevels.rows.map(\.name)
    if let tip, !levels.contains(tip.uppercased()) {
      throw CommandFailure.usage("--tip: \(suggestion(for: tip, among: levels))")
    }
    request.model(tip: tip, patients: patients, seed: seed)
    guard let report = try RiskReport(request) else {
      let known = Formulary.embedded.drugs.filter { $0.intrathecal != nil }.map(\.id)
      throw CommandFailure.data("'\(drug)' is no drug for a pump; \(suggestion(for: drug, among: known))")
    }
    return report
  }
}
