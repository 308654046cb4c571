public import ThecalQuantities

extension RefillDiscrepancy {
  /// What one refill visit says about the time before it: expected against found volume.
  ///
  /// `expected = previous - flow x time - boluses - prime`; `ratio = (previous - found) / (previous - expected)`.
  public struct Visit: Hashable, Sendable {
    /// The volume after the filling before.
    public let previous: Volume
    /// The programmed flow.
    public let flow: Flow
    /// The time between the visits; above zero.
    public let elapsed: Time
    /// The volume found.
    public let found: Volume
    /// What boluses and priming took on top.
    public let extra: Volume

    /// A visit.
    ///
    /// - Precondition: Something was programmed.
    public init(previous: Volume, flow: Flow, elapsed: Time, found: Volume, extra: Volume = .zero) {
      precondition(flow * elapsed + extra > .zero && found >= .zero && previous > .zero)
      self.previous = previous
      self.flow = flow
      self.elapsed = elapsed
      self.found = found
      self.extra = extra
    }

    /// What was programmed to leave the reservoir.
    public var programmed: Volume { flow * elapsed + extra }
    /// The volume that should be left; below zero where the pump should be empty.
    public var expected: Volume { previous - programmed }
    /// What left the reservoir for each part that was programmed.
    public var ratio: ExactNumber { (previous - found) / programmed }
    /// Found less expected: above zero, too little was given.
    public var delta: Volume { found - expected }
  }
}
