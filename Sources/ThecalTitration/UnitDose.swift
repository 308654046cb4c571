package import ThecalFormulary
import ThecalQuantities
package import ThecalTransport

/// One microgram per hour, begun on day 1 and held: what every schedule of a drug that follows linear laws is
/// made of.
package struct UnitDose: Sendable {
  /// Hours of the rows.
  package let times: [Double]
  /// Per site, the level at each row, ng/mL per µg/h.
  package private(set) var levels: [[Double]]
  /// Per site, its column in the simulation.
  package let columns: [Int]
  /// The ids of the sources of every number that went in.
  package let sources: [String]
  /// The simulation behind it, for other people.
  package let simulation: Simulation

  /// The unit dose of `plan`, read at `sites`.
  ///
  /// - Throws: `InputProblem` where the plan names a drug or a place that is not known.
  package init(
    _ plan: TitrationRequest, sites: [CanalSite], formulary: Formulary
  ) throws(InputProblem) {
    // Each site once: a simulation shows no column twice.
    var distinct: [CanalSite] = []
    for site in sites where !distinct.contains(where: { $0 == site }) { distinct.append(site) }
    var simulation = try Self.simulation(plan, distinct, days: Self.horizon, formulary)
    var found = try Self.course(simulation)
    if plan.days > Self.horizon, found.contains(where: { !Self.hasSettled($0) }) {
      simulation = try Self.simulation(plan, distinct, days: plan.days, formulary)
      found = try Self.course(simulation)
    }
    self.simulation = simulation
    times = simulation.times
    sources = simulation.sources
    let columns = sites.map { site in distinct.firstIndex { $0 == site } ?? 0 }
    self.columns = columns
    levels = columns.map { found[$0] }
  }

  /// Days after which an infusion has settled at any plausible production of CSF: the slowest mode, that of the
  /// cranial pool, then has a half-life of hours.
  package static let horizon = 21

  private static func hasSettled(_ levels: [Double]) -> Bool {
    guard levels.count > 24, let last = levels.last, last > 0 else { return true }
    return last - levels[levels.count - 25] <= tolerance * last
  }

  private static func simulation(
    _ plan: TitrationRequest, _ sites: [CanalSite], days: Int, _ formulary: Formulary
  ) throws(InputProblem) -> Simulation {
    let scenario = TransportInput(
      drug: plan.drug, tip: plan.tip,
      schedule: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(base: 1))]),
      parameters: plan.parameters, every: Time(1, .hours), until: Time(ExactNumber(days), .days), sites: sites
    )
    return try Simulation(scenario, formulary: formulary)
  }

  private static func course(_ simulation: Simulation) throws(InputProblem) -> [[Double]] {
    var batch = SimulationBatch(simulation, tolerance: tolerance)
    let people = [simulation.parameters]
    do { try batch.run(people.span) } catch {
      throw InputProblem(.whole, "the level cannot be computed: \(error.explanation)")
    }
    return simulation.siteNames.indices.map { site in
      simulation.times.indices.map { batch.concentration(site: site, time: $0, set: 0) }
    }
  }

  /// The error allowed in time, as a share of the level that is reached.
  package static let tolerance = 1e-6

  /// The level at a site at the end of each day.
  package func response(site: Int) -> LevelResponse { LevelResponse(hourly: levels[site]) }
}

extension LevelResponse {
  /// What hourly levels from hour 0 on are at the ends of days.
  package init(hourly levels: [Double]) {
    self.init(steps: stride(from: 24, to: levels.count, by: 24).map { levels[$0] })
  }
}
