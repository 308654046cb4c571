import ThecalQuantities
import ThecalTabular

/// The cells of one result, in the order of the columns, before they become CSV, JSON or a workbook.
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
  func range(_ cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] }

  /// Ends a cell whose bytes were appended piece by piece.
  mutating func endCell() { ends.append(bytes.count) }

  mutating func add(_ text: String?) {
    if let text { bytes.append(contentsOf: text.utf8) }
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
  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// SHA-256 over the cells in `order`, joined by U+001F, in hexadecimal, as the last cell.
  ///
  /// - Parameter guarded: Whether the cell is written with an apostrophe, which then belongs to it.
  mutating func addDigest(of order: [Int], guarded: (Int, UInt8) -> Bool) {
    var hasher = SHA256Hasher()
    for (position, cell) in order.enumerated() {
      if position > 0 { hasher.update(0x1F) }
      let range = range(cell)
      if range.isEmpty { continue }
      if guarded(cell, bytes[range.lowerBound]) { hasher.update(UInt8(ascii: "'")) }
      hasher.update(bytes.span.extracting(range))
    }
    digest.removeAll()
    hasher.finish(into: &digest)
    bytes.append(contentsOf: digest.bytes)
    endCell()
  }
}
