/// Does pieces of work of one kind, one after another, with what it remembers between them.
package protocol Worker<Item, Made>: AnyObject {
  /// A piece of work.
  associatedtype Item
  /// What it becomes.
  associatedtype Made

  /// What `item` becomes. Called by one thread at a time.
  func work(on item: Item) -> Made
}

/// Many pieces of work, done by several threads, whose results come in the order of the pieces.
///
/// The calling thread brings the pieces and takes the results; each worker has a thread of its own, which ends before
/// `run` returns, so that a process that is forked or unloaded later has no thread of ours. A single worker needs none, and
/// where the system has none left either: the calling thread does the work. What a piece becomes must not depend on the worker that did it.
///
/// No more than a few pieces for each worker are under way: slow taking holds up bringing, instead of filling memory.
package struct OrderedWork<Item, Made> {
  private let workers: [any Worker<Item, Made>]
  private let depth: Int

  /// Work for `workers`, at least one, with at most `depth` pieces under way for each of them.
  package init(_ workers: [any Worker<Item, Made>], depth: Int = 3) {
    precondition(!workers.isEmpty && depth > 0)
    self.workers = workers
    self.depth = depth
  }

  /// Asks `next` for pieces until there are none, and hands what they become to `take`, in their order.
  ///
  /// - Parameter isCancelled: Asked before each piece; once it says so no more are brought or taken.
  /// - Returns: Whether all pieces were taken.
  /// - Throws: What `next` or `take` throws, once every worker has stopped.
  @discardableResult
  package func run<Failure: Error>(
    isCancelled: () -> Bool = { false }, next: () throws(Failure) -> Item?,
    take: (Made) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    if workers.count == 1 { return try runAlone(isCancelled, next, take) }
    let queue = WorkQueue<Item, Made>()
    let threads = workers.compactMap { worker in
      WorkThread { [worker = Transferred(worker)] in
        while let piece = queue.takePiece() { piece.finish(worker.value.work(on: piece.item)) }
      }
    }
    if threads.isEmpty { return try runAlone(isCancelled, next, take) }
    defer {
      queue.close(workers: threads.count)
      for thread in threads { thread.join() }
    }
    var underWay: [WorkPiece<Item, Made>] = []
    var hasMore = true
    while true {
      while hasMore, underWay.count < depth * threads.count {
        if isCancelled() { return false }
        guard let item = try next() else {
          hasMore = false
          break
        }
        let piece = WorkPiece<Item, Made>(item)
        queue.add(piece)
        underWay.append(piece)
      }
      if underWay.isEmpty { return true }
      try take(underWay.removeFirst().result())
      if isCancelled() { return false }
    }
  }

  private func runAlone<Failure: Error>(
    _ isCancelled: () -> Bool, _ next: () throws(Failure) -> Item?, _ take: (Made) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    while true {
      if isCancelled() { return false }
      guard let item = try next() else { return true }
      try take(workers[0].work(on: item))
    }
  }
}

/// Hands a value to the one thread that uses it from then on.
private struct Transferred<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
