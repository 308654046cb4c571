/// One experiment on many networks of one shape: eight at a time along the contour where that is exact enough, one
/// by one along the way that `LinearNetwork.method(for:need:drift:)` chooses where it is not.
///
/// This is the one place that chooses between the two. Whoever has a network that no way can compute hears of it.
public struct CourseBatch: ~Copyable {
  /// Networks per call.
  public static var width: Int { NetworkLanes.width }
  /// The error that is acceptable, as a share of the level that the same input reaches when it is held.
  public let tolerance: Double
  private var contour: ContourBatch?
  private var lanes: NetworkLanes
  private var amplifications: [Double]
  private let common: [Probe]
  private var places: [[Probe]]
  private let probes: Int
  private let times: Int
  /// Values by probe, time and network.
  private var values: [Double]
  private var received: [Double]
  /// Bound of the error of each network, as computed last.
  public private(set) var errorBounds: [Double]
  /// Whether each network was computed along the contour last.
  public private(set) var isFast: [Bool]

  /// A batch of chains of `nodes` nodes; `isChain` says that none of them has side nodes or a drift.
  public init(nodes: Int, _ experiment: Experiment, tolerance: Double, isChain: Bool) {
    self.tolerance = tolerance
    contour = isChain ? ContourBatch(nodes: nodes, experiment, tolerance: tolerance * Self.margin) : nil
    lanes = NetworkLanes(
      nodes: nodes, sources: max(1, experiment.sources.count), factors: experiment.factors)
    common = experiment.probes
    places = Array(repeating: experiment.probes, count: Self.width)
    amplifications = Array(repeating: .infinity, count: Self.width)
    probes = experiment.probes.count
    times = experiment.times.count
    values = Array(repeating: 0, count: probes * times * Self.width)
    received = experiment.receiver == nil ? [] : Array(repeating: 0, count: times * Self.width)
    errorBounds = Array(repeating: 0, count: Self.width)
    isFast = Array(repeating: false, count: Self.width)
  }

  /// The share of the tolerance that a contour takes for itself; the rest is for what flow makes of it. A stronger
  /// rule costs little, and nearly everybody passes with it.
  private static var margin: Double { 1e-3 }

  /// What stands in a lane.
  public struct Load {
    /// A network without side nodes.
    public var network: LinearNetwork
    /// What a unit of each source puts into each node.
    public var sources: [[Double]]
    /// Where it is read, one for each of the experiment.
    public var probes: [Probe]
    /// By what each factor of the experiment multiplies; the first is not among them.
    public var factors: [Double]
    /// By how much the flow can magnify an error.
    public var amplification: Double

    /// A network with its sources and probes.
    public init(
      _ network: LinearNetwork, sources: [[Double]], probes: [Probe], factors: [Double] = [],
      amplification: Double
    ) {
      self.network = network
      self.sources = sources
      self.probes = probes
      self.factors = factors
      self.amplification = amplification
    }
  }

  /// Puts a network into `lane`; nil leaves the lane to be computed by itself.
  public mutating func load(lane: Int, _ load: Load?) {
    guard let load else {
      amplifications[lane] = .infinity
      return
    }
    amplifications[lane] = load.amplification
    guard contour != nil else { return }
    lanes.set(lane: lane, load.network, sources: load.sources)
    places[lane] = load.probes
    for (k, factor) in load.factors.enumerated() { lanes.set(lane: lane, factor: k + 1, to: factor) }
  }

  /// Computes the courses of the first `count` lanes, and along the contour what they gain by `changes`, one for each
  /// direction and lane; `alone` computes one by itself. Returns, per lane, why there is
  /// no course; nil where there is one.
  public mutating func run<Failure: Error>(
    _ count: Int, along changes: [[LaneTangents.Change?]] = [], alone: (Int) throws(Failure) -> Course
  ) -> [Failure?] {
    var failures: [Failure?] = Array(repeating: nil, count: count)
    precondition((1...Self.width).contains(count))
    for lane in 0..<Self.width { isFast[lane] = false }
    if contour != nil, amplifications.prefix(count).contains(where: \.isFinite) {
      // Nearly always everybody is read at the same nodes, but for rounding.
      let isCommon = (0..<count).allSatisfy { lane in
        zip(places[lane], common).allSatisfy { $0.isNear($1) }
      }
      lanes.probes = isCommon ? nil : places
      contour?.run(lanes, along: changes)
      let bound = contour?.errorBound ?? .infinity
      for lane in 0..<count {
        errorBounds[lane] = amplifications[lane] * bound
        isFast[lane] = errorBounds[lane] <= tolerance && copy(lane)
      }
    }
    for lane in 0..<count where !isFast[lane] {
      do throws(Failure) { keep(try alone(lane), lane) } catch { failures[lane] = error }
    }
    return failures
  }

  /// Takes the values of a lane; false where one is no number.
  private mutating func copy(_ lane: Int) -> Bool {
    var isSound = true
    for p in 0..<probes {
      for t in 0..<times {
        let value = contour?.value(probe: p, time: t, lane: lane) ?? .nan
        values[(p * times + t) * Self.width + lane] = value
        if !value.isFinite { isSound = false }
      }
    }
    return isSound
  }

  private mutating func keep(_ course: Course, _ lane: Int) {
    errorBounds[lane] = course.errorBound
    for p in 0..<probes {
      for t in 0..<times { values[(p * times + t) * Self.width + lane] = course.values[p][t] }
    }
    if !received.isEmpty {
      for t in 0..<times { received[t * Self.width + lane] = course.received[t] }
    }
  }

  /// The value of probe `p` at the reading of index `t` in network `lane`, as computed last.
  public func value(probe p: Int, time t: Int, lane: Int) -> Double {
    values[(p * times + t) * Self.width + lane]
  }

  /// The level of the receiver at the reading of index `t`, as computed last; 0 without a receiver.
  public func received(time t: Int, lane: Int) -> Double {
    received.isEmpty ? 0 : received[t * Self.width + lane]
  }

  /// What Σ `weights` · value gains per unit of every number of the networks that were computed along the contour last;
  /// nil where no contour applies. `weights` holds one number per probe, time and lane.
  public mutating func adjoint(weights: [Double]) -> LaneGradients? {
    contour?.adjoint(lanes, weights: weights)
  }

  /// What the values gained along the directions of the last run, for the networks that were computed along the contour;
  /// nil where no contour applies.
  public mutating func gains() -> LaneGains? { contour?.gains(lanes) }

  /// What the value of `probe` at the reading of index `time` gains per unit of a factor, counted from 1.
  public func gain(ofFactor factor: Int, probe: Int, time: Int, lane: Int) -> Double {
    contour?.gain(ofFactor: factor, probe: probe, time: time, lane: lane) ?? 0
  }

  /// Per unit of the weight with which `probe` reads `node`.
  public func weightGradient(_ found: LaneGradients, probe: Int, node: Int, lane: Int) -> Double {
    contour?.weightGradient(found, probe: probe, node: node, lane: lane) ?? 0
  }

  /// Value and slope of probe `p` at any time, where the lane was computed along the contour; see `ContourBatch`.
  public func course(probe p: Int, lane: Int, at time: Double) -> (value: Double, slope: Double)? {
    guard isFast[lane] else { return nil }
    return contour?.course(probe: p, lane: lane, at: time) { lanes.factor[$0 * Self.width + lane] }
  }
}
