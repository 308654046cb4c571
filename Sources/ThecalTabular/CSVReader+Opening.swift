extension CSVReader {
  /// Reads one more chunk; false at the end of the input.
  mutating func readMore() throws(TabularError) -> Bool { try source.fill() }

  /// Looks at the first bytes and refuses UTF-16, workbooks and other binary files.
  mutating func refuseWhatIsNotText() throws(TabularError) {
    while source.count < 4, try source.fill() {}
    let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    if source.begins(with: zip) { throw .workbookAsText(path: path) }
    let isMarked = source.begins(with: [0xFF, 0xFE]) || source.begins(with: [0xFE, 0xFF])
    if isMarked || hasHalfEmptyStart { throw .utf16(path: path) }
    try skipByteOrderMarks()
  }

  /// Whether every other one of the first four bytes is NUL, as in UTF-16 of Latin letters.
  private var hasHalfEmptyStart: Bool {
    guard source.count >= 4 else { return false }
    let isZero = (0..<4).map { source[$0] == 0 }
    return isZero == [false, true, false, true] || isZero == [true, false, true, false]
  }

  /// Skips U+FEFF in UTF-8, which joined files also have in the middle, and some programs twice.
  mutating func skipByteOrderMarks() throws(TabularError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    while source.count > 0 && source[0] == mark[0] {
      while source.count < mark.count, try readMore() {}
      guard source.begins(with: mark) else { return }
      source.consume(mark.count)
    }
  }

  /// The delimiter that the header line, or Excel's line `sep=;` before it, shows.
  mutating func headerDelimiter() throws(TabularError) -> UInt8 {
    var scan = scanHeader()
    while scan == nil && source.count < limits.rowBytes, try readMore() { scan = scanHeader() }
    let found = scan ?? HeaderScan(delimiters: [:], length: source.count)
    if let declared = declaredDelimiter(length: found.length) { return declared }
    let comma = UInt8(ascii: ",")
    return [UInt8(ascii: ";"), UInt8(ascii: "\t")].reduce(comma) { best, candidate in
      found.delimiters[candidate, default: 0] > found.delimiters[best, default: 0] ? candidate : best
    }
  }

  /// What the first line with anything in it shows, once it stands completely in the source.
  private func scanHeader() -> HeaderScan? {
    var scan = HeaderScan(delimiters: [:], length: 0)
    var isQuoted = false
    var isBlank = true
    for offset in 0..<source.count {
      let byte = source[offset]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      let isBreak = byte == 10 || byte == 13
      if isBreak && !isQuoted && !isBlank {
        scan.length = offset
        return scan
      }
      if !isBreak && byte != UInt8(ascii: " ") { isBlank = false }
      if !isQuoted { scan.delimiters[byte, default: 0] += 1 }
    }
    scan.length = source.count
    return source.isAtEnd ? scan : nil
  }

  /// The delimiter of a line `sep=;`, which is consumed.
  private mutating func declaredDelimiter(length: Int) -> UInt8? {
    guard length == 5, source.begins(with: Array("sep=".utf8)) else { return nil }
    let declared = source[4]
    guard [",", ";", "\t"].contains(Character(UnicodeScalar(declared))) else { return nil }
    source.consume(length)
    return declared
  }
}

/// How often each byte stands outside quotes in the header line, and where that line ends.
private struct HeaderScan {
  var delimiters: [UInt8: Int]
  var length: Int
}

extension String {
  /// The text without white space, no-break spaces included, at both ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
