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

/// The shortest of many runs: what else happens on the machine can only lengthen a run.
package func shortest(_ count: Int = 400, _ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<count {
    let start = now()
    body()
    best = min(best, now() - start)
  }
  return best
}

/// The shortest of many runs of two works that take turns, so that a slow while of the machine meets both.
package func shortest(_ count: Int, _ one: () -> Void, _ other: () -> Void) -> (Double, Double) {
  (0..<count).reduce((Double.infinity, .infinity)) { best, _ in
    (min(best.0, shortest(1, one)), min(best.1, shortest(1, other)))
  }
}
