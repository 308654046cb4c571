import Dispatch

/// Blocks computed by several threads and handed on in their order, with no more of them in memory than keep the
/// threads busy while one is written.
struct SweepPipeline {
  private let plan: SweepPlan
  private let workers: [SweepWorker]

  init(_ plan: SweepPlan, threads: Int) {
    self.plan = plan
    workers = (0..<max(1, threads)).map { SweepWorker($0, plan.duplicate()) }
  }

  /// Computes `range` and hands its blocks to `take`, first to last.
  func run(
    _ range: Range<Int>, _ take: (SweepBlock) throws(SweepProblem) -> Void
  ) throws(SweepProblem) {
    let units = (0..<(workers.count * Self.depth)).map { _ in SweepUnit() }
    var (submitted, taken) = (range.lowerBound, range.lowerBound)
    var (next, oldest) = (0, 0)
    while taken < range.upperBound {
      while submitted < range.upperBound, next - oldest < units.count {
        let end = min(submitted + SweepBlock.size, range.upperBound)
        workers[next % workers.count].submit(units[next % units.count], submitted..<end)
        submitted = end
        next += 1
      }
      let unit = units[oldest % units.count]
      unit.done.wait()
      oldest += 1
      taken = unit.block.range.upperBound
      do throws(SweepProblem) {
        try take(unit.block)
      } catch {
        // Whatever still runs must end before its units go.
        while oldest < next {
          units[oldest % units.count].done.wait()
          oldest += 1
        }
        throw error
      }
    }
  }

  /// Blocks per thread that may be on their way.
  private static let depth = 4
}

/// A block on its way.
final class SweepUnit: @unchecked Sendable {
  // Written by one worker until `done`, read by the writer after that.
  var block = SweepBlock()
  let done = DispatchSemaphore(value: 0)
}

/// Computes blocks one after another on a thread of its own.
final class SweepWorker: @unchecked Sendable {
  private let queue: DispatchQueue
  private var kernel: SweepKernel  // touched on `queue` alone

  init(_ number: Int, _ plan: SweepPlan) {
    queue = DispatchQueue(label: "thecal.sweep.\(number)")
    kernel = SweepKernel(plan)
  }

  func submit(_ unit: SweepUnit, _ range: Range<Int>) {
    queue.async {
      self.kernel.compute(range, into: &unit.block)
      unit.done.signal()
    }
  }
}
