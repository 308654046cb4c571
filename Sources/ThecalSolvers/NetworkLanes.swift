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

  /// Room for chains of `nodes` nodes with `sources` sources; every lane holds an inert chain at first.
  public init(nodes: Int, sources: Int) {
    precondition(nodes >= 1 && sources >= 1)
    self.nodes = nodes
    self.sources = sources
    let ones = Array(repeating: 1.0, count: nodes * Self.width)
    volume = ones
    onward = ones
    back = ones
    loss = ones
    source = Array(repeating: 0, count: nodes * Self.width * sources)
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
    for (s, values) in list.enumerated() {
      precondition(values.count == nodes)
      for i in 0..<nodes { source[(s * nodes + i) * Self.width + lane] = values[i] }
    }
  }

  /// Replaces the contents of `body` by what it writes: for callers that fill all lanes at once. The arrays are
  /// volume, onward, back and loss, [node][lane], and source, [source][node][lane].
  public mutating func fill(
    _ body: (
      inout [Double], inout [Double], inout [Double], inout [Double], inout [Double]
    ) -> Void
  ) {
    body(&volume, &onward, &back, &loss, &source)
    precondition(volume.count == nodes * Self.width && source.count == sources * nodes * Self.width)
  }
}
