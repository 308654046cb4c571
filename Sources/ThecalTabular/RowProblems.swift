/// What is wrong with the bytes of one row. Such a row is delivered with what could be read of it; the
/// rows around it are not touched.
package struct RowProblems: OptionSet, Hashable, Sendable {
  /// The flags as one byte.
  package let rawValue: UInt8

  /// The flags in `rawValue`.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A field is not UTF-8; as text its broken bytes read as U+FFFD.
  package static let invalidUTF8 = RowProblems(rawValue: 1)
  /// The file ends inside quotes, so this row has swallowed everything after the quote that opened.
  package static let unclosedQuote = RowProblems(rawValue: 2)
  /// A quoted field goes on after its closing quote; the rest of that line is skipped.
  package static let strayQuote = RowProblems(rawValue: 4)
  /// The row has more bytes or fields than `CSVLimits` admit; what did not fit is empty.
  package static let tooLong = RowProblems(rawValue: 8)
  /// The row holds a NUL byte, which no text has.
  package static let nulByte = RowProblems(rawValue: 16)

  /// What to tell the person who sent the file, in the order of the flags.
  package var messages: [String] {
    let wording: [(RowProblems, String)] = [
      (.invalidUTF8, "holds bytes that are not UTF-8: save the file as \"CSV UTF-8\""),
      (.unclosedQuote, "opens a quote that never closes: the rest of the file is inside it"),
      (.strayQuote, "goes on after a closing quote: a quote inside quotes is written twice"),
      (.tooLong, "is longer than a row may be"),
      (.nulByte, "holds a NUL byte"),
    ]
    return wording.filter { contains($0.0) }.map(\.1)
  }
}
