/// The instants at which something happens or is read, in order.
struct Timeline {
  struct Instant {
    var time: Double
    var events: Range<Int>
    var reading: Int?
  }

  private(set) var instants: [Instant] = []

  init(_ experiment: Experiment) {
    var event = 0
    let events = experiment.events
    for (index, time) in experiment.times.enumerated() {
      while event < events.count, events[event].time < time {
        append(&event, events, at: events[event].time, reading: nil)
      }
      append(&event, events, at: time, reading: index)
    }
  }

  private mutating func append(
    _ event: inout Int, _ events: [Experiment.Event], at time: Double, reading: Int?
  ) {
    let first = event
    while event < events.count, events[event].time == time { event += 1 }
    instants.append(Instant(time: time, events: first..<event, reading: reading))
  }
}
