import ThecalFormulary
import ThecalQuantities
import ThecalTransport

/// What one microgram, given in each of several ways at hour 0, does to the levels at the target and in the cranial
/// pool of each person: by linearity, the material of every trial.
struct UnitCourses: Sendable {
  /// A way of giving it.
  enum Input: Hashable, Sendable {
    /// An injection in a volume.
    case bolus(Volume)
    /// One microgram per hour, held.
    case rate
  }

  /// Levels at each row, ng/mL per µg or per µg/h.
  struct Levels: Sendable {
    /// At the target.
    let target: [Double]
    /// In the cranial pool.
    let cranial: [Double]
  }

  /// Hours between two rows.
  static let step = 0.25
  /// Hours of the rows.
  let times: [Double]
  /// The median person, by input.
  let middle: [Levels]
  /// The others, by person and input.
  let people: [[Levels]]
  /// The ids of the sources of every number that went in.
  let sources: [String]

  /// Courses over `hours` for `plan`'s patient, and for the people whom `draw` finds around the patient.
  init(
    _ plan: TitrationRequest, inputs: [Input], hours: Double, formulary: Formulary,
    draw: (CanalParameters) -> [CanalParameters]
  ) throws(InputProblem) {
    var middle: [Levels] = []
    var everybody: [[Levels]] = []
    var cited: Set<String> = []
    var times: [Double] = []
    for input in inputs {
      let simulation = try Simulation(Self.scenario(plan, input, hours: hours), formulary: formulary)
      cited.formUnion(simulation.sources)
      times = simulation.times
      let drawn = draw(simulation.parameters)
      let found = try Self.levels(simulation, [simulation.parameters] + drawn)
      middle.append(found[0])
      if everybody.isEmpty { everybody = drawn.map { _ in [] } }
      for index in drawn.indices { everybody[index].append(found[index + 1]) }
    }
    self.times = times
    self.middle = middle
    people = everybody
    sources = cited.sorted()
  }

  private static func scenario(
    _ plan: TitrationRequest, _ input: Input, hours: Double
  ) -> TransportInput {
    let schedule =
      switch input {
      case .bolus(let volume):
        DeliverySchedule(
          rates: [], boluses: [.init(time: .zero, mass: Mass(1, .micrograms), volume: volume)])
      case .rate: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(base: 1))])
      }
    return TransportInput(
      drug: plan.drug, tip: plan.tip, schedule: schedule, parameters: plan.parameters,
      every: Time(ExactNumber(1, over: 4), .hours), until: Time(ExactNumber(hours), .hours),
      sites: [plan.segment ?? plan.tip, .cranial])
  }

  private static func levels(
    _ simulation: Simulation, _ people: [CanalParameters]
  ) throws(InputProblem) -> [Levels] {
    var levels: [Levels] = []
    var batch = SimulationBatch(simulation, tolerance: tolerance)
    let rows = simulation.times.indices
    for first in stride(from: 0, to: people.count, by: SimulationBatch.width) {
      let group = Array(people[first..<min(first + SimulationBatch.width, people.count)])
      do { try batch.run(group.span) } catch {
        throw InputProblem(.whole, "the level cannot be computed: \(error.explanation)")
      }
      for lane in group.indices {
        levels.append(
          Levels(
            target: rows.map { batch.concentration(site: 0, time: $0, set: lane) },
            cranial: rows.map { batch.concentration(site: 1, time: $0, set: lane) }))
      }
    }
    return levels
  }

  /// The error allowed in time, as a share of the level that is reached.
  private static let tolerance = 1e-6
}
