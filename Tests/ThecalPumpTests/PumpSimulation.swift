@testable import ThecalPump
import ThecalQuantities

/// The same pump, told as a story: reservoir, plugs of fluid in the path and patient, from event to event.
///
/// It shares no formula with the closed forms, which it is there to check. Everything is exact.
struct PumpSimulation: Sendable {
  /// What happened.
  struct Event: Hashable, Sendable {
    /// The kinds of event.
    enum Kind: Hashable, Sendable {
      /// The flow changed.
      case flow
      /// Drug from the reservoir reached the tip.
      case arrival
      /// The computed volume reached the alarm volume.
      case alarm
      /// The reservoir gave out.
      case empty
    }
    /// What.
    let kind: Kind
    /// When.
    let time: Time
  }

  private struct Plug {
    var volume: Volume
    let strength: Concentration
  }

  /// The time reached.
  private(set) var time = Time.zero
  /// What is in the reservoir.
  private(set) var reservoir: Volume
  /// The drug that has reached the patient.
  private(set) var patient = Mass.zero
  /// What has happened so far, in order.
  private(set) var events: [Event] = []
  private var plugs: [Plug]
  private let strength: Concentration
  private let program: PumpProgram
  private let residual: Volume
  private let alarm: Volume

  /// A pump with `fill` of `strength` in the reservoir and a path of `path` filled with `old`.
  init(
    _ program: PumpProgram, fill: (volume: Volume, strength: Concentration), residual: Volume, alarm: Volume,
    path: (volume: Volume, strength: Concentration)
  ) {
    precondition(fill.volume > residual && fill.volume > alarm)
    self.program = program
    reservoir = fill.volume
    strength = fill.strength
    self.residual = residual
    self.alarm = alarm
    plugs = path.volume > .zero ? [Plug(volume: path.volume, strength: path.strength)] : []
  }

  /// The drug in reservoir, path and patient: the same at every time.
  var totalMass: Mass { strength * reservoir + pathMass + patient }

  /// The drug in the path.
  var pathMass: Mass { plugs.reduce(.zero) { $0 + $1.strength * $1.volume } }

  /// When `kind` first happened.
  func time(of kind: Event.Kind) -> Time? { events.first { $0.kind == kind }?.time }

  /// Runs on to `end`.
  mutating func run(to end: Time) {
    for change in program.changes where change > time && change < end {
      advance(to: change)
      events.append(Event(kind: .flow, time: change))
    }
    advance(to: end)
  }

  /// One stretch of constant flow.
  private mutating func advance(to end: Time) {
    let flow = program.flow(after: time)
    while time < end {
      let wanted = flow * (end - time)
      let toAlarm = reservoir > alarm ? reservoir - alarm : reservoir
      let moved = min(wanted, reservoir - residual, frontVolume ?? wanted, toAlarm)
      guard moved > .zero else {
        time = end
        return
      }
      let alarmed = reservoir <= alarm
      push(moved)
      time = moved == wanted ? end : time + moved / flow
      if !alarmed, reservoir <= alarm { events.append(Event(kind: .alarm, time: time)) }
      if reservoir <= residual { events.append(Event(kind: .empty, time: time)) }
    }
  }

  /// The volume until the next plug reaches the tip.
  private var frontVolume: Volume? { plugs.first?.volume }

  /// Pushes `volume` out of the reservoir, and as much out of the tip.
  private mutating func push(_ volume: Volume) {
    reservoir = reservoir - volume
    guard !plugs.isEmpty else {
      patient = patient + strength * volume
      return
    }
    patient = patient + plugs[0].strength * volume
    plugs[0].volume = plugs[0].volume - volume
    let arrived = plugs[0].volume == .zero
    if arrived { plugs.removeFirst() }
    if let last = plugs.indices.last, plugs[last].strength == strength {
      plugs[last].volume = plugs[last].volume + volume
    } else {
      plugs.append(Plug(volume: volume, strength: strength))
    }
    if arrived, time(of: .arrival) == nil {
      events.append(Event(kind: .arrival, time: time + volume / program.flow(after: time)))
    }
  }
}
