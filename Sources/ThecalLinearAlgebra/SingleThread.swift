import CThecalLapack
import Synchronization

/// Runs `body`, a call of BLAS or LAPACK, on the calling thread alone, and leaves the number of threads as it was.
///
/// The systems of this package are small: handing a product of 400 × 400 to a second thread costs more than it saves,
/// and sums that depend on the number of threads would break "same inputs, same bits". Sweeps spread parameter sets
/// over threads instead. The number belongs to the process, which may be somebody else's: the first of the calls that
/// are under way sets it, the last sets it back.
func onOneThread<Value>(_ body: () -> Value) -> Value {
  threads.withLock { $0.enter() }
  defer { threads.withLock { $0.leave() } }
  return body()
}

private let threads = Mutex(HostThreads())

/// How many calls are under way, and the number of threads that BLAS had before the first.
private struct HostThreads {
  private var calls = 0
  private var before: Int32 = 1

  mutating func enter() {
    if calls == 0 {
      before = openblas_get_num_threads()
      if before != 1 { openblas_set_num_threads(1) }
    }
    calls += 1
  }

  mutating func leave() {
    calls -= 1
    if calls == 0 && before != 1 { openblas_set_num_threads(before) }
  }
}
