/// Where in the unit cube the samples of a study lie. Any sample is found from its index alone.
package struct Design: Sendable {
  /// The kinds of designs.
  package enum Method: String, CaseIterable, Hashable, Sendable {
    /// Independent random points.
    case montecarlo
    /// One point in each of as many slices of every coordinate (Latin hypercube).
    case latin
    /// A scrambled Sobol sequence.
    case sobol
  }

  /// The kind.
  package let method: Method
  /// Number of samples.
  package let samples: UInt64
  /// Number of coordinates.
  package let dimensions: Int
  private let random: Philox
  private let sobol: Sobol?
  private let orders: [Permutation]

  /// A design of `samples` points with `dimensions` coordinates.
  package init(_ method: Method, samples: UInt64, dimensions: Int, seed: UInt64) {
    precondition(samples >= 1 && dimensions >= 1)
    self.method = method
    self.samples = samples
    self.dimensions = dimensions
    random = Philox(seed: seed)
    let random = random
    sobol = method == .sobol ? Sobol(dimensions: dimensions, scrambledBy: random) : nil
    orders =
      method == .latin
      ? (0..<dimensions).map {
        Permutation(count: samples, random: random, stream: Self.orderStream + UInt32($0))
      }
      : []
  }

  /// The streams that are kept for the orders of Latin hypercubes.
  private static let orderStream: UInt32 = 0x8000_0000

  /// The coordinates of the sample of an index, in (0, 1).
  package func point(_ index: UInt64, into point: inout [Double]) {
    precondition(index < samples && point.count == dimensions)
    for d in 0..<dimensions {
      switch method {
      case .montecarlo: point[d] = random.uniform(sample: index, stream: UInt32(d))
      case .latin:
        let inside = random.uniform(sample: index, stream: UInt32(d))
        let value = (Double(orders[d](index)) + inside) / Double(samples)
        point[d] = min(max(value, 0x1p-60), 1 - 0x1p-53)
      case .sobol: point[d] = sobol?.coordinate(index, d) ?? 0.5
      }
    }
  }
}
