/// What an experiment showed.
public struct Course: Equatable, Sendable {
  /// Probe after probe, one value per time.
  public internal(set) var values: [[Double]]
  /// The level of the receiver per time; empty without a receiver.
  public internal(set) var received: [Double] = []
  /// Where everything is, per time; empty where the method does not keep account.
  public internal(set) var balance: [Balance] = []
  /// The method that computed it.
  public internal(set) var method: Method
  /// A bound of the error, as a share of the largest concentration, as the method itself estimates it.
  public internal(set) var errorBound: Double

  /// Counts what was put in and lost from a reading on: what was lost and forgotten before it is taken out, what is
  /// there then was put in.
  public mutating func beginLedger(atReading reading: Int) {
    let before = balance[reading].lost - balance[reading].received
    for k in balance.indices {
      balance[k].administered -= before
      balance[k].lost -= before
    }
  }

  /// Leaves out the first reading.
  public mutating func removeFirstReading() {
    for k in values.indices { values[k].removeFirst() }
    if !received.isEmpty { received.removeFirst() }
    if !balance.isEmpty { balance.removeFirst() }
  }

  /// The three independent ways through time.
  public enum Method: String, Sendable, CaseIterable {
    /// Modes of one symmetric eigen-decomposition.
    case spectral
    /// A contour integral of the resolvent.
    case contour
    /// L-stable steps.
    case implicit
  }

  /// Where everything is at one time. The parts were computed separately: that they add up is a proof.
  public struct Balance: Equatable, Sendable {
    /// What was put in so far.
    public var administered: Double
    /// What each node of the first kind holds: the first node of the chain.
    public var firstNode: Double
    /// What the rest of the chain holds.
    public var chain: Double
    /// What the side nodes hold.
    public var sides: Double
    /// What has been lost so far.
    public var lost: Double
    /// Of what has been lost, what the receiver still holds.
    public var received: Double

    /// What is missing, as a share of what was put in; 0 before anything was.
    public var defect: Double {
      let sum = firstNode + chain + sides + lost
      return administered > 0 ? abs(administered - sum) / administered : abs(sum)
    }
  }
}
