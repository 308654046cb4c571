/// Collects output as bytes, in memory that is kept from row to row.
package struct ByteWriter: Sendable {
  /// What has been written since the last `removeAll`.
  package internal(set) var bytes: [UInt8] = []

  /// A writer with room for `capacity` bytes.
  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Number of bytes written.
  package var count: Int { bytes.count }

  /// Forgets the bytes and keeps the memory.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Drops what was written after the first `count` bytes.
  package mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

  /// Appends one byte.
  package mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends `text` in UTF-8.
  package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends bytes as they stand.
  package mutating func append(_ span: Span<UInt8>) {
    span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }
}
