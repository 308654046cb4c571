/// What a spreadsheet or a data frame leaves where an id was.
///
/// Two patients whose ids are lost look like one, and their medicines would be added up. `NA` alone is an id: it is the
/// initials of somebody, and the code of a country.
package struct SpoiledIdentifier: Sendable {
  private var known = InternTable<Bool>()

  /// A watch that has met no id yet.
  package init() {}

  /// Whether `bytes`, without what is invisible at their ends, are no id any more.
  package mutating func isSpoiled(_ bytes: borrowing Span<UInt8>) -> Bool {
    guard bytes.count > 0, bytes.count <= Self.longest else { return false }
    // Ids differ from row to row, and spoiled ones do not: only texts that may be one are looked at.
    switch bytes[0] {
    case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: "<"), UInt8(ascii: "N"),
      UInt8(ascii: "n"), 0x80...0xFF:
      return known.value(for: bytes, make: Self.isMark)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return Self.isExponential(bytes)
    default: return false
    }
  }

  /// What is wrong with the id in `range`.
  package mutating func faults(of range: Range<Int>, in batch: borrowing RowBatch) -> IdentifierFaults {
    IdentifierFaults(
      isSpoiled: isSpoiled(batch.bytes.span.extracting(range)), hidesMark: batch.hidesMark(range))
  }

  /// What is wrong with the id `text`.
  package mutating func faults(of text: String) -> IdentifierFaults {
    IdentifierFaults(isSpoiled: isSpoiled(text.utf8.span), hidesMark: text.hidesMark)
  }

  private static let longest = 24

  private static let marks: Set<String> = [
    "n/a", "nan", "null", "nil", "nat", "<na>", "#n/a", "#ref!", "#value!", "#name?", "#div/0!",
    "#num!",
    "#null!", "#spill!", "#calc!", "#field!", "#n/v", "#nv", "#wert!", "#bezug!", "#zahl!", "#valor!",
    "#valeur!",
  ]

  private static func isMark(_ text: String) -> Bool {
    // A data frame in Python leaves `None`; a person may write none and mean the one without something.
    text == "None" || marks.contains(text.lowercased()) || text.allSatisfy { "#-–—?".contains($0) }
  }

  /// `1.67683E+15`: a long number of which a spreadsheet has kept the first digits.
  private static func isExponential(_ bytes: borrowing Span<UInt8>) -> Bool {
    var (index, marks) = (1, 0)
    while index < bytes.count, isDigit(bytes[index]) || bytes[index] == 0x2E || bytes[index] == 0x2C {
      if !isDigit(bytes[index]) { marks += 1 }
      index += 1
    }
    guard marks <= 1, index + 2 < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e"),
      bytes[index + 1] == 0x2B
    else {
      return false
    }
    for place in index + 2..<bytes.count where !isDigit(bytes[place]) { return false }
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

/// What can be wrong with an id by itself.
package struct IdentifierFaults: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  fileprivate init(isSpoiled: Bool, hidesMark: Bool) {
    rawValue = (isSpoiled ? 1 : 0) | (hidesMark ? 2 : 0)
  }

  /// A spreadsheet or a data frame has left something else in its place.
  package static let spoiled = IdentifierFaults(rawValue: 1)
  /// It holds a character that leaves no mark, so that two ids look the same and are not.
  package static let hiddenMark = IdentifierFaults(rawValue: 2)
}
