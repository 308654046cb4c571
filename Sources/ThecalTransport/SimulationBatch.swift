import ThecalQuantities
import ThecalSolvers

/// One programme given to many people, eight parameter sets at a time.
///
/// Named levels stretch with the person, distances in cm stay, for the tip and for every site, as `Simulation.with`
/// has them. A set that the fast path cannot hold within the tolerance is simulated by itself.
///
/// - Complexity: O(cells · shifts) per set on the fast path.
/// - Accuracy: `errorBound(set:)`, as a share of the level that the same input reaches when it is held.
public struct SimulationBatch: ~Copyable {
  /// Parameter sets per call.
  public static var width: Int { CourseBatch.width }
  private let simulation: Simulation
  private let probes: [Probe]
  private let isChain: Bool
  /// For each site its probe; nil for plasma.
  private let columns: [Int?]
  private var batch: CourseBatch
  private var model: CanalModel
  private var sources: [[Double]]
  private var failures: [SimulationError?]

  /// A batch of `simulation` for other parameters, each within `tolerance` of the level that is reached.
  public init(_ simulation: Simulation, tolerance: Double = 1e-7) {
    let parameters = simulation.model.parameters
    self.simulation = simulation
    isChain =
      parameters.cord == nil && parameters.epidural == nil && parameters.baricity == nil
      && simulation.uptake == nil
    var experiment = simulation.experiment()
    if simulation.sites.contains(.plasma) { experiment.receiver = simulation.plasma }
    var next = 0
    columns = simulation.sites.map { site in
      if site == .plasma { return nil }
      defer { next += 1 }
      return next
    }
    probes = experiment.probes
    sources = experiment.sources
    model = simulation.model
    batch = CourseBatch(
      nodes: simulation.model.network.chainCount, experiment, tolerance: tolerance, isChain: isChain)
    failures = Array(repeating: nil, count: Self.width)
  }

  /// Bound of the error in time for set `set`, as computed last.
  public func errorBound(set: Int) -> Double { batch.errorBounds[set] }

  /// Computes up to eight sets.
  ///
  /// - Throws: The reason why the first of them that cannot be computed cannot be.
  public mutating func run(_ sets: Span<CanalParameters>) throws(SimulationError) {
    compute(sets)
    for lane in 0..<sets.count { if let failure = failures[lane] { throw failure } }
  }

  /// Computes up to eight sets; those that cannot be computed have a `failure`.
  public mutating func compute(_ sets: Span<CanalParameters>) {
    precondition((1...Self.width).contains(sets.count))
    for lane in 0..<sets.count {
      // Whom the fast path cannot take, or whose tip lies nowhere, is looked at below.
      if isChain, let places = try? simulation.places(for: sets[lane]), isPrepared(places, sets[lane]) {
        load(sets[lane], tip: places.tip, lane)
      } else {
        batch.leave(lane: lane)
      }
    }
    let (simulation, tolerance, needsPlasma) = (simulation, batch.tolerance, columns.contains(nil))
    let people = (0..<sets.count).map { sets[$0] }
    let found = batch.run(sets.count) { lane throws(SimulationError) in
      let person: Simulation
      do throws(InputProblem) { person = try simulation.with(people[lane]) } catch { throw .input(error) }
      do throws(PropagationError) {
        return try person.course(tolerance: tolerance, needsPlasma: needsPlasma)
      } catch {
        throw .integration(error.explanation)
      }
    }
    for lane in found.indices { failures[lane] = found[lane] }
  }

  /// A share of a node's concentration, times 1,000 for ng, that is rounding.
  private static var rounding: Double { 1e-9 }

  /// Whether the sites of a person lie where the experiment has its probes.
  private func isPrepared(_ places: Simulation.Places, _ parameters: CanalParameters) -> Bool {
    var k = 0
    for site in places.sites where site != .plasma {
      let probe = simulation.probe(site, height: parameters.height)
      guard probe.nodes == probes[k].nodes,
        zip(probe.weights, probes[k].weights).allSatisfy({ abs($0 - $1) <= Self.rounding })
      else { return false }
      k += 1
    }
    return true
  }

  private mutating func load(_ parameters: CanalParameters, tip: Double, _ lane: Int) {
    model.become(parameters)
    let grid = model.grid
    let hasRates = !simulation.schedule.rates.isEmpty
    if hasRates {
      grid.gaussian(
        center: tip, sigma: parameters.rateSigma, height: parameters.height, into: &sources[0])
    }
    for (k, volume) in simulation.bolusVolumes.enumerated() {
      let sigma = parameters.bolusSigma + volume / (2 * grid.area(at: tip, parameters))
      grid.gaussian(
        center: tip, sigma: sigma, height: parameters.height, into: &sources[k + (hasRates ? 1 : 0)])
    }
    batch.load(lane: lane, model.network, sources: sources, amplification: model.amplification)
  }

  /// Why set `set` could not be computed last; nil where it was.
  public func failure(set: Int) -> SimulationError? { failures[set] }

  /// The concentration at the site of index `site`, at the row of index `time`, of set `set`, ng/mL, as computed
  /// last. What is below zero is within the error of it, and given as zero.
  public func concentration(site: Int, time: Int, set: Int) -> Double {
    guard let probe = columns[site] else {
      let beside = simulation.uptake?.levels[time] ?? 0
      return max(0, (batch.received(time: time, lane: set) + beside) * Simulation.nanograms)
    }
    return max(0, batch.value(probe: probe, time: time, lane: set))
  }
}
