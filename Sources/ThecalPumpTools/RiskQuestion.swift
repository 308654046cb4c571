public import ArgumentParser
package import Thecal

/// What `thecal risk` is asked, by its long flags: the terminal, programs over HTTP, C and Python ask alike.
package struct RiskQuestion: ParsableArguments {
  package enum Regimen: String, CaseIterable, ExpressibleByArgument { case single, continuous }

  @Option(help: "The drug.")
  var drug: String
  @Option(help: "0.5 mg once, or 0.5 mg/day.")
  var dose: String
  @Option(help: "One injection, or an infusion.")
  var regimen: Regimen
  @Option(help: "Whether the patient is used to opioids; both are shown where it is not known.")
  var tolerance: RiskRequest.Tolerance = .unknown
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

  package init() {}

  package mutating func validate() throws {
    if !(0...100_000).contains(patients) { throw ValidationError("--patients lies between 0 and 100000") }
    for (name, value) in [("--age", age), ("--months", months), ("--yearly-rise", yearlyRise)] {
      if let value, !(value >= 0 && value < 10_000) { throw ValidationError("\(name) must be zero or more") }
    }
  }

  /// The risks.
  ///
  /// - Throws: `PumpToolProblem` where a flag makes no sense or the drug is none for a pump; `SimulationProblem` where
  ///   the rules refuse the drug.
  package func report() throws -> RiskReport {
    let given: RiskRequest.Dose =
      switch regimen {
      case .single: .single(try Mass.positive(dose))
      case .continuous: .continuous(try DoseRate.positive(dose))
      }
    var request = RiskRequest(drug: drug, dose: given)
    let facts = [("cns_depressants", cnsDepressants), ("sleep_apnea", sleepApnea), ("frail", frail)]
    request.facts = Set(facts.filter(\.1).map(\.0))
    (request.interruption, request.residualMorphine, request.age_years) = (interruption, residualMme, age)
    (request.tolerance, request.previous) = (tolerance, previousDose)
    (request.concentration, request.months) = (concentration, months)
    request.yearlyRise = yearlyRise.map { $0 / 100 }
    (request.mostToxic, request.mostInadequate) = (mostToxic, mostInadequate)
    let levels = Formulary.embedded.vertebralLevels.rows.map(\.name)
    if let tip, !levels.contains(tip.uppercased()) {
      throw PumpToolProblem(
        message: "--tip: \(suggestion(for: tip, among: levels))",
        exitCode: ExitCode.validationFailure.rawValue)
    }
    (request.tip, request.patients, request.seed) = (tip, patients, seed)
    guard let job = try RiskJob(request) else {
      let known = Formulary.embedded.drugs.filter { $0.intrathecal != nil }.map(\.id)
      throw PumpToolProblem(
        message: "'\(drug)' is no drug for a pump; \(suggestion(for: drug, among: known))", exitCode: 65)
    }
    return RiskReport(job)
  }

  /// The risks for flags without hyphens before them: `drug=morphine`, `frail`.
  ///
  /// - Throws: As `report()`.
  package static func report(flags: [String]) throws -> RiskReport {
    try asked(flags.map { "--\($0)" }) { try $0.report() }
  }
}

extension RiskRequest.Tolerance: ExpressibleByArgument {}

/// Reads `5 %`: a share above 0 and below 1.
@Sendable private func share(_ text: String) throws -> Double {
  let value: Ratio
  do { value = try Ratio(reading: text) } catch { throw ValidationError(error.explanation) }
  guard value > .zero, value.value(in: .one) < 1 else {
    throw ValidationError("'\(text)' must lie between 0 % and 100 %")
  }
  return value.value(in: .one)
}
