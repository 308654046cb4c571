extension RowBatch {
  /// The id on `row`, without the spaces and invisible characters that may stand at its ends.
  package func identifier(row: Int, column: Int) -> Range<Int> {
    var range = range(row: row, column: column)
    guard let first = range.first, let last = range.last else { return range }
    if isPlain(bytes[first]) && isPlain(bytes[last]) { return range }
    let text = bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self).unicodeScalars }
    let head = text.prefix(while: leavesNoMark)
    let tail = text[head.endIndex...].reversed().prefix(while: leavesNoMark)
    range = (range.lowerBound + head.reduce(0) { $0 + UTF8.width($1) })..<range.upperBound
    return range.lowerBound..<(range.upperBound - tail.reduce(0) { $0 + UTF8.width($1) })
  }

  /// Whether two cells hold the same bytes.
  package func equals(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    if a.count != b.count { return false }
    var (i, j) = (a.lowerBound, b.lowerBound)
    while i < a.upperBound {
      if bytes[i] != bytes[j] { return false }
      (i, j) = (i + 1, j + 1)
    }
    return true
  }

  /// Whether the id in `range` holds a character that leaves no mark, so that two ids look the same and are not.
  package func hidesMark(_ range: Range<Int>) -> Bool {
    // Ids are ASCII in nearly every file, and their bytes are looked at without being decoded.
    if range.allSatisfy({ bytes[$0] >= 0x20 && bytes[$0] < 0x7F }) { return false }
    return bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }.hidesMark
  }

  /// Whether `byte` is a visible character by itself.
  private func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
}

/// Whether a character leaves no mark: white space, controls, marks of direction and width, joiners.
private func leavesNoMark(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
    || [.control, .format].contains(scalar.properties.generalCategory)
}

extension String {
  /// Whether nothing of the text can be seen.
  package var isInvisible: Bool { unicodeScalars.allSatisfy(leavesNoMark) }

  /// Whether a character that leaves no mark stands in the text; white space does, and separates.
  package var hidesMark: Bool { unicodeScalars.contains { leavesNoMark($0) && !$0.properties.isWhitespace } }

  /// The text with every character that leaves no mark as its number, `U+200B`, so that a person sees what a program read.
  package var withEveryMark: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) || !hidesMark { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if leavesNoMark(scalar) && !scalar.properties.isWhitespace {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}
