import Synchronization

/// What C holds, by numbers in the shape of pointers. A number is given out once: one that is not in the table is foreign
/// or freed, and the call gives a status where it would otherwise answer with what belongs to somebody else.
enum Handles {
  // The one thing that calls share; a lock of its own keeps threads apart.
  private static let table = Mutex(Table())

  private struct Table {
    /// Odd, so that no address of memory is among them.
    var next: UInt = 1
    var held: [UInt: AnyObject & Sendable] = [:]
  }

  /// A new handle for `object`, which lives until it is released.
  static func hold(_ object: sending AnyObject & Sendable) -> OpaquePointer? {
    table.withLock { table in
      let number = table.next
      table.next += 2
      table.held[number] = object
      return OpaquePointer(bitPattern: number)
    }
  }

  /// The object behind `handle`; nil where there is none of this type.
  static func find<Object: AnyObject & Sendable>(_ handle: OpaquePointer?, _: Object.Type = Object.self)
    -> Object?
  {
    guard let handle else { return nil }
    return table.withLock { $0.held[UInt(bitPattern: handle)] } as? Object
  }

  /// Lets go of the object behind `handle`, if it is one of this type; a call that still uses it ends well.
  static func release<Object: AnyObject & Sendable>(_ handle: OpaquePointer?, _: Object.Type) {
    guard let handle else { return }
    let number = UInt(bitPattern: handle)
    // Not freed under the lock: what is in it may be large.
    _ = table.withLock { table in
      table.held[number] is Object ? table.held.removeValue(forKey: number) : nil
    }
  }
}
