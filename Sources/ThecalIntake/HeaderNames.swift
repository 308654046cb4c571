import ThecalFormulary

/// Names of columns in exports, by what the columns hold.
struct HeaderNames: Sendable {
  private let columns: [String: String]

  init(_ formulary: Formulary) {
    var columns: [String: String] = [:]
    for entry in formulary.productVocabulary.headers {
      for word in entry.words { columns[Self.key(word)] = entry.column }
    }
    self.columns = columns
  }

  /// The column that a header names; nil where the name is not known.
  func column(_ header: String) -> String? { columns[Self.key(header)] }

  /// The header without what changes nothing: case, blanks, `_ - . # ?`, units in brackets.
  static func key(_ header: String) -> String {
    var key = ""
    var depth = 0
    for character in header.lowercased() {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth = max(0, depth - 1)
      case " ", "_", "-", ".", "#", "?", "\u{FEFF}", ":", "*", "/": break
      default: if depth == 0 { key.append(character) }
      }
    }
    return key
  }
}
