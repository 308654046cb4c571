import ArgumentParser
import Thecal

/// `thecal pk`: levels in plasma after any doses.
struct PkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pk",
    abstract: "Levels in plasma for a table of dosing events, by linear compartment models.",
    discussion: """
      The events are those of NM-TRAN, AMT in mg, TIME in h: ID, TIME, AMT, RATE (-1 with R, -2 with D), II, ADDL, SS, \
      EVID, CMT, F, ALAG, in any order and case; other columns pass through. CMT 1 is the depot of an oral model and 2 \
      its central compartment. A row comes out per EVID 0: ID, TIME, amounts in mg, CP in mg/L, and CP of metabolites where the model has them, as the drug. With --population, \
      people are drawn around the parameters; each is the same whatever else is computed. \(thecalIntendedUse)
      """)

  @Option(help: "iv1, iv2, iv3, oral1, oral2, oral3, or a published model by its id (see --models).")
  var model: String?

  @Option(
    help: "A parameter: CL=10, V=50, Q, V2, Q3, V3, KA, F, ALAG in L and h, or with a unit: 'CL=180 mL/min'.")
  var set: [String] = []

  @Option(help: "The event table, CSV; - for standard input.")
  var events: String?

  @Option(name: .shortAndLong, help: "Where the rows go; - or nothing for standard output.")
  var output: String?

  @Option(help: "Draw so many people per ID.")
  var population: Int?

  @Option(help: "The seed that they are drawn from.")
  var seed: UInt64 = 1

  @Option(help: "How a parameter varies between people, log-normally: 'CL=30 %'.")
  var omega: [String] = []

  @Flag(help: "List the models with their parameters.")
  var models = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    try requireEnding(output, of: "csv")
    if models { return }
    if model == nil || events == nil { throw ValidationError("--model and --events are needed, or --models") }
    if let population, !(1...100_000_000).contains(population) {
      throw ValidationError("--population lies between 1 and 100000000")
    }
    if population == nil, !omega.isEmpty { throw ValidationError("--omega needs --population") }
  }

  func run() throws {
    guard !models, let model, let events else {
      try Terminal.print(
        (KineticModel.all.map(\.line) + Formulary.embedded.systemicModels.map(\.line)).joined(separator: "\n")
      )
      return
    }
    var words = KineticStudy.Words(model: model)
    (words.set, words.omega, words.samples, words.seed, words.mark) = (set, omega, population, seed, "--")
    do throws(SimulationProblem) {
      let study = try KineticStudy(words)
      if let published = PublishedModel(named: model) { remark(on: published.source) }
      try KineticsJob(study).write(events: events, to: output ?? "-")
    } catch {
      if error.exitCode != 0 { throw CommandFailure(error) }
    }
  }

  /// Whom a published model was found in, and which of its figures nobody has compared.
  private func remark(on model: Formulary.SystemicModel) {
    guard !quiet else { return }
    let open = model.unverified.filter { name in !set.contains { $0.uppercased().hasPrefix(name + "=") } }
    let caution = open.isEmpty ? "" : "; not compared with its source: \(open.joined(separator: ", "))"
    Terminal.say("thecal: \(model.id): \(model.population)\(caution)")
  }
}

extension KineticModel {
  /// Its name and what it asks for.
  fileprivate var line: String {
    let asked = parameters.map { "\($0.rawValue) \($0.unit)" }.joined(separator: ", ")
    return name + "  " + asked + (options.isEmpty ? "" : "; optional F, ALAG h")
  }
}

extension Formulary.SystemicModel {
  /// Its id, structure and population.
  fileprivate var line: String { "\(id)  \(structure); \(title); \(population)" }
}
