public import ThecalQuantities

/// What a pump is told to move: flows that hold until the next, and boluses that run on top of them.
///
/// Volumes and times only; what they mean in drug depends on what fills the path.
public struct PumpProgram: Hashable, Sendable {
  /// A flow that begins at `start` and holds until the next.
  public struct Step: Hashable, Sendable {
    /// When it begins.
    public let start: Time
    /// The flow; zero is a stop.
    public let flow: Flow

    /// A flow from `start` on.
    public init(start: Time, flow: Flow) {
      self.start = start
      self.flow = flow
    }
  }

  /// A volume moved on top of the flow, evenly over a time.
  public struct Bolus: Hashable, Sendable {
    /// When it begins.
    public let start: Time
    /// How long it runs; above zero.
    public let length: Time
    /// How much it moves.
    public let volume: Volume

    /// A bolus of `volume` over `length`.
    ///
    /// - Precondition: `length` is above zero, and `volume` not below it.
    public init(start: Time, length: Time, volume: Volume) {
      precondition(length > .zero && volume >= .zero)
      self.start = start
      self.length = length
      self.volume = volume
    }
  }

  /// The flows in order.
  public let steps: [Step]
  /// The boluses in order.
  public let boluses: [Bolus]

  /// A programme; entries are put in order.
  ///
  /// - Precondition: The first flow begins at zero, no two begin together, nothing is negative.
  public init(steps: [Step], boluses: [Bolus] = []) {
    self.steps = steps.sorted { $0.start < $1.start }
    self.boluses = boluses.sorted { $0.start < $1.start }
    precondition(self.steps.first?.start == .zero, "a programme begins at zero")
    precondition(zip(self.steps, self.steps.dropFirst()).allSatisfy { $0.start < $1.start })
    precondition(steps.allSatisfy { $0.flow >= .zero } && boluses.allSatisfy { $0.start >= .zero })
  }

  /// One flow for ever.
  public init(flow: Flow) { self.init(steps: [Step(start: .zero, flow: flow)]) }

  /// The volume moved from zero through `time`: the sum of every flow and bolus over its overlap with it.
  ///
  /// - Complexity: O(*n*).
  public func pumped(through time: Time) -> Volume {
    let ends = steps.dropFirst().map(\.start) + [max(time, steps.last?.start ?? .zero)]
    let infused = zip(steps, ends).reduce(Volume.zero) { sum, span in
      let end = min(span.1, time)
      return end > span.0.start ? sum + span.0.flow * (end - span.0.start) : sum
    }
    return boluses.reduce(infused) { sum, bolus in
      guard time > bolus.start else { return sum }
      return time >= bolus.start + bolus.length
        ? sum + bolus.volume : sum + ((time - bolus.start) / bolus.length) * bolus.volume
    }
  }

  /// The instants at which the flow changes, in order, each once.
  var changes: [Time] {
    Set(steps.map(\.start) + boluses.flatMap { [$0.start, $0.start + $0.length] }).sorted()
  }

  /// Flow and running boluses together just after `time`.
  func flow(after time: Time) -> Flow {
    let base = steps.last { $0.start <= time }?.flow ?? .zero
    return boluses.reduce(base) { sum, bolus in
      bolus.start <= time && time < bolus.start + bolus.length ? sum + bolus.volume / bolus.length : sum
    }
  }

  /// The first time by which `volume` has been moved; nil where the programme never moves so much.
  public func time(toPump volume: Volume) -> Time? {
    if volume <= .zero { return .zero }
    for (i, start) in changes.enumerated() {
      let next = i + 1 < changes.count ? changes[i + 1] : nil
      let before = pumped(through: start)
      if let next, pumped(through: next) < volume { continue }
      let flow = flow(after: start)
      return flow > .zero ? start + (volume - before) / flow : nil
    }
    return nil
  }
}
