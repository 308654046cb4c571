import CThecalKernels
import ThecalLinearAlgebra

/// Changes of the numbers of eight networks, direction by direction.
public struct LaneTangents: Sendable {
  /// A change of one lane along one direction.
  public struct Change: Sendable {
    /// Changes of the numbers of a network, node by node; empty where none of them changes.
    public var volume: [Double] = [], onward: [Double] = [], back: [Double] = [], loss: [Double] = []
    /// What changes in a unit of each source; empty where nothing does.
    public var sources: [[Double]]
    /// What changes in the weights with which probes read nodes.
    public var weights: [(probe: Int, node: Int, change: Double)] = []

    /// No change of a network with `sources` sources.
    public init(sources: Int) { self.sources = Array(repeating: [], count: sources) }
  }

  /// Number of directions.
  public let directions: Int
  private let nodes: Int, sources: Int, entries: Int
  /// As the kernel reads them.
  private(set) var numbers: [Double]
  /// Which parts of which lanes of which directions hold more than zeros.
  private var isFilled: [Bool]

  init(directions: Int, nodes: Int, sources: Int, entries: Int) {
    self.directions = directions
    (self.nodes, self.sources, self.entries) = (nodes, sources, entries)
    numbers = Array(repeating: 0, count: directions * thecal_tangent_length(nodes, sources, entries))
    isFilled = Array(repeating: false, count: directions * (4 + sources) * NetworkLanes.width)
  }

  /// Whether it has room for just so much.
  func fits(directions: Int, nodes: Int, sources: Int, entries: Int) -> Bool {
    (self.directions, self.nodes, self.sources, self.entries) == (directions, nodes, sources, entries)
  }

  private func start(_ direction: Int) -> Int { direction * thecal_tangent_length(nodes, sources, entries) }

  mutating func set(
    _ change: Change, direction: Int, lane: Int, at entry: (_ probe: Int, _ node: Int) -> Int?
  ) {
    let (width, start) = (NetworkLanes.width, start(direction))
    put(change.volume, part: 0, direction, lane)
    put(change.onward, part: 1, direction, lane)
    put(change.back, part: 2, direction, lane)
    put(change.loss, part: 3, direction, lane)
    for (k, values) in change.sources.enumerated() { put(values, part: 4 + k, direction, lane) }
    for k in 0..<entries { numbers[start + ((4 + sources) * nodes + k) * width + lane] = 0 }
    for (probe, node, value) in change.weights {
      guard let k = entry(probe, node) else { continue }
      numbers[start + ((4 + sources) * nodes + k) * width + lane] += value
    }
  }

  /// Puts numbers side by side with those of the other lanes; zeros only where there were others before.
  private mutating func put(_ values: [Double], part: Int, _ direction: Int, _ lane: Int) {
    let flag = (direction * (4 + sources) + part) * NetworkLanes.width + lane
    guard isFilled[flag] || !values.isEmpty else { return }
    isFilled[flag] = !values.isEmpty
    let first = start(direction) + part * nodes * NetworkLanes.width + lane
    numbers.withUnsafeMutableBufferPointer { numbers in
      for i in 0..<nodes {
        numbers[first + i * NetworkLanes.width] = i < values.count ? values[i] : 0
      }
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
