public import ThecalFormulary
import Glibc
import ThecalKinetics
import ThecalQuantities
import ThecalResponse
import ThecalSampling
public import ThecalTransport

/// How much drug in CSF a milligram gives by mouth and by a pump, in many people: a question of research, which says why
/// a conversion ratio is not a ratio of levels, and never a dose.
public struct ExposureComparison: Sendable {
  /// A figure with the middle and the ends of the 95 % of people.
  public struct Figure: Hashable, Sendable {
    /// What it is, for machines: `ratio_at_site`.
    public let id: String
    /// In words.
    public let title: String
    /// Its unit.
    public let unit: String
    /// Half of the people have less.
    public let median: Double
    /// 2.5 % of them have less.
    public let low: Double
    /// 2.5 % of them have more.
    public let high: Double
  }

  /// The drug.
  public let drug: String
  /// The model of the drug by mouth.
  public let model: Formulary.SystemicModel
  /// The figures.
  public let figures: [Figure]
  /// The ids of the sources.
  public let sources: [String]
  /// Figures that nobody compared with a document.
  public let unverified: [String]

  /// The comparison for `samples` people, by a catheter at `tip` and at the level `site`.
  ///
  /// - Throws: `InputProblem` where no model of the drug by mouth, no uptake into CSF or no such level is known.
  public init(
    drug name: String, tip: String, at site: String, samples: Int, seed: UInt64,
    formulary: Formulary = .embedded
  ) throws(InputProblem) {
    let drug = formulary.drug(named: name)?.id ?? name
    guard let source = formulary.systemicModels.first(where: { $0.drug == drug && $0.route == .oral }),
      let published = PublishedModel(source)
    else { throw InputProblem(.drug, "no model of \(drug) by mouth is known") }
    guard let uptake = formulary.csfUptake(of: drug) else {
      throw InputProblem(.drug, "nothing is known of how \(drug) comes from plasma into CSF")
    }
    let input = TransportInput(
      drug: drug, tip: .level(tip.uppercased()),
      schedule: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(1, .milligramsPerDay))]),
      cells: Self.cells, every: Time(1, .hours), until: Time(1, .hours),
      sites: [.level(site.uppercased()), .cranial])
    let simulation = try Simulation(input)
    var draw = ExposureDraw(simulation, published, uptake, drug: drug, seed: seed, formulary)
    try draw.run(samples)
    self.drug = drug
    model = source
    figures = draw.figures(site: site.uppercased())
    sources = Set(source.sources + simulation.sources + [uptake.ratio.source]).sorted()
    unverified =
      source.unverified.map { "\(source.id) \($0)" } + (uptake.ratio.verified ? [] : ["uptake into CSF"])
  }

  /// Steady levels away from the tip need no finer grid: 0.4 %.
  private static var cells: Int { 200 }
}

/// Draws people and keeps what their levels are.
private struct ExposureDraw {
  private let simulation: Simulation
  private let patients: VirtualPatients
  private let population: KineticPopulation?
  private let published: PublishedModel
  private let uptake: Distribution
  private var values: [[Double]] = Array(repeating: [], count: 8)

  init(
    _ simulation: Simulation, _ published: PublishedModel, _ uptake: Formulary.CSFUptake, drug: String,
    seed: UInt64,
    _ formulary: Formulary
  ) {
    self.simulation = simulation
    self.published = published
    patients = VirtualPatients(around: simulation.parameters, drug: drug, seed: seed, in: formulary)
    population = (try? published.typical()).flatMap { try? published.population(around: $0, seed: seed) }
    let spread = uptake.spread.value.value.double / 100
    let sigma = uptake.spread.scale == .logarithmic ? spread : Distribution.sigma(cv: spread)
    self.uptake = Distribution(.lognormal(median: uptake.ratio.value.double, sigma: sigma))
  }

  /// Hours per day: clearances are per hour, doses per day.
  private static let hoursPerDay = 24.0
  /// mg/L to ng/mL.
  private static let nanograms = 1_000.0

  mutating func run(_ samples: Int) throws(InputProblem) {
    for index in 0..<samples {
      let person = try simulation.with(patients.parameters(index))
      guard let own = try? person.steadyState().concentrations_ng_per_mL.map({ $0[0] }),
        let fromPlasma = person.levelsOfSteadyPlasma(),
        let systemic = population?.person(UInt64(index + 1), of: SubjectKey("0"))
      else { throw InputProblem(.whole, "person \(index + 1) has no steady state") }
      let plasma = systemic[.F] / (Self.hoursPerDay * systemic[.CL]) * Self.nanograms
      let phi = uptake.quantile(patients.trait(8, of: index))
      let oral = fromPlasma.map { $0 * phi * plasma }
      // csf model: depth of the dorsal horn 1 to 2 mm, length of penetration 0.3 to 0.7 mm, both unknown.
      let depth = 1 + patients.trait(9, of: index)
      let length = 0.3 + 0.4 * patients.trait(10, of: index)
      let reach = exp(-depth / length)
      let row = [
        plasma, oral[0], own[0], own[1], own[0] / oral[0], own[1] / oral[1], reach, reach * own[0] / oral[0],
      ]
      for (k, value) in row.enumerated() { values[k].append(value) }
    }
  }

  func figures(site: String) -> [ExposureComparison.Figure] {
    let perDose = "ng/mL per mg/day"
    let rows = [
      ("oral_plasma", "plasma, by mouth", perDose), ("oral_at_site", "CSF at \(site), by mouth", perDose),
      ("intrathecal_at_site", "CSF at \(site), intrathecal", perDose),
      ("intrathecal_cranial", "cranial CSF, intrathecal", perDose),
      ("ratio_at_site", "intrathecal over oral at \(site)", ""),
      ("ratio_cranial", "intrathecal over oral, cranial", ""),
      ("penetration", "share of the CSF level that reaches the dorsal horn", ""),
      (
        "ratio_dorsal_horn",
        "intrathecal over oral in the dorsal horn, if oral drug is there at its CSF level", ""
      ),
    ]
    return zip(rows, values).map { row, list in
      let sorted = list.sorted()
      func quantile(_ p: Double) -> Double { sorted[Int((p * Double(sorted.count - 1)).rounded())] }
      return .init(
        id: row.0, title: row.1, unit: row.2, median: quantile(0.5), low: quantile(0.025),
        high: quantile(0.975))
    }
  }
}
