import Glibc
import ThecalSolvers

extension PlanWriter {
  /// The state that endless doses like this one have led to, and the doses of them that have not arrived yet.
  ///
  /// Doses arrive at *t* + lag − *k* · interval. Those up to now are in the state: one cycle from nothing is
  /// followed, closed to endless cycles, and continued to the present phase. Later ones are still to come.
  mutating func settle(_ record: DosingRecord, _ dose: PlannedDose, wait: Double) throws(DosingError) {
    let adds = record.steadyState == .adding
    if adds { program.append(.aside) } else { forget() }
    defer { if adds { program.append(.join) } }
    if record.isEndless {
      if case .rate(let rate) = record.delivery { program.append(.settle, at: dose.node, rate) }
      return
    }
    let interval = record.interval_h
    let overlap = (dose.duration ?? 0) / interval
    let waiting = (wait / interval).rounded(.up)
    guard overlap < Self.mostAtOnce, waiting < Self.mostAtOnce else { throw record.fault(.tooManyAtOnce) }
    let phase = waiting * interval - wait
    var lasting = 0
    if let duration = dose.duration {
      lasting = cycle(dose, duration: duration, interval: interval, phase: phase)
    } else {
      cycle(dose, interval: interval, phase: phase)
    }
    let last = record.time_h - phase
    for k in 0..<lasting {
      running += 1
      queue.insert(
        .init(
          time: last - Double(k) * interval + (dose.duration ?? 0),
          act: .stop(node: dose.node, rate: dose.size)))
    }
    for k in stride(from: 0, to: Int(waiting), by: 1) {
      queue.insert(.init(time: record.time_h + (wait - Double(k) * interval), act: .dose(dose)))
    }
  }

  /// No one has ten thousand infusions running, or doses on their way.
  static var mostAtOnce: Double { 10_000 }

  private mutating func cycle(_ dose: PlannedDose, interval: Double, phase: Double) {
    program.append(.give, at: dose.node, dose.size)
    program.advance(interval, near: interval)
    program.close(interval)
    program.append(.give, at: dose.node, dose.size)
    if phase > 0 { program.advance(phase, near: interval) }
  }

  /// The same for infusions, of which several may run at once; how many do so now.
  private mutating func cycle(_ dose: PlannedDose, duration: Double, interval: Double, phase: Double) -> Int {
    let whole = (duration / interval).rounded(.down)
    // Rounding of the product may leave a little more than an interval.
    let rest = min(max(0, duration - whole * interval), interval)
    func feed(_ count: Double) {
      if count != 0 { program.append(.feed, at: dose.node, count * dose.size) }
    }
    if rest > 0 {
      feed(whole + 1)
      program.advance(rest, near: interval)
      program.append(.rest)
    }
    feed(whole)
    program.advance(interval - rest, near: interval)
    program.append(.rest)
    program.close(interval)
    guard phase < rest else {
      if rest > 0 {
        feed(whole + 1)
        program.advance(rest, near: interval)
        program.append(.rest)
      }
      feed(whole)
      if phase > rest { program.advance(phase - rest, near: interval) }
      return Int(whole)
    }
    feed(whole + 1)
    if phase > 0 { program.advance(phase, near: interval) }
    return Int(whole) + 1
  }
}
