import CThecalKernels

/// Eight chains of one shape, number by number side by side, so that one instruction serves all eight.
///
/// A lane that is not set repeats lane 0; its results are to be ignored.
public struct NetworkLanes: Sendable {
  /// Parameter sets per group.
  public static var width: Int { Int(THECAL_LANES) }
  /// Number of nodes of each chain.
  public let nodes: Int
  /// Number of sources.
  public let sources: Int
  var volume: [Double]
  var onward: [Double]
  var back: [Double]
  var loss: [Double]
  var source: [Double]
  /// By what each factor of an experiment multiplies, factor after factor; the first is one.
  var factor: [Double]
  /// Where each lane is probed; nil where all are probed as the experiment says.
  public var probes: [[Probe]]?
  /// Number of factors.
  public let factors: Int

  /// Room for chains of `nodes` nodes with `sources` sources; every lane holds an inert chain at first.
  public init(nodes: Int, sources: Int, factors: Int = 1) {
    precondition(nodes >= 1 && sources >= 1 && factors >= 1)
    self.factors = factors
    self.nodes = nodes
    self.sources = sources
    // Each its own memory from the start: shared ones would be copied at the first write.
    func ones() -> [Double] { Array(repeating: 1, count: nodes * Self.width) }
    volume = ones()
    onward = ones()
    back = ones()
    loss = ones()
    source = Array(repeating: 0, count: nodes * Self.width * sources)
    factor = Array(repeating: 1, count: factors * Self.width)
  }

  /// Says by what factor `index` multiplies in `lane`.
  public mutating func set(lane: Int, factor index: Int, to value: Double) {
    precondition(index >= 1 && index < factors)
    factor[index * Self.width + lane] = value
  }

  /// Puts `network`, which has no side nodes, and its `sources` (µg per node and unit) into `lane`.
  ///
  /// - Complexity: O(*n*), no allocation.
  public mutating func set(lane: Int, _ network: LinearNetwork, sources list: [[Double]]) {
    precondition((0..<Self.width).contains(lane) && network.chainCount == nodes && network.sides.isEmpty)
    precondition(list.count == sources)
    for i in 0..<nodes {
      volume[i * Self.width + lane] = network.volume[i]
      loss[i * Self.width + lane] = network.loss[i]
    }
    for i in 0..<(nodes - 1) {
      onward[i * Self.width + lane] = network.onward[i]
      back[i * Self.width + lane] = network.back[i]
    }
    for s in 0..<sources {
      precondition(list[s].count == nodes)
      for i in 0..<nodes { source[(s * nodes + i) * Self.width + lane] = list[s][i] }
    }
  }
}

/// What a weighted sum of levels gains per unit of each number of eight networks.
public struct LaneGradients: Sendable {
  /// Number by number, lanes side by side.
  var volume: [Double], onward: [Double], back: [Double], loss: [Double]
  /// Source after source.
  var source: [Double]
  /// Entry by entry of the probes: per unit of its weight.
  var weight: [Double]
  /// Factor by factor.
  var factor: [Double]
  private let nodes: Int

  init(nodes: Int, sources: Int, factors: Int, entries: Int) {
    let zeros = Array(repeating: 0.0, count: nodes * NetworkLanes.width)
    (volume, onward, back, loss) = (zeros, zeros, zeros, zeros)
    source = Array(repeating: 0, count: sources * nodes * NetworkLanes.width)
    weight = Array(repeating: 0, count: max(1, entries) * NetworkLanes.width)
    factor = Array(repeating: 0, count: factors * NetworkLanes.width)
    self.nodes = nodes
  }

  /// Per unit of the volume of a node.
  public func volume(_ node: Int, lane: Int) -> Double { volume[node * NetworkLanes.width + lane] }

  /// Per unit of the clearance from a node to the next.
  public func onward(_ node: Int, lane: Int) -> Double { onward[node * NetworkLanes.width + lane] }

  /// Per unit of the clearance from the next node to a node.
  public func back(_ node: Int, lane: Int) -> Double { back[node * NetworkLanes.width + lane] }

  /// Per unit of the loss of a node.
  public func loss(_ node: Int, lane: Int) -> Double { loss[node * NetworkLanes.width + lane] }

  /// Per unit of what a source puts into a node.
  public func source(_ source: Int, _ node: Int, lane: Int) -> Double {
    self.source[(source * nodes + node) * NetworkLanes.width + lane]
  }

  /// Per unit of a factor; the first, which is always one, is 0.
  public func factor(_ factor: Int, lane: Int) -> Double { self.factor[factor * NetworkLanes.width + lane] }
}
