@testable import ThecalReports

/// A script for gnuplot, taken apart: the commands, and the data of every curve.
struct ReadScript {
  /// A curve: how it is drawn, and its rows; image data keep their blocks together.
  struct Curve {
    let command: String
    let rows: [[Double]]

    /// The title that the key shows; nil without one.
    var title: String? {
      guard let start = command.firstRange(of: " title '") else { return nil }
      return String(command[start.upperBound...].prefix { $0 != "'" })
    }
  }

  /// Lines that are not data.
  let commands: [String]
  let curves: [Curve]
  /// What gnuplot would trip over.
  let faults: [String]

  init(_ script: GnuplotScript) {
    var (commands, curves, faults): ([String], [Curve], [String]) = ([], [], [])
    var waiting: [String] = []
    var rows: [[Double]] = []
    let text = script.text.replacing("\\\n", with: "")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      guard waiting.isEmpty else {
        if line == "e" {
          curves.append(Curve(command: waiting.removeFirst(), rows: rows))
          rows = []
        } else if !line.isEmpty {
          let cells = line.split(separator: " ").map { Double($0) }
          if cells.contains(nil) { faults.append("'\(line)' is no data") }
          rows.append(cells.compactMap(\.self))
        }
        continue
      }
      commands.append(line)
      if line.hasPrefix("plot ") { waiting = Self.sources(line) }
    }
    if !waiting.isEmpty { faults.append("\(waiting.count) curves have no data") }
    for command in commands where command.filter({ $0 == "'" }).count % 2 == 1 {
      faults.append("a quote is open: \(command)")
    }
    faults += curves.filter(\.rows.isEmpty).map { "no rows for \($0.command)" }
    (self.commands, self.curves, self.faults) = (commands, curves, faults)
  }

  /// The curves that a plot command asks for; a comma inside quotes or parentheses separates none.
  private static func sources(_ line: String) -> [String] {
    var (parts, part, isQuoted, depth) = ([String](), "", false, 0)
    for character in line.dropFirst(5) {
      if character == "'" { isQuoted.toggle() }
      if !isQuoted { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
      if character == ",", !isQuoted, depth == 0 {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    return (parts + [part]).map { String($0.drop(while: \.isWhitespace)) }
  }

  /// The curve that the key calls `title`.
  func curve(_ title: String) -> Curve? { curves.first { $0.title == title } }

  /// What the commands set `name` to, first to last.
  func settings(_ name: String) -> [String] {
    commands.flatMap { $0.split(separator: ";") }.compactMap { part in
      let words = part.drop(while: \.isWhitespace)
      return words.hasPrefix("set \(name) ") ? String(words.dropFirst(name.count + 5)) : nil
    }
  }
}
