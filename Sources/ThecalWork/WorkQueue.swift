import Synchronization

/// A piece of work on its way: brought by the caller, done by one worker, taken by the caller.
final class WorkPiece<Item, Made>: @unchecked Sendable {
  // Written before it is queued, read by the one worker that takes it from there.
  let item: Item
  // Written by that worker before `done` is raised, read by the caller after it.
  private var made: Made?
  private let done = Semaphore()

  init(_ item: Item) { self.item = item }

  /// Says what the piece has become.
  func finish(_ made: Made) {
    self.made = made
    done.raise()
  }

  /// Waits for what the piece becomes.
  func result() -> Made {
    done.wait()
    guard let made else { preconditionFailure("a piece was raised before it was done") }
    return made
  }
}

/// Pieces that wait for a worker, in their order.
final class WorkQueue<Item, Made>: Sendable {
  private struct State {
    var pieces: [WorkPiece<Item, Made>] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let filled = Semaphore()

  /// Adds a piece behind the others.
  func add(_ piece: WorkPiece<Item, Made>) {
    state.withLock { $0.pieces.append(piece) }
    filled.raise()
  }

  /// The first piece; waits for one, and is nil once the queue is closed.
  func takePiece() -> WorkPiece<Item, Made>? {
    filled.wait()
    return state.withLock { state in
      guard !state.isClosed, !state.pieces.isEmpty else { return nil }
      return state.pieces.removeFirst()
    }
  }

  /// Drops what waits, and sends each of `workers` home when it asks next.
  func close(workers: Int) {
    state.withLock { state in
      state.isClosed = true
      state.pieces = []
    }
    for _ in 0..<workers { filled.raise() }
  }
}
