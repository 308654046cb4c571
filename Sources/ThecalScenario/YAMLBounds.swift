/// Bounds on a YAML document that hold before it is parsed: what a few lines may unfold to, and how deep.
///
/// The parser copies what an alias stands for and compares whole trees when they are keys, so that ten lines can keep it
/// busy for ever; and it goes down into lists by recursion. What people write needs neither.
struct YAMLBounds {
  /// Aliases that a document may have: too few to grow.
  private static let mostAliases = 8
  /// Levels of brackets.
  private static let mostBrackets = 64
  /// Levels of blocks on one line, each a blank or a dash.
  private static let deepestLine = 256

  /// What is wrong with `text`, and on which line; nil where nothing is.
  static func problem(_ text: String) -> (line: Int, message: String)? {
    var (line, aliases, anchors, depth) = (1, 0, 0, 0)
    var (indent, isIndent) = (0, true)
    // The byte before, and whether a sign there is the first of a word.
    var (previous, isFirst) = (UInt8(ascii: "\n"), false)
    for byte in text.utf8 {
      if isFirst && !Self.blanks.contains(byte) {
        // Wherever they stand, also in quotes: telling those apart would take the parser itself.
        if previous == UInt8(ascii: "*") { aliases += 1 }
        if previous == UInt8(ascii: "&") { anchors += 1 }
      }
      if byte == UInt8(ascii: "\n") {
        line += 1
        (indent, isIndent) = (0, true)
      } else if isIndent {
        indent += 1
        isIndent = Self.indents.contains(byte)
        if indent > deepestLine { return (line, "this line begins too deep") }
      }
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
      if depth > mostBrackets { return (line, "brackets are nested too deep") }
      (previous, isFirst) = (byte, Self.beforeWords.contains(previous))
    }
    return aliases > mostAliases && anchors > 0
      ? (line, "there are more than \(mostAliases) aliases (*name): write the values out") : nil
  }

  private static let blanks = Set(" \t\r\n".utf8)
  private static let indents = Set(" \t-?".utf8)
  private static let beforeWords = Set(" \t\r\n[{,:?-".utf8)
}
