/// One experiment on many networks of one shape: eight at a time along the contour where that is exact enough, one
/// by one along the way that `LinearNetwork.method(for:wish:drift:)` chooses where it is not.
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
  private let probes: Int
  private let times: Int
  /// Values by probe, time and network.
  private var values: [Double]
  private var received: [Double]
  /// Bound of the error of each network, as computed last.
  public private(set) var errorBounds: [Double]

  /// A batch of chains of `nodes` nodes; `isChain` says that none of them has side nodes or a drift.
  public init(nodes: Int, _ experiment: Experiment, tolerance: Double, isChain: Bool) {
    self.tolerance = tolerance
    // Half for the rule itself, and the rest for what flow makes of it.
    contour = isChain ? ContourBatch(nodes: nodes, experiment, tolerance: tolerance * Self.margin) : nil
    lanes = NetworkLanes(nodes: nodes, sources: max(1, experiment.sources.count))
    probes = experiment.probes.count
    times = experiment.times.count
    values = Array(repeating: 0, count: probes * times * Self.width)
    received = experiment.receiver == nil ? [] : Array(repeating: 0, count: times * Self.width)
    errorBounds = Array(repeating: 0, count: Self.width)
    amplifications = Array(repeating: .infinity, count: Self.width)
  }

  /// The contour's own share of the tolerance: a stronger rule costs little and most people pass with it.
  private static var margin: Double { 1e-2 }

  /// Puts a network without side nodes, its sources, and by how much its flow can magnify an error, into `lane`.
  public mutating func load(
    lane: Int, _ network: LinearNetwork, sources: [[Double]], amplification: Double
  ) {
    amplifications[lane] = amplification
    if contour != nil { lanes.set(lane: lane, network, sources: sources) }
  }

  /// Leaves `lane` to be computed by itself.
  public mutating func leave(lane: Int) { amplifications[lane] = .infinity }

  /// Computes the courses of the first `count` lanes; `alone` computes one by itself. Returns, per lane, why there is
  /// no course; nil where there is one.
  public mutating func run<Failure: Error>(
    _ count: Int, alone: (Int) throws(Failure) -> Course
  ) -> [Failure?] {
    var failures: [Failure?] = Array(repeating: nil, count: count)
    precondition((1...Self.width).contains(count))
    var isSingle = Array(repeating: true, count: count)
    if contour != nil, amplifications.prefix(count).contains(where: \.isFinite) {
      contour?.run(lanes)
      let bound = contour?.errorBound ?? .infinity
      for lane in 0..<count {
        errorBounds[lane] = amplifications[lane] * bound
        isSingle[lane] = !(errorBounds[lane] <= tolerance) || !copy(lane)
      }
    }
    for lane in 0..<count where isSingle[lane] {
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
}
