import CThecalKernels
import ThecalLinearAlgebra

/// Changes of the numbers of eight networks, direction by direction.
public struct LaneTangents: Sendable {
  /// A change of one lane along one direction.
  public struct Change: Sendable {
    /// Changes of the numbers of a network.
    public var volume: [Double], onward: [Double], back: [Double], loss: [Double]
    /// What changes in a unit of each source.
    public var sources: [[Double]]
    /// What changes in the weights with which probes read nodes.
    public var weights: [(probe: Int, node: Int, change: Double)]

    /// No change of a chain of `nodes` nodes.
    public init(nodes: Int, sources: Int) {
      let zeros = Array(repeating: 0.0, count: nodes)
      (volume, onward, back, loss) = (zeros, zeros, zeros, zeros)
      self.sources = Array(repeating: zeros, count: sources)
      weights = []
    }
  }

  /// Number of directions.
  public let directions: Int
  private let nodes: Int, sources: Int, entries: Int
  /// As the kernel reads them.
  private(set) var numbers: [Double]

  init(directions: Int, nodes: Int, sources: Int, entries: Int) {
    self.directions = directions
    (self.nodes, self.sources, self.entries) = (nodes, sources, entries)
    numbers = Array(repeating: 0, count: directions * thecal_tangent_length(nodes, sources, entries))
  }

  private func start(_ direction: Int) -> Int { direction * thecal_tangent_length(nodes, sources, entries) }

  mutating func set(
    _ change: Change, direction: Int, lane: Int, at entry: (_ probe: Int, _ node: Int) -> Int?
  ) {
    let (width, start) = (NetworkLanes.width, start(direction))
    for (part, values) in ([change.volume, change.onward, change.back, change.loss] + change.sources)
      .enumerated()
    {
      for i in values.indices { numbers[start + (part * nodes + i) * width + lane] = values[i] }
    }
    for (probe, node, value) in change.weights {
      guard let k = entry(probe, node) else { continue }
      numbers[start + ((4 + sources) * nodes + k) * width + lane] += value
    }
  }

  func volume(_ direction: Int, _ node: Int, _ lane: Int) -> Double {
    numbers[start(direction) + node * NetworkLanes.width + lane]
  }

  func source(_ direction: Int, _ source: Int, _ node: Int, _ lane: Int) -> Double {
    numbers[start(direction) + ((4 + source) * nodes + node) * NetworkLanes.width + lane]
  }

  func weight(_ direction: Int, _ entry: Int, _ lane: Int) -> Double {
    numbers[start(direction) + ((4 + sources) * nodes + entry) * NetworkLanes.width + lane]
  }
}

/// What the values of eight networks gain along directions.
public struct LaneGains: Sendable {
  /// For each direction a row per probe and lane, and a column per reading.
  private let values: [Matrix]

  init(_ values: [Matrix]) { self.values = values }

  /// What the value of `probe` at the reading of index `time` gains along `direction`.
  public func gain(_ direction: Int, probe: Int, time: Int, lane: Int) -> Double {
    values[direction][probe * NetworkLanes.width + lane, time]
  }
}
