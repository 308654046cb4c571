/// Remembers what short texts mean, so that a column with ten different words is parsed ten times.
///
/// Open addressing over the bytes themselves: a look-up makes no string and allocates nothing.
package struct InternTable<Value> {
  private var slots = [Int32](repeating: -1, count: 64)
  private var hashes: [UInt64] = []
  private var ends: [Int] = [0]
  private var keys: [UInt8] = []
  private var values: [Value] = []
  private let limit: Int

  /// A table for at most `limit` different texts; a column with more of them is no list of words.
  package init(limit: Int = 4_096) { self.limit = limit }

  /// What `key` means, by `make` at its first appearance.
  package mutating func value(for key: borrowing Span<UInt8>, make: (String) -> Value) -> Value {
    let hash = stableHash(key)
    if let index = index(of: key, hash) { return values[index] }
    let value = make(string(key))
    if values.count < limit { insert(key, hash, value) }
    return value
  }

  /// What was remembered for `key`; nil where nothing was.
  package func find(_ key: borrowing Span<UInt8>) -> Value? {
    index(of: key, stableHash(key)).map { values[$0] }
  }

  /// Remembers what `key`, which is new, means; forgets everything else when the table is full.
  package mutating func remember(_ key: borrowing Span<UInt8>, _ value: Value) {
    if values.count == limit { self = InternTable(limit: limit) }
    insert(key, stableHash(key), value)
  }

  private func index(of key: borrowing Span<UInt8>, _ hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash && equals(key, at: index) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func equals(_ key: borrowing Span<UInt8>, at index: Int) -> Bool {
    let start = ends[index]
    guard ends[index + 1] - start == key.count else { return false }
    for i in 0..<key.count where keys[start + i] != key[i] { return false }
    return true
  }

  private mutating func insert(_ key: borrowing Span<UInt8>, _ hash: UInt64, _ value: Value) {
    for i in 0..<key.count { keys.append(key[i]) }
    ends.append(keys.count)
    hashes.append(hash)
    values.append(value)
    if values.count * 2 > slots.count {
      slots = [Int32](repeating: -1, count: slots.count * 2)
    } else {
      return place(values.count - 1)
    }
    for index in values.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: hashes[index]) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
  }
}

/// FNV-1a with a final mix: the same in every run and on every machine, unlike `Hashable`.
///
/// Source: Fowler, Noll & Vo; the mix is that of MurmurHash3.
package func stableHash(_ bytes: borrowing Span<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for i in 0..<bytes.count { hash = (hash ^ UInt64(bytes[i])) &* 0x100_0000_01b3 }
  hash ^= hash >> 33
  hash = hash &* 0xff51_afd7_ed55_8ccd
  return hash ^ (hash >> 33)
}

/// The bytes as text.
package func string(_ bytes: borrowing Span<UInt8>) -> String {
  bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
}

extension InternTable: Sendable where Value: Sendable {}
