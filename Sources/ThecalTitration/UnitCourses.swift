import ThecalFormulary
import ThecalQuantities
import ThecalScenario
import ThecalTransport

/// What one microgram, given in each of several ways at hour 0, does to the level at the target of each person:
/// by linearity, the material of every trial.
struct UnitCourses: Sendable {
  /// A way of giving it.
  enum Input: Hashable, Sendable {
    /// An injection in a volume.
    case bolus(Volume)
    /// One microgram per hour, held.
    case rate
  }

  /// Hours between two rows.
  static let step = 0.25
  /// The person in the middle: per input, the level at each row, ng/mL per µg.
  let middle: [[Double]]
  /// The same for everybody.
  let people: [[[Double]]]
  /// The ids of the sources of every number that went in.
  let sources: [String]

  /// Courses over `hours` for `plan`'s patient, and for `people`.
  init(
    _ plan: TitrationScenario, inputs: [Input], hours: Double, formulary: Formulary,
    people: (CanalParameters) -> [CanalParameters]
  ) throws(ScenarioError) {
    var middle: [[Double]] = []
    var everybody: [[[Double]]] = []
    var cited: Set<String> = []
    for input in inputs {
      let simulation = try Simulation(Self.scenario(plan, input, hours: hours), formulary: formulary)
      cited.formUnion(simulation.sources)
      let drawn = people(simulation.parameters)
      let found = try Self.levels(simulation, [simulation.parameters] + drawn, plan)
      middle.append(found[0])
      if everybody.isEmpty { everybody = drawn.map { _ in [] } }
      for index in drawn.indices { everybody[index].append(found[index + 1]) }
    }
    self.middle = middle
    self.people = everybody
    sources = cited.sorted()
  }

  private static func scenario(
    _ plan: TitrationScenario, _ input: Input, hours: Double
  ) -> SimulationScenario {
    let schedule =
      switch input {
      case .bolus(let volume):
        DeliverySchedule(
          rates: [], boluses: [.init(time: .zero, mass: Mass(1, .micrograms), volume: volume)])
      case .rate: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(base: 1))])
      }
    return SimulationScenario(
      drug: plan.drug, tip: plan.tip, schedule: schedule, parameters: plan.parameters,
      every: Time(ExactNumber(1, over: 4), .hours), until: Time(ExactNumber(hours), .hours),
      sites: [plan.segment ?? plan.tip])
  }

  /// Eight people at a time by the path of batches; one by one where it does not apply or is not exact enough.
  private static func levels(
    _ simulation: Simulation, _ people: [CanalParameters], _ plan: TitrationScenario
  ) throws(ScenarioError) -> [[Double]] {
    var levels: [[Double]] = []
    var alone: [Int] = []
    if var batch = SimulationBatch(simulation, tolerance: tolerance / 100) {
      for first in stride(from: 0, to: people.count, by: SimulationBatch.width) {
        let group = Array(people[first..<min(first + SimulationBatch.width, people.count)])
        batch.run(group.span)
        for lane in group.indices {
          levels.append(
            simulation.times.indices.map { batch.concentration(site: 0, time: $0, set: lane) })
          if batch.errorBound(set: lane) > tolerance { alone.append(first + lane) }
        }
      }
    } else {
      alone = Array(people.indices)
      levels = people.map { _ in [] }
    }
    for index in alone {
      do { levels[index] = try simulation.with(people[index]).run().concentrations_ng_per_mL[0] } catch {
        throw plan.place.error("the level cannot be computed: \(error)")
      }
    }
    return levels
  }

  /// The error allowed in time, as a share of the level that is reached.
  private static let tolerance = 1e-6
}
