/// The lines of a text as it streams by, one at a time, in memory that is as long as the longest of them.
package struct TextLines: ~Copyable {
  private var source: ByteSource
  /// The number of the line that was read last, counted from 1.
  package private(set) var line = 0
  private let limit: Int

  /// The lines of the file at `path`; errors call it `origin`. A line longer than `limit` bytes is refused.
  package init(path: String, origin: String, limit: Int = 1 << 30) throws(TabularError) {
    source = try ByteSource(path: path, origin: origin, chunk: CSVLimits().chunkBytes)
    self.limit = limit
  }

  /// The lines of `bytes`, under the name `origin`.
  package init(bytes: [UInt8], origin: String) {
    source = ByteSource(memory: bytes, path: origin, chunk: CSVLimits().chunkBytes)
    limit = .max
  }

  /// Reads the next line with its line break in place of what was in `text`; false at the end.
  package mutating func next(into text: inout [UInt8]) throws(TabularError) -> Bool {
    text.removeAll(keepingCapacity: true)
    while true {
      if source.count == 0, try !source.fill() { break }
      let segment = source.nextSegment()
      text.append(contentsOf: UnsafeBufferPointer(start: source.start, count: segment.count))
      source.consume(segment.count)
      if text.count > limit { throw .outOfMemory(source.path) }
      if segment.lineBreak == .carriageReturn { try takeLineFeed(into: &text) }
      if segment.lineBreak != .none { break }
    }
    if text.isEmpty { return false }
    line += 1
    return true
  }

  /// Takes the second half of a line break of two bytes that a chunk has cut through.
  private mutating func takeLineFeed(into text: inout [UInt8]) throws(TabularError) {
    if source.count == 0, try !source.fill() { return }
    guard source.begins(with: [10]) else { return }
    text.append(10)
    source.consume(1)
  }
}
