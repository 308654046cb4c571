import ThecalQuantities
import ThecalTabular

/// The cells of one result, in the order of the columns, before they become CSV, JSON or a workbook.
///
/// Each ends with U+001F, which belongs to none of them: that is how they are hashed.
struct CellRow {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  private var digest = ByteWriter(capacity: 64)

  /// Number of cells so far.
  var count: Int { ends.count }

  /// Forgets the cells and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Where a cell stands in `bytes`.
  func range(_ cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1] + 1)..<ends[cell] }

  /// Ends a cell whose bytes were appended piece by piece.
  mutating func endCell() {
    ends.append(bytes.count)
    bytes.append(0x1F)
  }

  mutating func add(_ text: String?) {
    if let text { append(text) }
    endCell()
  }

  mutating func add(_ number: ExactNumber?) {
    number?.write(to: &bytes)
    endCell()
  }

  mutating func add(_ cell: borrowing Span<UInt8>) {
    cell.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    endCell()
  }

  /// Appends to the cell that is being written.
  mutating func append(writing write: (inout [UInt8]) -> Void) { write(&bytes) }

  /// Adds to the cell that is open.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// SHA-256 over the cells so far, joined by U+001F, in hexadecimal, as the last cell.
  ///
  /// - Parameter guarded: Whether the cell is written with an apostrophe, which then belongs to it.
  mutating func addDigest(guarded: (Int, UInt8) -> Bool) {
    var hasher = SHA256Hasher()
    var start = 0
    for cell in ends.indices {
      let range = range(cell)
      guard !range.isEmpty, guarded(cell, bytes[range.lowerBound]) else { continue }
      hasher.update(bytes.span.extracting(start..<range.lowerBound))
      hasher.update(UInt8(ascii: "'"))
      start = range.lowerBound
    }
    hasher.update(bytes.span.extracting(start..<(ends.last ?? 0)))
    digest.removeAll()
    hasher.finish(into: &digest)
    bytes.append(contentsOf: digest.bytes)
    endCell()
  }
}
