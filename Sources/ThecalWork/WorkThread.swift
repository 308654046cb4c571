import Glibc

/// A thread of the system, which does one thing and is then waited for.
struct WorkThread {
  private let handle: pthread_t

  /// Starts a thread that does `body`; nil where the system has none left.
  init?(_ body: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let box = Unmanaged.passRetained(WorkBody(body))
    guard pthread_create(&handle, nil, runBody, box.toOpaque()) == 0 else {
      box.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits until it has ended; once.
  func join() { pthread_join(handle, nil) }
}

/// What a thread does, where a C function can hold it.
private final class WorkBody {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// The start of every thread.
private func runBody(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let box { Unmanaged<WorkBody>.fromOpaque(box).takeRetainedValue().body() }
  return nil
}
