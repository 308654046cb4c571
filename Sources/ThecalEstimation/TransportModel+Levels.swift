import Glibc
import Synchronization
import ThecalTransport

extension TransportModel {
  /// The levels of `rows` sets, ng/mL: for each its times, for each time its sites.
  ///
  /// - Parameters:
  ///   - theta: The sets, one after another, a number per free parameter.
  ///   - levels: Receives rows × times × sites numbers.
  ///   - threads: Number of threads; the numbers do not depend on it.
  /// - Returns: The sets that could not be computed, whose levels are NaN.
  /// - Precondition: The arrays have these sizes.
  public func levels(
    _ theta: UnsafeBufferPointer<Double>, rows: Int, into levels: UnsafeMutableBufferPointer<Double>,
    threads: Int = 1
  ) -> [Failure] {
    precondition(theta.count == rows * parameters.count && levels.count == rows * size)
    for k in levels.indices { levels[k] = .nan }
    let shared = SharedRow(levels)
    return visit(theta, rows: rows, threads: threads) { [self] row, own in
      for k in own.indices { shared[row * size + k] = own[k] }
    }
  }

  /// Computes `rows` sets and shows the levels of each, by time and site, to `see`, on whichever thread computed it.
  func visit(
    _ theta: UnsafeBufferPointer<Double>, rows: Int, threads: Int,
    _ see: @escaping @Sendable (_ row: Int, _ levels: [Double]) -> Void
  ) -> [Failure] {
    overGroups(rows, threads) { [self] worker, group in
      let (samples, indices, failures) = samples(theta, group)
      guard !samples.isEmpty else { return failures }
      worker.batch.compute(samples)
      return failures
        + indices.enumerated().compactMap { lane, row in
          if let failure = worker.batch.failure(set: lane) {
            return Failure(row: row, reason: failure.explanation)
          }
          see(row, own(worker, lane))
          return nil
        }
    }
  }

  /// The levels of the set in `lane` as computed last, by time and site.
  private func own(_ worker: ModelWorker, _ lane: Int) -> [Double] {
    let (sites, times) = (siteNames.count, times_h.count)
    return [Double](unsafeUninitializedCapacity: size) { levels, count in
      for t in 0..<times {
        for s in 0..<sites { levels[t * sites + s] = worker.batch.concentration(site: s, time: t, set: lane) }
      }
      count = size
    }
  }

  /// What Σ `weights` · level gains per unit of each free parameter, and the levels: the product of a row of weights
  /// with the Jacobian of the levels, by the adjoint of the systems that give them.
  ///
  /// - Parameters:
  ///   - theta: The sets, one after another.
  ///   - weights: Per set, time and site; called with the levels of a set, so that they may depend on them.
  ///   - gradient: Receives rows × parameters numbers.
  /// - Returns: The sets that could not be computed, or that the fast path does not take: tissue, plasma, baricity, or
  ///   dispersion so small that the contour loses its digits. Their gradients are NaN.
  /// - Complexity: At most four times that of `levels`, whatever the number of parameters.
  /// - Precondition: The arrays have these sizes, and `weights` gives times × sites numbers.
  public func gradient(
    _ theta: UnsafeBufferPointer<Double>, rows: Int, into gradient: UnsafeMutableBufferPointer<Double>,
    threads: Int = 1,
    weights: @escaping @Sendable (_ row: Int, _ levels: [Double]) -> [Double]
  ) -> [Failure] {
    let count = parameters.count
    precondition(theta.count == rows * count && gradient.count == rows * count)
    let (sites, times) = (siteNames.count, times_h.count)
    return overGroups(rows, threads) { [self] worker, group in
      let (samples, indices, early) = samples(theta, group)
      var failures = early
      for k in (group.lowerBound * count)..<(group.upperBound * count) { gradient[k] = .nan }
      guard !samples.isEmpty else { return failures }
      worker.batch.compute(samples)
      let width = SimulationBatch.width
      var spread = Array(repeating: 0.0, count: sites * times * width)
      for (lane, row) in indices.enumerated() where worker.batch.failure(set: lane) == nil {
        let list = weights(row, own(worker, lane))
        for t in 0..<times {
          for s in 0..<sites { spread[(s * times + t) * width + lane] = list[t * sites + s] }
        }
      }
      let found = worker.batch.gradients(spread, of: parameters.map(\.meaning))
      for (lane, row) in indices.enumerated() {
        if let failure = worker.batch.failure(set: lane) {
          failures.append(Failure(row: row, reason: failure.explanation))
        } else if let own = found[lane] {
          for k in 0..<count { gradient[row * count + k] = own[k] * parameters[k].scale }
        } else {
          failures.append(Failure(row: row, reason: Self.offFastPath))
        }
      }
      return failures
    }
  }

  /// What each level gains per unit of each free parameter: for each set its times, for each time its sites, for each
  /// site its parameters.
  ///
  /// - Parameters:
  ///   - theta: The sets, one after another.
  ///   - jacobian: Receives rows × times × sites × parameters numbers.
  /// - Returns: The sets that could not be computed, or that the fast path does not take; see `gradient`.
  /// - Complexity: At most (parameters + 1) times that of `levels`.
  /// - Precondition: The arrays have these sizes.
  public func jacobian(
    _ theta: UnsafeBufferPointer<Double>, rows: Int, into jacobian: UnsafeMutableBufferPointer<Double>,
    threads: Int = 1
  ) -> [Failure] {
    let length = size * parameters.count
    precondition(theta.count == rows * parameters.count && jacobian.count == rows * length)
    for k in jacobian.indices { jacobian[k] = .nan }
    let (shared, scales) = (SharedRow(jacobian), parameters.map(\.scale))
    return overGroups(rows, threads) { [self] worker, group in
      let (samples, indices, early) = samples(theta, group)
      guard !samples.isEmpty else { return early }
      let free = parameters.map(\.meaning)
      worker.batch.compute(samples, along: free)
      let found = worker.batch.jacobians(of: free)
      return early
        + indices.enumerated().compactMap { lane, row in
          if let failure = worker.batch.failure(set: lane) {
            return Failure(row: row, reason: failure.explanation)
          }
          guard let own = found[lane] else { return Failure(row: row, reason: Self.offFastPath) }
          var k = row * length
          for value in stride(from: 0, to: length, by: scales.count) {
            for (j, scale) in scales.enumerated() { shared[k + j] = own[value + j] * scale }
            k += scales.count
          }
          return nil
        }
    }
  }

  private static let offFastPath = "no gradient: the fast path does not take this set"

  private func samples(
    _ theta: UnsafeBufferPointer<Double>, _ group: Range<Int>
  ) -> (samples: [TransportSample], rows: [Int], failures: [Failure]) {
    var (samples, rows, failures): ([TransportSample], [Int], [Failure]) = ([], [], [])
    for row in group {
      let start = row * parameters.count
      let numbers = UnsafeBufferPointer(rebasing: theta[start..<(start + parameters.count)])
      let (sample, problem) = sample(numbers)
      if let sample {
        samples.append(sample)
        rows.append(row)
      } else {
        failures.append(Failure(row: row, reason: problem))
      }
    }
    return (samples, rows, failures)
  }

  /// Groups of eight rows, handed out to threads that end with the call; alone on the caller's thread where one is
  /// wanted. Each group writes its own rows, so the answer does not depend on who computes it.
  private func overGroups(
    _ rows: Int, _ threads: Int, _ body: @escaping (ModelWorker, Range<Int>) -> [Failure]
  ) -> [Failure] {
    let width = SimulationBatch.width
    let groups = (rows + width - 1) / width
    let queue = GroupQueue(groups: groups) { [self] next in
      let worker = borrowWorker()
      defer { giveBack(worker) }
      var failures: [Failure] = []
      while let group = next() {
        failures += body(worker, (group * width)..<min(rows, (group + 1) * width))
      }
      return failures
    }
    return queue.run(threads: min(max(1, threads), max(1, groups))).sorted { $0.row < $1.row }
  }
}

/// Groups that threads take one after another.
private final class GroupQueue: @unchecked Sendable {
  // `work` is called on several threads at once, each with a worker of its own.
  private let work: (() -> Int?) -> [TransportModel.Failure]
  private let groups: Int
  private let next = Atomic<Int>(0)
  private let found = Mutex<[TransportModel.Failure]>([])

  init(groups: Int, _ work: @escaping (() -> Int?) -> [TransportModel.Failure]) {
    self.groups = groups
    self.work = work
  }

  func run(threads: Int) -> [TransportModel.Failure] {
    var started: [pthread_t] = []
    for _ in 1..<max(1, threads) {
      var thread = pthread_t()
      let context = Unmanaged.passRetained(self)
      let status = pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          Unmanaged<GroupQueue>.fromOpaque(context).takeRetainedValue().drain()
          return nil
        }, context.toOpaque())
      // Fewer threads give the same numbers.
      if status == 0 { started.append(thread) } else { context.release() }
    }
    drain()
    for thread in started { pthread_join(thread, nil) }
    return found.withLock { $0 }
  }

  private func drain() {
    let failures = work { [self] in
      let group = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return group < groups ? group : nil
    }
    found.withLock { $0 += failures }
  }
}
