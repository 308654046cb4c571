import Dispatch
import Synchronization

/// The threads that compute: so many at once, so many waiting, and not one more.
///
/// A request waits without a thread; event loops and the pool of Swift's concurrency never compute.
final class WorkPool: Sendable {
  /// There are too many requests, or one takes too long.
  enum Refusal: Error { case overload, timeout }

  private struct State {
    var running = 0
    var waiting: [CheckedContinuation<Bool, Never>] = []
    /// Those before this one have their place.
    var first = 0
  }

  private let width: Int
  private let depth: Int
  private let limit: Duration
  private let state = Mutex(State())
  private let threads = DispatchQueue(label: "thecal.work", attributes: .concurrent)

  /// A pool that does `width` pieces at once, lets `depth` wait, and answers for a piece within `limit`.
  init(width: Int, depth: Int, limit: Duration) {
    self.width = width
    self.depth = depth
    self.limit = limit
  }

  /// Pieces under way and pieces waiting.
  var load: (running: Int, waiting: Int) { state.withLock { ($0.running, $0.waiting.count - $0.first) } }

  /// Does `work` on a thread of the pool.
  ///
  /// A piece that has begun cannot be stopped: past the limit it is answered for, and keeps its place until it ends.
  func run<Made: Sendable>(_ work: @escaping @Sendable () -> Made) async throws(Refusal) -> Made {
    guard await enter() else { throw .overload }
    let made: Made? = await withCheckedContinuation { continuation in
      let once = Once(continuation)
      let timer = Task { [limit] in
        try await Task.sleep(for: limit)
        once.resume(nil)
      }
      threads.async {
        let made = work()
        self.leave()
        timer.cancel()
        once.resume(made)
      }
    }
    guard let made else { throw .timeout }
    return made
  }

  /// Waits for a place; false where too many wait already.
  private func enter() async -> Bool {
    await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
      let answer: Bool? = state.withLock { state in
        if state.running < width {
          state.running += 1
          return true
        }
        guard state.waiting.count - state.first < depth else { return false }
        state.waiting.append(continuation)
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// Hands the place to whoever has waited longest.
  private func leave() {
    let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
      guard state.first < state.waiting.count else {
        state.running -= 1
        return nil
      }
      let next = state.waiting[state.first]
      state.first += 1
      if state.first == state.waiting.count {
        state.waiting.removeAll(keepingCapacity: true)
        state.first = 0
      }
      return next
    }
    next?.resume(returning: true)
  }
}

/// A continuation that is resumed once, by whoever comes first.
private final class Once<Made: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Made?, Never>?>

  init(_ continuation: CheckedContinuation<Made?, Never>) { self.continuation = Mutex(continuation) }

  func resume(_ made: Made?) {
    let first = continuation.withLock { held in
      defer { held = nil }
      return held
    }
    first?.resume(returning: made)
  }
}
