import ThecalSolvers

/// What happens to a person, in the order in which it happens: an event table in which every rule has been
/// followed, so that only arithmetic is left.
///
/// A plan is made once and serves everyone who gets the same: lags and absorbed shares that differ between people
/// change when things happen, and ask for a plan each.
public struct DosingPlan: Sendable {
  /// A stretch of actions with the lengths of its steps.
  struct Stretch: Sendable {
    var lengths: [Double] = []
    var actions: [MammillaryAction] = []
  }

  /// The model that it is for.
  public let model: KineticModel
  /// The lines at which levels are read, as indices of the records.
  public let readings: [Int]
  /// Stretches with at most `longest` lengths each.
  let stretches: [Stretch]
  /// Whether anything flows in over time.
  let isFed: Bool

  /// Lengths of steps per stretch: as many as stay in a fast cache.
  static let longest = 64

  /// The plan that `records` of one person describe, in their order.
  ///
  /// - Parameters:
  ///   - bioavailability: The share of doses into the depot that arrives, where a record does not say.
  ///   - lag_h: How long they wait, where a record does not say.
  /// - Throws: `DosingError` with the line that cannot be followed; line 0 for what holds for all of them.
  public init(
    _ records: [DosingRecord], model: KineticModel, bioavailability: Double = 1, lag_h: Double = 0
  ) throws(DosingError) {
    for (column, value) in [("F", bioavailability), ("ALAG", lag_h)] where !(value >= 0 && value.isFinite) {
      throw DosingError(line: 0, .outOfRange(column: column, text: "\(value)", admitted: "not negative"))
    }
    var writer = PlanWriter(model: model, bioavailability: bioavailability, lag: lag_h)
    var readings: [Int] = []
    for (index, record) in records.enumerated() {
      try writer.follow(record)
      if record.event == .observation { readings.append(index) }
    }
    self.model = model
    self.readings = readings
    stretches = writer.program.stretches
    isFed = writer.program.isFed
  }
}

/// Collects actions, merges what can run as one, and numbers the lengths of steps.
struct PlanProgram {
  private(set) var stretches: [DosingPlan.Stretch] = [.init()]
  private(set) var isFed = false
  private var numbers: [UInt64: Int] = [:]

  mutating func append(_ kind: MammillaryAction.Kind, at: Int = 0, _ value: Double = 0) {
    if kind == .feed { isFed = true }
    stretches[stretches.count - 1].actions.append(MammillaryAction(kind, at: at, value))
  }

  /// A step of `length` that ends at `time`.
  mutating func advance(_ length: Double, near time: Double) {
    append(.advance, at: number(of: length, near: time))
  }

  /// From one cycle of `length` to endless ones.
  mutating func close(_ length: Double) { append(.close, at: number(of: length, near: length), length) }

  /// A reading; after a step it becomes one with it, and with those like it before.
  mutating func read() {
    let last = stretches.count - 1
    let count = stretches[last].actions.count
    guard let step = stretches[last].actions.last, step.kind == .advance else { return append(.read) }
    if count > 1, stretches[last].actions[count - 2].kind == .coast,
      stretches[last].actions[count - 2].at == step.at
    {
      let steps = stretches[last].actions[count - 2].value + 1
      stretches[last].actions.removeLast()
      stretches[last].actions[count - 2] = MammillaryAction(.coast, at: step.at, steps)
    } else {
      stretches[last].actions[count - 1] = MammillaryAction(.coast, at: step.at, 1)
    }
  }

  /// The number of a length in the present stretch. Differences of decimal times scatter by units in the last
  /// place: lengths that agree to that are one.
  private mutating func number(of length: Double, near time: Double) -> Int {
    let slack = 2 * max(abs(time), length).ulp
    let mask: UInt64 = ~0 << 16
    let key = length.bitPattern & mask
    for near in [key, key &+ (1 << 16), key &- (1 << 16)] {
      if let number = numbers[near], abs(stretches[stretches.count - 1].lengths[number] - length) <= slack {
        return number
      }
    }
    if stretches[stretches.count - 1].lengths.count == DosingPlan.longest {
      stretches.append(.init())
      numbers.removeAll(keepingCapacity: true)
    }
    let number = stretches[stretches.count - 1].lengths.count
    stretches[stretches.count - 1].lengths.append(length)
    numbers[key] = number
    return number
  }
}
