import Glibc

/// Builds the rows of a comma-separated file as RFC 4180 has them, with LF between rows.
///
/// Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers do not.
package struct CSVWriter: Sendable {
  /// The rows so far; whoever passes them on calls `removeAll` on it, between rows.
  package var output: ByteWriter
  private var fieldCount = 0
  private var rowStart = 0

  /// A writer with room for `capacity` bytes.
  package init(capacity: Int = 0) { output = ByteWriter(capacity: capacity) }

  /// Adds a cell of text.
  package mutating func appendText(_ text: String) {
    var text = text
    text.withUTF8 { appendText(Span(_unsafeElements: $0)) }
  }

  /// Adds a cell of text given in UTF-8.
  package mutating func appendText(_ text: Span<UInt8>) {
    beginField()
    let isFormula = text.count > 0 && startsFormula(text[0])
    guard needsQuotes(text) else {
      if isFormula { output.append(UInt8(ascii: "'")) }
      output.append(text)
      return
    }
    let quote = UInt8(ascii: "\"")
    output.append(quote)
    if isFormula { output.append(UInt8(ascii: "'")) }
    var start = 0
    var next = firstByte(quote, of: text, from: 0)
    while let index = next {
      output.append(text.extracting(start...index))
      start = index  // the quote once more, with what follows it
      next = firstByte(quote, of: text, from: index + 1)
    }
    output.append(text.extracting(start...))
    output.append(quote)
  }

  /// Adds a number whose digits are already chosen, in ASCII.
  package mutating func appendNumber(_ digits: String) {
    beginField()
    output.append(digits)
  }

  /// Adds a number in the shortest digits that read back.
  package mutating func appendNumber(_ number: Double) {
    beginField()
    output.append(number)
  }

  /// Adds a whole number.
  package mutating func appendNumber(_ number: Int) {
    beginField()
    output.append(number)
  }

  /// Adds a cell without anything in it.
  package mutating func appendEmpty() { beginField() }

  /// Adds one or more cells that are CSV already.
  package mutating func appendReady(_ cells: Span<UInt8>) {
    beginField()
    output.append(cells)
  }

  /// Adds the digest of what `hasher` has seen, in hexadecimal.
  package mutating func appendDigest(_ hasher: inout SHA256Hasher) {
    beginField()
    hasher.finish(into: &output)
  }

  /// Adds a row of text, as a header is.
  package mutating func appendRow(_ cells: [String]) {
    for cell in cells { appendText(cell) }
    endRow()
  }

  /// Ends the row.
  package mutating func endRow() {
    // A line with nothing on it is no row to any reader, so a lone empty cell is written as two quotes.
    if fieldCount == 1 && output.count == rowStart { output.append("\"\"") }
    output.append(UInt8(ascii: "\n"))
    fieldCount = 0
  }

  /// Where `byte` stands first in `text` from `start` on.
  private func firstByte(_ byte: UInt8, of text: Span<UInt8>, from start: Int) -> Int? {
    text.withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  private mutating func beginField() {
    if fieldCount == 0 { rowStart = output.count } else { output.append(UInt8(ascii: ",")) }
    fieldCount += 1
  }

  /// Whether a spreadsheet takes a cell that begins with `byte` for a formula.
  private func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: true
    default: false
    }
  }

  /// Whether `text` would not come back as it is without quotes. Semicolons and tabs are among the
  /// reasons because readers, ours too, guess the delimiter; blanks at the ends because many trim them.
  private func needsQuotes(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0 else { return false }
    let blank = UInt8(ascii: " ")
    if text[0] == blank || text[text.count - 1] == blank || text[0] == 0xEF { return true }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: ";"), 9, 10, 13: return true
      default: continue
      }
    }
    return false
  }
}
