public import ThecalQuantities

extension RefillDiscrepancy {
  /// What one refill visit says about the time before it: expected against found volume.
  ///
  /// `expected = previous - flow x time - boluses - prime`, never below the residual volume;
  /// `ratio = (previous - found) / (previous - expected)`.
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
    /// - Precondition: Something was programmed, `elapsed` and `previous` are above zero, and nothing is below it.
    public init(previous: Volume, flow: Flow, elapsed: Time, found: Volume, extra: Volume = .zero) {
      precondition(flow >= .zero && elapsed > .zero && extra >= .zero)
      precondition(flow * elapsed + extra > .zero && found >= .zero && previous > .zero)
      self.previous = previous
      self.flow = flow
      self.elapsed = elapsed
      self.found = found
      self.extra = extra
    }

    /// What was programmed to leave the reservoir.
    public var programmed: Volume { flow * elapsed + extra }

    /// The volume that should be left, of which `residual` cannot be delivered.
    public func expected(residual: Volume) -> Volume { max(min(residual, previous), previous - programmed) }

    /// What left the reservoir for each part that should have; nil where nothing could leave it.
    public func ratio(residual: Volume) -> ExactNumber? {
      let due = previous - expected(residual: residual)
      return due > .zero ? (previous - found) / due : nil
    }

    /// Found less expected: above zero, too little was given.
    public func delta(residual: Volume) -> Volume { found - expected(residual: residual) }
  }

  /// Since when a pump has been dry, from the last filling on.
  public struct DryTime: Hashable, Sendable {
    /// The first time at which its volume could end: at the fast edge of its accuracy; zero where even that is later than the
    /// visit, so that the volume never was what was programmed.
    public let earliest: Time
    /// The last: at the slow edge of its accuracy, and at the latest the visit.
    public let latest: Time
    /// When it should have ended; nil where that is after the visit.
    public let nominal: Time?
    /// How long nothing was given: from the latest to the earliest day, until the visit.
    public let gap: ClosedRange<Time>
  }
}
