/// What must stand in no text that a person reads.
enum Reading {
  /// Signs that something was to stand there and does not, or stands as a machine has it.
  private static var signs: [(what: String, pattern: Regex<Substring>)] {
    [
      ("empty brackets", #/\(\s*\)|\[\s*\]/#), ("a place that was not filled", #/\{\d?\}|\{\{|\}\}/#),
      ("a value of the program", #/\bnil\b|Optional\(|\bNaN\b|\bnan\b|\binf\b|NSNull/#),
      ("a range without its end", #/\bto(?=\s*[.,;)\]])|\(to\b/#),
      ("two marks in a row", #/[,;:] ?[,;.]|[^.]\.\.(?!\.)/#),
      ("a blank before a mark", #/[^\s:] [,;.](?=\s)/#), ("a blank at an end", #/[ \t]+(?=\n|$)/#),
      ("a trailing zero", #/(?:^|[^\w.])\d+\.\d*0(?= ?(?:mg|mcg|mL|h\b|%|days))/#),
      ("a naked point", #/(?:^|[\s(])\.\d/#), ("a sign that is misread", #/[µμ]|\d ?ug\b/#),
      ("a date that is none", #/\b\d{4}\d{2}\d{2}T|\b\d{1,2}[.\/]\d{1,2}[.\/]\d{4}\b|\d{4}-\d{2}-\d{2}T/#),
      ("an unrounded number", #/\d\.\d{9,}/#),
    ]
  }

  /// What is wrong with `text`, with the words around it.
  static func faults(_ text: String) -> [String] {
    signs.flatMap { sign in
      text.matches(of: sign.pattern).map { match in
        let from = text.index(match.startIndex, offsetBy: -30, limitedBy: text.startIndex) ?? text.startIndex
        let to = text.index(match.endIndex, offsetBy: 20, limitedBy: text.endIndex) ?? text.endIndex
        return "\(sign.what): …\(text[from..<to])…"
      }
    } + openLabels(text)
  }

  /// Lines that end in a colon and are followed by nothing that stands below them.
  private static func openLabels(_ text: String) -> [String] {
    func depth(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { lines[$0].hasSuffix(":") }.filter { place in
      place + 1 >= lines.count || depth(lines[place + 1]) <= depth(lines[place])
    }.map { "a label without a value: \(lines[$0])" }
  }

  /// Sentences of `text` that stand in it twice; what is shorter than a sentence may.
  static func repeated(_ text: String) -> [String] {
    var seen: Set<Substring> = []
    let sentences = text.replacing(". ", with: "\n").split(separator: "\n").map {
      $0.drop(while: \.isWhitespace)
    }
    return sentences.filter { $0.count > 30 && !seen.insert($0).inserted }.map(String.init)
  }
}
