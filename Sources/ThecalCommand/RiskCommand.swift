import ArgumentParser
import Thecal

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

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    if let drug, Formulary.embedded.drug(named: drug) == nil {
      throw CommandFailure.data("'\(drug)' is no drug that the data know")
    }
    let answer = RiskFitReport(drug: drug.flatMap { Formulary.embedded.drug(named: $0)?.id }).answer
    try Terminal.print(json ? answer.json : answer.text)
  }
}

/// `thecal risk --drug …`.
struct RiskShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The risks of one dose (used where no other command is named).")

  enum Regimen: String, CaseIterable, ExpressibleByArgument { case single, continuous }

  @Option(help: "The drug.")
  var drug: String
  @Option(help: "0.5 mg once, or 0.5 mg/day.")
  var dose: String
  @Option(help: "One injection, or an infusion.")
  var regimen: Regimen
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
  @Option(help: "The vertebra at which the catheter ends.")
  var tip = "T10"
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
    if let plot, !plot.hasSuffix(".svg"), !plot.hasSuffix(".png") {
      throw ValidationError("--plot draws .svg and .png")
    }
  }

  func run() throws {
    var request: RiskReport.Request
    switch regimen {
    case .single: request = .init(drug: drug, single: try Mass.positive(dose))
    case .continuous: request = .init(drug: drug, continuous: try DoseRate.positive(dose))
    }
    let facts = [("cns_depressants", cnsDepressants), ("sleep_apnea", sleepApnea), ("frail", frail)]
    request.add(
      interruption: interruption, residualMorphine: residualMme,
      facts: Set(facts.filter(\.1).map(\.0)), age_years: age)
    request.add(concentration: concentration, months: months, yearlyRise: yearlyRise.map { $0 / 100 })
    request.window(mostToxic: mostToxic, mostInadequate: mostInadequate)
    let levels = Formulary.embedded.vertebralLevels.rows.map(\.name)
    guard levels.contains(tip.uppercased()) else {
      throw CommandFailure.usage("--tip: \(suggestion(for: tip, among: levels))")
    }
    request.model(tip: tip, patients: patients, seed: seed)
    let made: RiskReport?
    do throws(SimulationProblem) { made = try RiskReport(request) } catch {
      throw CommandFailure(message: error.message, exitCode: error.exitCode)
    }
    guard let report = made else {
      let known = Formulary.embedded.drugs.filter { $0.intrathecal != nil }.map(\.id)
      throw CommandFailure.data("'\(drug)' is no drug for a pump; \(suggestion(for: drug, among: known))")
    }
    if let plot {
      try OutputGuard.refuseOverlap(outputs: [plot, "-"], inputs: [])
      do throws(SimulationProblem) { try report.plot(to: plot) } catch { throw CommandFailure(error) }
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
  }
}
