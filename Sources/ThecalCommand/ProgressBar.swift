import Synchronization

/// A line on the terminal that says how far a long work is: only where someone watches, only after a second.
final class ProgressBar: Sendable {
  private let isOn: Bool
  private let start = Terminal.clock
  private let shown = Mutex(0.0)

  init(isOn: Bool) { self.isOn = isOn }

  /// Says that `done` of `all` is done, at most five times a second.
  func show(_ done: Int, of all: Int, unit: String) {
    guard isOn, all > 0 else { return }
    let elapsed = Terminal.clock - start
    let due = shown.withLock { last in
      if elapsed < 1 || elapsed - last < 0.2 { return false }
      last = elapsed
      return true
    }
    guard due else { return }
    let share = Double(done) / Double(all)
    let filled = Int(share * 30)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    let rate = Int(Double(done) / elapsed)
    let left = Int(elapsed * (1 - share) / max(share, 1e-9))
    Terminal.write("\r[\(bar)] \(Int(share * 100)) %  \(rate) \(unit)/s  \(left) s left   ")
  }

  /// Takes the line away.
  func clear() {
    if shown.withLock({ $0 > 0 }) { Terminal.write("\r\(String(repeating: " ", count: 78))\r") }
  }
}
