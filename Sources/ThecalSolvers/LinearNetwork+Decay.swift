extension LinearNetwork {
  /// The rate constant at which everything falls once nothing goes in any more, 1/h: the slowest of the network. Nil
  /// where nothing is ever lost, or where two rates are too close to each other to be told apart.
  ///
  /// Inverse iteration. All numbers stay positive, so that the largest and the smallest quotient of two iterates hold
  /// the rate between them (Collatz and Wielandt), and the answer carries its own proof.
  ///
  /// - Complexity: O(*n*) per iteration, usually a dozen.
  /// - Accuracy: 1e-10 of the rate.
  public func slowestRate() -> Double? {
    guard allLosses.contains(where: { $0 > 0 }) else { return nil }
    let elimination = NetworkElimination(self)
    let volumes = allVolumes
    var state = [Double](repeating: 1, count: count)
    for _ in 0..<Self.mostIterations {
      var next = zip(volumes, state).map { $0 * $1 }
      elimination.solve(&next)
      var (low, high) = (Double.infinity, 0.0)
      for (before, after) in zip(state, next) {
        low = min(low, before / after)
        high = max(high, before / after)
      }
      guard low > 0, high.isFinite else { return nil }
      if high - low <= Self.spread * high { return (low + high) / 2 }
      let largest = next.reduce(0, max)
      state = next.map { $0 / largest }
    }
    return nil
  }

  private static var mostIterations: Int { 2_000 }
  private static var spread: Double { 1e-10 }
}
