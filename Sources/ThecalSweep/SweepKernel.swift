import ThecalFormulary
import ThecalQuantities
import ThecalScenario
import ThecalTransport

/// Computes blocks of samples on one thread.
///
/// Samples that differ only in the person go through the batch path, eight at a time; a sample for which its
/// bound of error is too large, and samples that change the programme or the catheter, are simulated one by one.
struct SweepKernel: ~Copyable {
  private let plan: SweepPlan
  private var batch: SimulationBatch?
  private let base: CanalParameters
  private var point: [Double]
  private var course: SweepCourse

  init(_ plan: SweepPlan) {
    self.plan = plan
    batch = plan.isSlow ? nil : SimulationBatch(plan.simulation, tolerance: Self.tolerance)
    base = plan.simulation.parameters
    point = Array(repeating: 0, count: plan.spec.parameters.count)
    course = SweepCourse(times: plan.simulation.times, sites: plan.simulation.siteNames.count)
  }

  /// The largest error in time, as a share of the level that is reached.
  static let tolerance = 1e-6

  /// Computes the samples of `range` into `block`.
  mutating func compute(_ range: Range<Int>, into block: inout SweepBlock) {
    block.begin(range, stride: plan.stride)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + SimulationBatch.width, range.upperBound)
      computeLanes(start..<end, &block)
      start = end
    }
  }

  private mutating func computeLanes(_ range: Range<Int>, _ block: inout SweepBlock) {
    var people: [CanalParameters] = []
    var sound: [Bool] = []
    for index in range {
      plan.points.values(index, into: &point)
      block.write(point, sample: index)
      let problem = plan.problem(point)
      if let problem { block.fail(index, problem) }
      sound.append(problem == nil)
      people.append(problem == nil ? plan.person(point, base) : base)
    }
    let isBatch = batch != nil && sound.contains(true)
    if isBatch { batch?.compute(people.span) }
    for (lane, index) in range.enumerated() where sound[lane] {
      guard isBatch else {
        plan.points.values(index, into: &point)
        simulate(index, people[lane], &block)
        continue
      }
      if let failure = batch?.failure(set: lane) {
        block.fail(index, failure.explanation)
      } else {
        readBatch(lane)
        keep(index, nil, people[lane], &block)
      }
    }
  }

  /// Takes the courses of a lane.
  private mutating func readBatch(_ lane: Int) {
    for s in 0..<course.sites {
      for t in course.times.indices {
        course.levels[s * course.times.count + t] = batch?.concentration(site: s, time: t, set: lane) ?? .nan
      }
    }
  }

  /// One sample by itself, along the path that `thecal simulate` takes.
  private mutating func simulate(_ index: Int, _ person: CanalParameters, _ block: inout SweepBlock) {
    do {
      let simulation = try plan.simulation(point, person)
      let result = try simulation.run()
      for (s, column) in result.concentrations_ng_per_mL.enumerated() {
        for t in course.times.indices {
          course.levels[s * course.times.count + t] = column.isEmpty ? .nan : column[t]
        }
      }
      keep(index, simulation, person, &block)
    } catch {
      block.fail(index, "\(error)")
    }
  }

  private mutating func keep(
    _ index: Int, _ own: Simulation?, _ person: CanalParameters, _ block: inout SweepBlock
  ) {
    var offset = block.offset(of: index) + plan.spec.parameters.count
    for output in plan.outputs {
      if case .steady = output.quantity {
        do {
          let levels = try (own ?? plan.simulation.with(person)).steadyState().concentrations_ng_per_mL
          for (s, level) in levels.enumerated() { block.values[offset + s] = level.first ?? .nan }
        } catch {
          block.fail(index, "\(error)")
          return
        }
      } else {
        course.write(output, into: &block.values, at: offset)
      }
      offset += plan.size(of: output)
    }
  }
}

extension SweepPlan {
  /// Why a sample cannot be computed; nil where it can.
  func problem(_ point: [Double]) -> String? {
    for (value, parameter) in zip(point, spec.parameters) {
      guard !SweepLimits.range(parameter.key).contains(value * parameter.scale) else {
        continue
      }
      return
        "\(parameter.key) = \(value)\(parameter.unit.isEmpty ? "" : " \(parameter.unit)") is outside the range of a person"
    }
    return nil
  }

  /// The person of a sample.
  func person(_ point: [Double], _ base: CanalParameters) -> CanalParameters {
    var person = base
    for (k, target) in targets.enumerated() {
      if case .canal(let parameter) = target { person[parameter] = point[k] * spec.parameters[k].scale }
    }
    return person
  }

  /// The simulation of a sample, its programme and catheter included.
  func simulation(_ point: [Double], _ person: CanalParameters) throws(ScenarioError) -> Simulation {
    guard isSlow else { return try located(simulation, person, scenario.places) }
    var (input, places) = (scenario.input, scenario.places)
    var (rates, boluses) = (input.schedule.rates, input.schedule.boluses)
    for (k, target) in targets.enumerated() {
      let value = point[k] * spec.parameters[k].scale
      switch target {
      case .canal: break
      case .tip:
        input.tip = .distance(Length(base: value))
        places.sites.insert(Placed(input.tip, at: spec.parameters[k].place), at: 0)
      case .rate(let index): rates[index] = .init(start: rates[index].start, rate: DoseRate(base: value))
      case .bolus(let index):
        boluses[index] = .init(
          time: boluses[index].time, mass: Mass(base: value), volume: boluses[index].volume)
      }
    }
    input.schedule = DeliverySchedule(rates: rates, boluses: boluses)
    let changed: Simulation
    do throws(InputProblem) { changed = try Simulation(input, formulary: formulary) } catch {
      throw places.located(error)
    }
    return try located(changed, person, places)
  }

  private func located(
    _ simulation: Simulation, _ person: CanalParameters, _ places: InputPlaces
  ) throws(ScenarioError) -> Simulation {
    do throws(InputProblem) { return try simulation.with(person) } catch { throw places.located(error) }
  }
}

/// Between what values a parameter means something, in the base system µg · cm · h.
enum SweepLimits {
  static func range(_ key: String) -> ClosedRange<Double> {
    TransportParameter(rawValue: key)?.range
      ?? (key == "catheter.tip" ? 0...TransportParameter.height.range.upperBound : 0...1e12)
  }
}
