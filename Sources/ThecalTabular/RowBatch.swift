/// Some rows of a table, their fields one after another in a single block of bytes.
///
/// A batch is made once and filled again and again: filling allocates only where a batch is larger than
/// every batch before it. It is a value without ties to its reader, so other threads may work on it.
///
///     while try reader.nextBatch(into: &batch, maxRows: 4_096) {
///       for row in 0..<batch.count {
///         let dose = batch.bytes.span.extracting(batch.range(row: row, column: 3))
///       }
///     }
package struct RowBatch: Sendable {
  /// The fields' bytes; only the ranges that `range(row:column:)` names mean anything.
  package internal(set) var bytes: [UInt8] = []
  /// Where each field ends in `bytes`; a field begins where the one before it ends.
  var fieldEnds: [UInt32] = []
  /// Index of the field after each row's last.
  var rowEnds: [UInt32] = []
  var lines: [Int] = []
  var flags: [RowProblems] = []
  /// Fields and bytes in use; the arrays are longer, because the tokenizer writes ahead into them.
  var fieldCount = 0
  var byteCount = 0

  /// Line on which the quote opened that the end of the file left open, in the batch with the last row.
  package internal(set) var unclosedQuoteLine: Int?

  /// A batch without rows.
  package init() {}

  /// Number of rows.
  package var count: Int { rowEnds.count }

  /// Whether there are no rows.
  package var isEmpty: Bool { rowEnds.isEmpty }

  /// Number of fields that `row` has, which may differ from the header's.
  package func fieldCount(row: Int) -> Int {
    Int(rowEnds[row]) - (row == 0 ? 0 : Int(rowEnds[row - 1]))
  }

  /// Line of the file, counted from 1, on which `row` begins.
  package func line(row: Int) -> Int { lines[row] }

  /// What is wrong with the bytes of `row`.
  package func problems(row: Int) -> RowProblems { flags[row] }

  /// Where the field stands in `bytes`; empty where the row has no such column.
  package func range(row: Int, column: Int) -> Range<Int> {
    let first = row == 0 ? 0 : Int(rowEnds[row - 1])
    let index = first + column
    guard column >= 0, index < Int(rowEnds[row]) else { return 0..<0 }
    let start = index == 0 ? 0 : Int(fieldEnds[index - 1])
    return start..<Int(fieldEnds[index])
  }

  /// The field as text; broken UTF-8 is repaired with U+FFFD.
  package func string(row: Int, column: Int) -> String {
    let range = range(row: row, column: column)
    return bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }

  /// Whether no field of `row` holds anything, as in the lines of commas that spreadsheets leave behind.
  package func isBlank(row: Int) -> Bool {
    let first = row == 0 ? 0 : Int(rowEnds[row - 1])
    let last = Int(rowEnds[row])
    let start = first == 0 ? 0 : fieldEnds[first - 1]
    return first == last || fieldEnds[last - 1] == start
  }

  /// Whether every field of `row` is UTF-8 and one of them holds more than ASCII.
  package func isForeign(row: Int) -> Bool {
    let first = row == 0 ? 0 : Int(rowEnds[row - 1])
    let start = first == 0 ? 0 : Int(fieldEnds[first - 1])
    let end = rowEnds[row] == 0 ? 0 : Int(fieldEnds[Int(rowEnds[row]) - 1])
    return !flags[row].contains(.invalidUTF8) && bytes[start..<end].contains { $0 >= 0x80 }
  }

  /// Forgets the rows and keeps the memory.
  package mutating func removeAll() {
    rowEnds.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    flags.removeAll(keepingCapacity: true)
    fieldCount = 0
    byteCount = 0
    unclosedQuoteLine = nil
  }
}
