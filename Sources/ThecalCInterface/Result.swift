import Glibc

/// What a call made, behind the pointer that C holds.
final class Result {
  /// What went wrong or should be known.
  let message: StaticText
  /// The text.
  let text: StaticText
  /// Times of the rows, h.
  let times: [Double]
  /// Names of the columns.
  let names: [StaticText]
  /// Row by row, one number per column.
  let levels: [Double]

  init(
    message: String = "", text: String = "", times: [Double] = [], names: [String] = [], levels: [Double] = []
  ) {
    self.message = StaticText(message)
    self.text = StaticText(text)
    self.times = times
    self.names = names.map { StaticText($0) }
    self.levels = levels
  }
}

/// Results that C holds, by address. A pointer that is not among them is no result, or is freed: the call gives a
/// status where it would otherwise read memory that is not its own.
enum Registry {
  // The one thing that calls share; a lock of its own keeps threads apart.
  private static let lock = RegistryLock()

  /// A pointer for `result`, which lives until it is freed.
  static func hold(_ result: Result) -> OpaquePointer? {
    let pointer = Unmanaged.passRetained(result).toOpaque()
    _ = lock.held { $0.insert(UInt(bitPattern: pointer)) }
    return OpaquePointer(pointer)
  }

  /// The result behind `pointer`; nil where there is none.
  static func find(_ pointer: OpaquePointer?) -> Result? {
    guard let pointer else { return nil }
    return lock.held { known in
      guard known.contains(UInt(bitPattern: pointer)) else { return nil }
      return Unmanaged<Result>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }
  }

  /// Frees the result behind `pointer`, once.
  static func release(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    let isOurs = lock.held { $0.remove(UInt(bitPattern: pointer)) != nil }
    if isOurs { Unmanaged<Result>.fromOpaque(UnsafeRawPointer(pointer)).release() }
  }
}

/// A set behind a lock.
final class RegistryLock: @unchecked Sendable {
  private var mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var known: Set<UInt> = []

  init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  /// Runs `body` while nobody else does.
  func held<Value>(_ body: (inout Set<UInt>) -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&known)
  }
}
