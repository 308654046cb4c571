/// Reads numbers the way a pharmacist double-checks them: what could be read in two ways is not read.
public struct NumberReader: Sendable {
  let format: NumberFormat

  /// A reader for numbers written in `format`.
  public init(_ format: NumberFormat = NumberFormat()) { self.format = format }

  /// The number that `text` is, white space around it aside.
  ///
  /// - Throws: `NumberProblem`, with the readings that the text may have had.
  /// - Complexity: O(*n*); allocates only to explain a problem.
  public func read(_ text: borrowing Span<UInt8>) throws(NumberProblem) -> ExactNumber {
    var (start, end) = (0, text.count)
    while start < end, isBlank(text[start]) { start += 1 }
    while end > start, isBlank(text[end - 1]) { end -= 1 }
    if start == end { throw .empty }
    if let number = plainNumber(text, start, end) { return number }
    let copy = String(decoding: (start..<end).map { text[$0] }, as: UTF8.self)
    return try readSlowly(copy)
  }

  /// The number that `text` is, white space around it aside.
  public func read(_ text: String) throws(NumberProblem) -> ExactNumber {
    let bytes = Array(text.utf8)
    return try read(bytes.span)
  }

  /// Digits with at most one decimal mark, digits on both sides of it, at most 18 in all.
  private func plainNumber(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> ExactNumber? {
    let mark = UInt8(ascii: format.decimalComma ? "," : ".")
    var (digits, places, sawMark) = (0, 0, false)
    guard end - start <= 19, isDigit(text[start]), isDigit(text[end - 1]) else { return nil }
    for i in start..<end {
      let byte = text[i]
      if isDigit(byte) {
        // 10¹⁷: the next digit still fits in 64 bits
        guard digits < 100_000_000_000_000_000 else { return nil }
        digits = digits * 10 + Int(byte &- UInt8(ascii: "0"))
        if sawMark { places += 1 }
      } else if byte == mark, !sawMark {
        sawMark = true
      } else {
        return nil
      }
    }
    return ExactNumber(digits, over: NumberReader.powersOfTen[places])
  }

  static let powersOfTen = (0...18).map { Int(tenToThe($0) ?? 1) }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
