import ThecalQuantities
import ThecalSolvers

/// One programme given to many people, eight samples at a time.
///
/// Named levels stretch with the person, distances in cm stay, for the tip and for every site, as `Simulation.with`
/// has them. A sample that the fast path cannot hold within the tolerance is simulated by itself.
///
/// - Complexity: O(cells · shifts) per set on the fast path.
/// - Accuracy: `errorBound(set:)`, as a share of the level that the same input reaches when it is held.
public struct SimulationBatch: ~Copyable {
  /// Samples per call.
  public static var width: Int { CourseBatch.width }
  /// When the levels are read, h.
  public let times: [Double]
  let simulation: Simulation
  private let varied: [TransportSample.Entry]
  private let isChain: Bool
  /// For each site its probe; nil for plasma.
  let columns: [Int?]
  var batch: CourseBatch
  var model: CanalModel
  private var sources: [[Double]]
  /// The level in plasma that doses beside the pump make, µg/mL; empty where there are none.
  private let beside: [Double]
  private var failures: [SimulationError?]
  private(set) var samples: [TransportSample] = []

  /// A batch of `simulation` for other samples, each within `tolerance` of the level that is reached.
  ///
  /// Samples give the sizes of the `varied` entries. Levels are read at `times`, rising from 0, or at the simulation's
  /// own.
  ///
  /// - Precondition: `tolerance` is above zero, and the entries are among those of the programme.
  public init(
    _ simulation: Simulation, varied: [TransportSample.Entry] = [], times: [Double]? = nil,
    tolerance: Double = 1e-7
  ) {
    let parameters = simulation.model.parameters
    self.simulation = simulation
    self.varied = varied
    self.times = times ?? simulation.times
    isChain =
      parameters.cord == nil && parameters.epidural == nil && parameters.baricity == nil
      && simulation.uptake == nil
    var experiment = simulation.experiment(varied: varied)
    experiment.times = self.times
    beside =
      simulation.sites.contains(.plasma) ? simulation.uptake?.levels(at: self.times) ?? [] : []
    if simulation.sites.contains(.plasma) { experiment.receiver = simulation.plasma }
    var next = 0
    columns = simulation.sites.map { site in
      if site == .plasma { return nil }
      defer { next += 1 }
      return next
    }
    sources = experiment.sources
    model = simulation.model
    batch = CourseBatch(
      nodes: simulation.model.network.chainCount, experiment, tolerance: tolerance, isChain: isChain)
    failures = Array(repeating: nil, count: Self.width)
  }

  /// Bound of the error in time for set `set`, as computed last.
  public func errorBound(set: Int) -> Double { batch.errorBounds[set] }

  /// Computes one to eight people.
  ///
  /// - Throws: The reason why the first of them that cannot be computed cannot be.
  public mutating func run(_ sets: Span<CanalParameters>) throws(SimulationError) {
    compute((0..<sets.count).map { TransportSample(sets[$0]) })
    for lane in 0..<sets.count { if let failure = failures[lane] { throw failure } }
  }

  /// Computes one to eight samples, with as many amounts as entries vary; those that cannot be computed have a `failure`.
  public mutating func compute(_ samples: [TransportSample]) { compute(samples, along: []) }

  /// The same, and what the levels gain along `free`, for `jacobians`.
  package mutating func compute(_ samples: [TransportSample], along free: [FreeParameter]) {
    precondition((1...Self.width).contains(samples.count))
    self.samples = samples
    // A dose multiplies levels that are at hand: only the others need a direction.
    let directions = free.filter { if case .amount = $0 { false } else { true } }
    var changes: [[LaneTangents.Change?]] = Array(
      repeating: Array(repeating: nil, count: samples.count), count: directions.count)
    for lane in samples.indices {
      guard let places = load(samples[lane], lane), !directions.isEmpty else { continue }
      let faces = CanalFaces(model)
      for (k, parameter) in directions.enumerated() {
        changes[k][lane] = change(parameter, faces, places, samples[lane])
      }
    }
    let (simulation, varied, times) = (simulation, varied, times)
    let (tolerance, needsPlasma) = (batch.tolerance, columns.contains(nil))
    let found = batch.run(samples.count, along: changes) { lane throws(SimulationError) in
      try simulation.with(samples[lane], varied: varied).course(
        at: times, tolerance: tolerance, needsPlasma: needsPlasma)
    }
    for lane in found.indices { failures[lane] = found[lane] }
  }

  /// Puts a sample into its lane, and says where it has tip and sites; nil where it is to be computed by itself.
  private mutating func load(_ sample: TransportSample, _ lane: Int) -> Simulation.Places? {
    // Whom the fast path cannot take, or whose tip lies nowhere, is looked at when computed by itself.
    let parameters = sample.parameters
    let isAlike = parameters.cord == nil && parameters.epidural == nil && parameters.baricity == nil
    guard isChain, isAlike, let places = try? simulation.places(for: sample) else {
      batch.load(lane: lane, nil)
      return nil
    }
    model.become(parameters)
    let grid = model.grid
    let first = simulation.schedule.rates.isEmpty ? 0 : 1
    if first == 1 {
      grid.gaussian(
        center: places.tip, sigma: parameters.rateSigma, height: parameters.height, into: &sources[0])
    }
    for (k, volume) in simulation.bolusVolumes.enumerated() {
      let sigma = parameters.bolusSigma + volume / (2 * grid.area(at: places.tip, parameters))
      grid.gaussian(center: places.tip, sigma: sigma, height: parameters.height, into: &sources[first + k])
    }
    let probes = places.sites.filter { $0 != .plasma }.map {
      simulation.probe($0, height: parameters.height)
    }
    batch.load(
      lane: lane,
      CourseBatch.Load(
        model.network, sources: sources, probes: probes, factors: sample.amounts,
        amplification: model.amplification))
    return places
  }

  /// Why set `set` could not be computed last; nil where it was.
  public func failure(set: Int) -> SimulationError? { failures[set] }

  /// The simulation of set `set` by itself.
  func alone(set: Int) throws(SimulationError) -> Simulation {
    try simulation.with(samples[set], varied: varied)
  }

  /// Value and slope at a site at any time, where the set took the fast path.
  func fastCourse(site: Int, at time: Double, set: Int) -> (value: Double, slope: Double)? {
    columns[site].flatMap { batch.course(probe: $0, lane: set, at: time) }
  }

  /// The concentration at the site of index `site`, at the reading of index `time`, of set `set`, ng/mL, as computed
  /// last. What is below zero is within the error of it, and given as zero.
  public func concentration(site: Int, time: Int, set: Int) -> Double {
    guard let probe = columns[site] else {
      let beside = beside.isEmpty ? 0 : beside[time]
      return max(0, (batch.received(time: time, lane: set) + beside) * Simulation.nanograms)
    }
    return max(0, batch.value(probe: probe, time: time, lane: set))
  }
}
