import Glibc
import Synchronization
import Testing

@testable import ThecalWork

/// Squares numbers, the later ones faster, and remembers on which threads it did so.
private final class Squarer: Worker {
  private(set) var count = 0
  private let pause: (Int) -> UInt32
  let most = Mutex(0)

  init(pause: @escaping (Int) -> UInt32 = { _ in 0 }) { self.pause = pause }

  func work(on item: Int) -> Int {
    count += 1
    usleep(pause(item))
    return item * item
  }
}

private struct Stop: Error, Equatable {
  let at: Int
}

/// What `items` numbers become with `threads` threads, and how many were brought before the first was taken.
private func squares(_ items: Int, threads: Int, depth: Int = 3) -> (results: [Int], lead: Int, counts: [Int])
{
  let workers = (0..<threads).map { _ in Squarer { UInt32($0 % 7) * 100 } }
  var (brought, lead, results): (Int, Int, [Int]) = (0, 0, [])
  OrderedWork(workers.map { $0 as any Worker<Int, Int> }, depth: depth).run(
    next: { () -> Int? in
      guard brought < items else { return nil }
      brought += 1
      return brought - 1
    },
    take: { made in
      lead = max(lead, brought - results.count)
      results.append(made)
    })
  return (results, lead, workers.map(\.count))
}

private func threadsOfProcess() -> Int {
  guard let folder = opendir("/proc/self/task") else { return 0 }
  defer { closedir(folder) }
  var count = 0
  while let entry = readdir(folder) {
    if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
  }
  return count
}

@Suite(.serialized) struct `Ordered work` {
  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 500])
  func `hands on every result once and in order, whatever the threads`(threads: Int, items: Int) {
    let (results, _, counts) = squares(items, threads: threads)
    #expect(results == (0..<items).map { $0 * $0 } && counts.reduce(0, +) == items)
  }

  @Test(arguments: [1, 2, 4], [1, 3])
  func `is bounded: no more pieces are brought than its depth admits`(threads: Int, depth: Int) {
    let lead = squares(200, threads: threads, depth: depth).lead
    #expect(lead <= (threads == 1 ? 1 : threads * depth))
  }

  @Test func `uses its threads at the same time`() {
    let workers = (0..<4).map { _ in Squarer { _ in 20_000 } }
    var left = 40
    OrderedWork(workers.map { $0 as any Worker<Int, Int> }).run(
      next: { () -> Int? in
        left -= 1
        return left >= 0 ? left : nil
      }, take: { _ in })
    #expect(workers.allSatisfy { $0.count >= 5 })
  }

  @Test(arguments: [1, 4]) func `throws what bringing or taking throws, and nothing after it`(threads: Int) {
    for failsInNext in [true, false] {
      var (brought, taken): (Int, [Int]) = (0, [])
      let workers = (0..<threads).map { _ in Squarer() as any Worker<Int, Int> }
      let error = #expect(throws: Stop.self) {
        try OrderedWork(workers).run(
          next: { () throws(Stop) -> Int? in
            if failsInNext && brought == 10 { throw Stop(at: 10) }
            brought += 1
            return brought
          },
          take: { made throws(Stop) in
            if !failsInNext && taken.count == 10 { throw Stop(at: 10) }
            taken.append(made)
          })
      }
      #expect(error == Stop(at: 10) && taken == taken.sorted() && taken.count <= 10)
    }
  }

  @Test(arguments: [1, 3]) func `stops where it is cancelled and says so`(threads: Int) {
    var taken = 0
    let workers = (0..<threads).map { _ in Squarer() as any Worker<Int, Int> }
    let isWhole = OrderedWork(workers).run(
      isCancelled: { taken == 5 }, next: { () -> Int? in 1 }, take: { _ in taken += 1 })
    #expect(!isWhole && taken == 5)
  }

  @Test func `makes no thread for one worker, and leaves none behind for several`() {
    let before = threadsOfProcess()
    var most = 0
    let alone = [Squarer() as any Worker<Int, Int>]
    var left = 50
    OrderedWork(alone).run(
      next: { () -> Int? in
        left -= 1
        return left >= 0 ? left : nil
      }, take: { _ in most = max(most, threadsOfProcess()) })
    #expect(most <= before + 1)  // the test runner may have started one of its own
    for _ in 0..<20 { _ = squares(20, threads: 8) }
    #expect(threadsOfProcess() <= before + 2)
  }
}
