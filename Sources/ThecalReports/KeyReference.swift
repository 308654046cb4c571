import ThecalResponse
import ThecalQuantities
import ThecalScenario

/// The reference page of every key of every file that a user writes, made from the tables by which the files are read.
struct KeyReference {
  /// The page in Markdown.
  var page: String {
    var pages = [
      """
      # Keys of the YAML files

      Every key of every file that `thecal` reads, what may stand there and what it means. This page is written by
      `thecal schema --page`, and the JSON Schemas by `thecal schema KIND`, from the tables by which the files are read.

      A list may be one value alone. `yes` and `no` may be `true` and `false`. A quantity is a number and a unit; no time is
      longer than 150 years. A file from a stranger names files in its own folder alone.
      """
    ]
    var done: Set<String> = []
    for file in ScenarioFile.allCases {
      pages.append("## thecal \(file.rawValue)\n\n" + table(file.keys))
      var waiting = Self.inner(file.keys)
      while !waiting.isEmpty {
        let next = waiting.removeFirst()
        guard done.insert(next.name).inserted else { continue }
        pages.append("### \(Self.title(next.name))\n\n" + table(next))
        waiting = Self.inner(next) + waiting
      }
    }
    return pages.joined(separator: "\n\n") + "\n"
  }

  private func table(_ table: KeyTable) -> String {
    var lines = [table.meaning + ".", ""]
    if !table.exactlyOne.isEmpty {
      lines += ["Exactly one of \(table.exactlyOne.map { "`\($0)`" }.joined(separator: ", ")).", ""]
    }
    lines += ["| key | value | meaning |", "|---|---|---|"]
    for key in table.keys {
      lines.append(
        "| `\(key.name)`\(key.isRequired ? " (needed)" : "") | \(Self.words(key.kind)) | \(key.meaning). |")
    }
    if let open = table.open {
      lines.append(
        "| \(open.example.isEmpty ? "" : "`\(open.example)`") | \(Self.words(open.kind)) | \(open.meaning). |"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// The tables below a table, in the order of its keys.
  private static func inner(_ table: KeyTable) -> [KeyTable] {
    (table.keys.map(\.kind) + (table.open.map { [$0.kind] } ?? [])).flatMap(tables)
  }

  private static func tables(_ kind: KeyKind) -> [KeyTable] {
    switch kind {
    case .object(let table): [table]
    case .list(let item): tables(item)
    case .any(let kinds): kinds.flatMap(tables)
    default: []
    }
  }

  private static func title(_ name: String) -> String { name.replacingUnderscores }

  private static func words(_ kind: KeyKind) -> String {
    switch kind {
    case .quantity(let quantity):
      let range = quantity.range.map { ", from \($0)" } ?? ""
      let floor =
        switch quantity.floor {
        case .any: ""
        case .zero: quantity.range == nil ? ", from 0" : ""
        case .positive: quantity.range == nil ? ", above 0" : ""
        }
      return "\(quantity.name): \(quantity.unitList)\(range)\(floor)"
    case .number(let range):
      return range.upperBound < .greatestFiniteMagnitude
        ? "number from \(plain(range.lowerBound)) to \(plain(range.upperBound)), or %" : "number, or %"
    case .count(let range):
      return range.upperBound < .max
        ? "whole number from \(range.lowerBound) to \(range.upperBound)"
        : "whole number from \(range.lowerBound)"
    case .word(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
    case .text(let example): return "text: `\(example)`"
    case .yesOrNo: return "`yes`, `no`"
    case .site: return "a site: `L3`, `dermatome T10`, `45 cm`"
    case .object(let table): return "keys: [\(title(table.name))](#\(table.name.replacing("_", with: "-")))"
    case .list(let item): return "list of: \(words(item))"
    case .any(let kinds): return kinds.map(words).joined(separator: "; or ")
    }
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
