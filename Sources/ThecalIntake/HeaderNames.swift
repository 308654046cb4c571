import ThecalFormulary

/// Names of columns in exports, by what the columns hold.
package struct HeaderNames: Sendable {
  private let columns: [String: String]
  /// Words that change nothing: `Ordered Dose Unit`, `Frequency Name`.
  private let neutral: Set<String>

  init(_ formulary: Formulary) {
    var columns: [String: String] = [:]
    var neutral: Set<String> = []
    for entry in formulary.productVocabulary.headers {
      if entry.column == "neutral" { neutral.formUnion(entry.words); continue }
      for word in entry.words { columns[Self.key(word)] = entry.column }
    }
    (self.columns, self.neutral) = (columns, neutral)
  }

  /// The column that a header names; nil where the name is not known.
  func column(_ header: String) -> String? {
    let key = Self.key(header)
    if key.isEmpty { return nil }
    if let column = columns[key] { return column }
    let words = Self.words(header)
    let left = words.filter { !neutral.contains($0) }
    let column = left.count == words.count ? nil : columns[left.joined()]
    // `Patient Name` is no `Patient`: who it is, the header itself must say.
    return column == "patient_id" ? nil : column
  }

  /// The words of a header, without what stands in brackets.
  private static func words(_ header: String) -> [String] {
    var (words, depth) = ([""], 0)
    var wasLower = false
    for character in header {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth = max(0, depth - 1)
      case _ where depth > 0: break
      case _ where !character.isLetter && !character.isNumber: words.append("")
      default:
        // `OrderedDose` is two words.
        if character.isUppercase && wasLower { words.append("") }
        words[words.count - 1] += character.lowercased()
      }
      wasLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }

  /// The header without what changes nothing: case, blanks, `_ - . # ?`, units in brackets.
  package static func key(_ header: String) -> String {
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
