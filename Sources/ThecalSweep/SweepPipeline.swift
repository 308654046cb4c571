import ThecalWork

/// Blocks computed by several threads and handed on in their order.
struct SweepPipeline {
  private let workers: [any Worker<Range<Int>, SweepBlock>]

  init(_ plan: SweepPlan, threads: Int) {
    workers = (0..<max(1, threads)).map { _ in SweepWorker(plan.duplicate()) }
  }

  /// Computes `range` and hands its blocks to `take`, first to last.
  func run(
    _ range: Range<Int>, _ take: (SweepBlock) throws(SweepProblem) -> Void
  ) throws(SweepProblem) {
    var start = range.lowerBound
    try OrderedWork(workers, depth: Self.depth).run(
      next: { () throws(SweepProblem) -> Range<Int>? in
        guard start < range.upperBound else { return nil }
        let block = start..<min(start + SweepBlock.size, range.upperBound)
        start = block.upperBound
        return block
      }, take: take)
  }

  /// Blocks per thread that may be on their way.
  private static let depth = 4
}

/// Computes blocks one after another.
private final class SweepWorker: Worker {
  private var kernel: SweepKernel

  init(_ plan: SweepPlan) { kernel = SweepKernel(plan) }

  func work(on range: Range<Int>) -> SweepBlock {
    var block = SweepBlock()
    kernel.compute(range, into: &block)
    return block
  }
}
