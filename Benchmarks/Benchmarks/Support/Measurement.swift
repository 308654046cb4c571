import Glibc

/// Seconds of processor time that this thread has used: other work on the machine does not count.
package func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The median time of one call of `body`, s, over about `budget` seconds and at least five calls.
package func median(_ budget: Double = 1, _ body: () -> Void) -> Double {
  body()
  var times: [Double] = []
  let start = now()
  while times.count < 5 || (now() - start < budget && times.count < 2_000) {
    let before = now()
    body()
    times.append(now() - before)
  }
  return times.sorted()[times.count / 2]
}

/// A time in the unit that suits it.
package func written(_ seconds: Double) -> String {
  if seconds < 1e-3 { return "\(rounded(seconds * 1e6)) µs" }
  return seconds < 1 ? "\(rounded(seconds * 1e3)) ms" : "\(rounded(seconds)) s"
}

/// Three significant digits.
package func rounded(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return "\(value)" }
  let scale = pow(10, 2 - floor(log10(abs(value))))
  let result = (value * scale).rounded() / scale
  return result >= 100 ? "\(Int(result))" : "\(result)"
}

/// The time of one call of `body` when nothing else disturbs it, s: the lower decile of `count` readings.
package func shortest(_ count: Int = 400, _ body: () -> Void) -> Double {
  let calls = callsPerReading(body)
  return lowerDecile((0..<count).map { _ in reading(calls, body) })
}

/// The same of two works that take turns, so that a slow while of the machine meets both.
package func shortest(_ count: Int, _ one: () -> Void, _ other: () -> Void) -> (Double, Double) {
  let calls = (callsPerReading(one), callsPerReading(other))
  let readings = (0..<count).map { _ in (reading(calls.0, one), reading(calls.1, other)) }
  return (lowerDecile(readings.map(\.0)), lowerDecile(readings.map(\.1)))
}

/// How many calls of `body` one reading covers: enough for 100 µs. The clock of a thread steps by 0.7 µs on some machines, and
/// on a virtual one it now and then stands still for a while.
private func callsPerReading(_ body: () -> Void) -> Int {
  var calls = 1
  while calls < 1 << 20, reading(calls, body) * Double(calls) < 100e-6 { calls *= 2 }
  return calls
}

/// The time of one of `calls` calls, s.
private func reading(_ calls: Int, _ body: () -> Void) -> Double {
  let start = now()
  for _ in 0..<calls { body() }
  return (now() - start) / Double(calls)
}

/// Not the least: what else happens on the machine lengthens a reading, but a clock that stood still shortens it, to nothing at
/// worst. Readings of nothing are none.
private func lowerDecile(_ readings: [Double]) -> Double {
  let sorted = readings.filter { $0 > 0 }.sorted()
  precondition(sorted.count > readings.count / 2, "the clock of this thread does not move")
  return sorted[sorted.count / 10]
}
