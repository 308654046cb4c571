extension LinearNetwork {
  /// The rate constant at which everything falls once nothing goes in any more, 1/h: the slowest of the network. Nil
  /// where nothing is ever lost, or where two rates are too close to each other to be told apart.
  ///
  /// Inverse iteration. All numbers stay positive, so that the largest and the smallest quotient of two iterates hold
  /// the rate between them (Collatz and Wielandt), and the answer carries its own proof. The lower of them becomes the
  /// shift of the next iterations, which tells close rates apart.
  ///
  /// - Complexity: O(*n*) per iteration, usually a dozen.
  /// - Accuracy: 1e-10 of the rate.
  public func slowestRate() -> Double? {
    guard allLosses.contains(where: { $0 > 0 }) else { return nil }
    var elimination = NetworkElimination(self)
    var shift = 0.0
    let volumes = allVolumes
    var state = [Double](repeating: 1, count: count)
    for iteration in 1...Self.mostIterations {
      var next = zip(volumes, state).map { $0 * $1 }
      elimination.solve(&next)
      var (low, high) = (Double.infinity, 0.0)
      for (before, after) in zip(state, next) {
        low = min(low, before / after)
        high = max(high, before / after)
      }
      guard low > 0, high.isFinite else { return nil }
      if high - low <= Self.spread * (shift + high) { return shift + (low + high) / 2 }
      let largest = next.reduce(0, max)
      state = next.map { $0 / largest }
      // Below the rate, where the system has a positive solution; else it is as it was.
      let nearer = shift + low * Self.approach
      if iteration % Self.patience == 0 {
        if elimination.refactor(-nearer) { shift = nearer } else { elimination.refactor(-shift) }
      }
    }
    return nil
  }

  private static var mostIterations: Int { 2_000 }
  private static var spread: Double { 1e-10 }
  private static var patience: Int { 4 }
  private static var approach: Double { 0.99 }
}
