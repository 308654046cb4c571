/// A word, a number or a mark in a text.
struct TextToken: Sendable {
  enum Kind: UInt8, Sendable { case word, number, mark }
  var kind: Kind
  /// The word's place in the lexicon; −1 for a word that it does not have.
  var word: Int32 = -1
  /// Where it stands in the folded text.
  var start: Int
  var end: Int
  /// Whether a blank or the beginning of the text stands before it.
  var followsBlank: Bool
  /// The byte of a mark.
  var mark: UInt8 = 0
  /// The value of a number.
  var number = TextNumber()
}

/// A text cut into tokens: letters and digits part, `q.i.d.` is one word.
struct TokenizedText: Sendable {
  private(set) var text = FoldedText()
  private(set) var tokens: [TextToken] = []

  /// Cuts `source` in place of what was here, and looks up each word with `word`.
  mutating func read(_ source: borrowing Span<UInt8>, word: (borrowing Span<UInt8>, Int, Int) -> Int32) {
    text.read(source)
    tokens.removeAll(keepingCapacity: true)
    let folded = text.bytes
    let bytes = folded.span
    var (i, followsBlank) = (0, true)
    while i < bytes.count {
      let start = i
      var token = TextToken(kind: .mark, start: i, end: i, followsBlank: followsBlank)
      followsBlank = false
      if isLetter(bytes[i]) {
        token.kind = .word
        i = endOfWord(bytes, i)
        token.end = i
        i = behindPlural(bytes, i)
      } else if startsNumber(bytes, i) {
        token.kind = .number
        token.number = TextNumber.read(bytes, &i)
      } else if bytes[i] <= 32 || bytes[i] == UInt8(ascii: "'") {
        followsBlank = true
        i += 1
        continue
      } else {
        token.mark = bytes[i]
        i += 1
      }
      if token.kind != .word { token.end = i }
      if token.kind != .mark { token.word = word(bytes, start, token.end) }
      tokens.append(token)
    }
  }

  /// The text of the tokens in a range, as it was folded.
  func string(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    return String(
      decoding: text.bytes[tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end], as: UTF8.self)
  }

  /// The place behind `(s)`, which leaves open how many tablets a number counts, and so says nothing.
  private func behindPlural(_ bytes: borrowing Span<UInt8>, _ i: Int) -> Int {
    guard i + 2 < bytes.count, bytes[i] == UInt8(ascii: "("), bytes[i + 1] == UInt8(ascii: "s"),
      bytes[i + 2] == UInt8(ascii: ")")
    else { return i }
    return i + 3
  }

  private func startsNumber(_ bytes: borrowing Span<UInt8>, _ i: Int) -> Bool {
    if TextNumber.isDigit(bytes[i]) { return true }
    guard bytes[i] == UInt8(ascii: "."), i + 1 < bytes.count, TextNumber.isDigit(bytes[i + 1]) else {
      return false
    }
    return i == 0 || !(isLetter(bytes[i - 1]) || TextNumber.isDigit(bytes[i - 1]))
  }

  /// The end of the word that begins at `start`; single letters with points between them are one word.
  private func endOfWord(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
    var i = start
    while i < bytes.count,
      isLetter(bytes[i]) || (bytes[i] == UInt8(ascii: "'") && i + 1 < bytes.count && isLetter(bytes[i + 1]))
    {
      i += 1
    }
    // "bidx30": the x belongs to the number behind it.
    if i - start > 2, bytes[i - 1] == UInt8(ascii: "x"), i < bytes.count, TextNumber.isDigit(bytes[i]) {
      return i - 1
    }
    guard i - start == 1 else { return i }
    while i + 1 < bytes.count, bytes[i] == UInt8(ascii: "."), isLetter(bytes[i + 1]),
      i + 2 == bytes.count || !isLetter(bytes[i + 2])
    {
      i += 2
    }
    return i
  }
}

/// Whether `byte` is a letter of folded text.
func isLetter(_ byte: UInt8) -> Bool { byte &- 97 < 26 }
