import Synchronization

/// A value made at first use, once, by whichever thread comes first.
final class Lazy<Value: Sendable>: Sendable {
  private let state = Mutex<Value?>(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value {
    state.withLock { made in
      if let made { return made }
      let new = make()
      made = new
      return new
    }
  }
}
