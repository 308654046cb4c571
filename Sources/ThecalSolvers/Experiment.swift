/// What is put into a network and when, and what is read from it.
public struct Experiment: Equatable, Sendable {
  /// Where things go in: per source, µg per node of the chain for one unit of amount.
  public var sources: [[Double]]
  /// What happens, in any order.
  public var events: [Event]
  /// What is read, each a weighted sum of concentrations.
  public var probes: [Probe]
  /// When it is read, h, rising from 0; at the instant of an event the value after it counts.
  ///
  /// Events may come before 0: they make the state that is found then.
  public var times: [Double]
  /// What receives all that is lost, if its course matters.
  public var receiver: Receiver?

  /// An experiment of these parts.
  public init(
    sources: [[Double]], events: [Event], probes: [Probe], times: [Double], receiver: Receiver? = nil
  ) {
    precondition(events.allSatisfy { sources.indices.contains($0.source) })
    precondition(zip(times, times.dropFirst()).allSatisfy { $0 < $1 } && (times.first ?? 0) >= 0)
    self.sources = sources
    self.events = events.sorted { $0.time < $1.time }
    self.probes = probes
    self.times = times
    self.receiver = receiver
  }

  /// When it begins, with nothing in the network: 0 h, or the first event before.
  var start: Double { min(0, events.first?.time ?? 0) }

  /// The number of factors that multiply events, the one that is always one included.
  public var factors: Int { 1 + events.reduce(0) { max($0, $1.factor) } }

  /// A change at one source at one time.
  public struct Event: Equatable, Sendable {
    /// When, h.
    public var time: Double
    /// Which source.
    public var source: Int
    /// What goes in at once, in units of the source.
    public var amount: Double
    /// By how much the rate into the source changes, units per hour.
    public var rateChange: Double
    /// What multiplies it in a batch: 0 is always one, the others are factors of each network.
    public var factor: Int

    /// A change of these sizes.
    public init(time: Double, source: Int, amount: Double = 0, rateChange: Double = 0, factor: Int = 0) {
      self.time = time
      self.source = source
      self.amount = amount
      self.rateChange = rateChange
      self.factor = factor
    }
  }
}

/// A weighted sum of the concentrations of a few nodes.
public struct Probe: Equatable, Sendable {
  /// Nodes, in the order of a state vector.
  public var nodes: [Int]
  /// Their weights.
  public var weights: [Double]

  /// A sum over these nodes.
  public init(nodes: [Int], weights: [Double]) {
    precondition(nodes.count == weights.count)
    self.nodes = nodes
    self.weights = weights
  }

  /// Whether it reads the same nodes with the same weights, but for rounding.
  func isNear(_ other: Probe) -> Bool {
    nodes == other.nodes
      && zip(weights, other.weights).allSatisfy { abs($0 - $1) <= 1e-12 * (abs($0) + abs($1)) || $0 == $1 }
  }

  /// The value for the state `c`.
  public func value(_ c: [Double]) -> Double {
    var sum = 0.0
    for k in nodes.indices { sum += weights[k] * c[nodes[k]] }
    return sum
  }
}

/// A linear system that receives everything the network loses and gives nothing back, as a sum of
/// exponentials: after one unit at time 0 it holds Σ `amounts` e^{`rates` t} and shows Σ `levels` e^{`rates` t}.
public struct Receiver: Equatable, Sendable {
  /// Rate constants, 1/h, negative, all different.
  public var rates: [Double]
  /// Shares of the amount held; they add up to 1.
  public var amounts: [Double]
  /// Shares of the level, 1/mL.
  public var levels: [Double]

  /// A receiver of these exponentials.
  public init(rates: [Double], amounts: [Double], levels: [Double]) {
    precondition(rates.allSatisfy { $0 < 0 } && amounts.count == rates.count && levels.count == rates.count)
    self.rates = rates
    self.amounts = amounts
    self.levels = levels
  }
}
