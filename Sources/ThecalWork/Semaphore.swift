import Glibc

/// Counts what has been raised and not been waited for. Unlike a condition it forgets nothing, and unlike Dispatch it
/// makes no thread.
final class Semaphore: @unchecked Sendable {
  // The system's own synchronization: every call on it is safe from every thread.
  private let count: UnsafeMutablePointer<sem_t>

  init() {
    count = .allocate(capacity: 1)
    let status = sem_init(count, 0, 0)
    precondition(status == 0, "the system gives no semaphore")
  }

  deinit {
    sem_destroy(count)
    count.deallocate()
  }

  /// Lets one waiter pass.
  func raise() { sem_post(count) }

  /// Waits until there is something to pass for.
  func wait() {
    while sem_wait(count) != 0 {
      precondition(errno == EINTR, "waiting failed")
    }
  }
}
