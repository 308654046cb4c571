import _ThecalTestSupport

@testable import ThecalSolvers

extension LinearNetwork {
  /// A chain whose numbers spread over an order of magnitude each, with `layers` of side nodes.
  static func random(
    _ nodes: Int, layers: Int = 0, using random: inout SeededGenerator
  ) -> LinearNetwork {
    func numbers(_ count: Int, _ low: Double, _ high: Double) -> [Double] {
      (0..<count).map { _ in random.logUniform(low, high) }
    }
    let exchange = numbers(nodes - 1, 3, 300)
    return LinearNetwork(
      volume: numbers(nodes, 0.1, 3), onward: exchange,
      back: exchange.map { $0 * random.logUniform(0.8, 1.25) }, loss: numbers(nodes, 0.01, 0.3),
      sides: (0..<layers).map { _ in
        SideLayer(
          volume: numbers(nodes, 0.05, 1), into: numbers(nodes, 0.01, 1), out: numbers(nodes, 0.01, 1),
          loss: numbers(nodes, 0.001, 0.3))
      })
  }
}

extension Experiment {
  /// Two sources, a pulse at once and one off the grid, three rates, hourly readings at four nodes.
  static func random(
    _ network: LinearNetwork, receiver: Receiver? = nil, using random: inout SeededGenerator
  ) -> Experiment {
    let n = network.chainCount
    let center = Int.random(in: n / 2..<n, using: &random)
    var narrow = Array(repeating: 0.0, count: n)
    narrow[center] = 1
    let wide = (0..<n).map { abs($0 - center) < n / 4 ? 2 / Double(n) : 0 }
    let probes = [0, n / 3, center, n - 1].map { Probe(nodes: [$0], weights: [1]) }
    return Experiment(
      sources: [narrow, wide],
      events: [
        Event(time: 0, source: 1, amount: 100), Event(time: 0, source: 0, rateChange: 10),
        Event(time: 7.3, source: 1, amount: 50), Event(time: 12, source: 0, rateChange: 5),
        Event(time: 30, source: 0, rateChange: -8),
      ],
      probes: probes
        + (network.sides.isEmpty ? [] : [Probe(nodes: [n + center, center], weights: [0.5, 0.2])]),
      times: (0...48).map(Double.init), receiver: receiver)
  }
}

extension Course {
  /// The largest value of any probe.
  var peak: Double { values.joined().reduce(0) { max($0, abs($1)) } }

  /// The largest difference to `other`, as a share of the peak.
  func difference(to other: Course) -> Double {
    zip(values.joined(), other.values.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) } / peak
  }
}
