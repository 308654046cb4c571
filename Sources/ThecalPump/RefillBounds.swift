public import ThecalQuantities

/// What bounds the time from one filling to the next, the same for a refill and for the choice of a strength.
struct RefillBounds {
  let fill: Volume
  let alarm: Volume
  let residual: Volume
  /// How many times faster than programmed the pump may run.
  let fast: ExactNumber
  /// What must be left for safety; nil where sudden lack is no danger.
  let reserve: Volume?
  /// The longest interval that the clinic allows.
  let policy: Time?

  /// Every bound at a flow, boluses included, for a filling that keeps for `keeping`.
  func bounds(at flow: Flow, keeping: Time?) -> [RefillPlan.Bound] {
    var bounds = [
      RefillPlan.Bound(kind: .alarm, after: (fill - alarm) / flow),
      RefillPlan.Bound(kind: .earlyEdge, after: (fill - residual) / (fast * flow)),
    ]
    if let keeping { bounds.append(.init(kind: .stability, after: keeping)) }
    if let reserve {
      bounds.append(.init(kind: .reserve, after: fill > reserve ? (fill - reserve) / flow : .zero))
    }
    if let policy { bounds.append(.init(kind: .policy, after: policy)) }
    return bounds
  }

  /// The volume that a filling gives from visit to visit: that of the bound which comes first, whatever the flow.
  var usable: Volume {
    let volumes = [fill - alarm, (fill - residual) / fast] + (reserve.map { [fill - $0] } ?? [])
    return max(.zero, volumes.min() ?? .zero)
  }
}

extension RefillPlan {
  /// A bound on the interval.
  public struct Bound: Hashable, Sendable {
    /// What bounds it.
    public enum Kind: String, Hashable, Sendable {
      /// The computed alarm.
      case alarm
      /// The earliest day on which a pump within its accuracy may be empty.
      case earlyEdge = "early edge"
      /// How long the filling keeps.
      case stability
      /// What must be left where sudden lack can kill.
      case reserve
      /// The longest interval that the clinic allows.
      case policy
    }

    /// What bounds it.
    public let kind: Kind
    /// How long after the filling.
    public let after: Time
  }
}
