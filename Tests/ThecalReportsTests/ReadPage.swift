/// An element of a page with what stands in it.
final class PageElement {
  let name: String
  let attributes: String
  private(set) var children: [PageElement] = []
  private var pieces: [() -> String] = []

  init(_ name: String, _ attributes: String = "") { (self.name, self.attributes) = (name, attributes) }

  func add(_ text: String) { pieces.append { text } }

  func add(_ child: PageElement) {
    children.append(child)
    let isInline = ["b", "span"].contains(child.name)
    pieces.append { isInline ? child.raw : " \(child.raw) " }
  }

  private var raw: String { pieces.map { $0() }.joined() + (name == "br" ? "\n" : "") }

  /// What a reader sees of it, blanks folded.
  var text: String { raw.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// Every element of one of `names` below it, in the order of the page.
  func all(_ names: String...) -> [PageElement] {
    children.flatMap { child in (names.contains(child.name) ? [child] : []) + child.below(names) }
  }

  private func below(_ names: [String]) -> [PageElement] {
    children.flatMap { child in (names.contains(child.name) ? [child] : []) + child.below(names) }
  }
}

/// A page as a strict reader takes it: every element is closed in its order, every entity is known, and nothing of a
/// template is left.
struct ReadPage {
  let root = PageElement("page")
  /// What is wrong with it as a page.
  private(set) var faults: [String] = []

  private static let void: Set<String> = ["meta", "br", "img", "hr", "link", "input"]
  private static let entities = [
    "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#x27": "'", "nbsp": "\u{A0}", "amp": "&",
  ]

  /// Reads `html`, which holds the name `name` as it was entered.
  init(_ html: String, naming name: String = "") {
    var open = [root]
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      let words = String(rest[..<start])
      open[open.count - 1].add(decoded(words))
      guard let end = rest[start...].firstIndex(of: ">") else {
        faults.append("a tag without its end")
        break
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        if open.count > 1, open[open.count - 1].name == tag.dropFirst() {
          open.removeLast()
        } else {
          faults.append("<\(tag)> closes \(open[open.count - 1].name)")
        }
        continue
      }
      let name = String(tag.prefix { $0.isLetter || $0.isNumber })
      if name == "svg" {
        // A picture is read by nobody here, but it has an end.
        guard let end = rest.firstRange(of: "</svg>") else {
          faults.append("a picture without its end")
          break
        }
        rest = rest[end.upperBound...]
        continue
      }
      let element = PageElement(name, String(tag.dropFirst(name.count)))
      open[open.count - 1].add(element)
      if !Self.void.contains(name) { open.append(element) }
    }
    if open.count > 1 { faults.append("\(open[open.count - 1].name) is not closed") }
    for left in ["{{", "}}"] where html.contains(left) && !name.contains(left) {
      faults.append("the template's \(left) is left")
    }
    for element in root.all("p", "li", "h1", "h2", "ul", "title") where element.text.isEmpty {
      faults.append("an empty \(element.name)")
    }
    faults += root.all("script", "link", "img", "iframe", "object", "form").map { "it has a \($0.name)" }
    for element in everything
    where element.attributes.contains(" on") || element.attributes.contains("style=") {
      faults.append("\(element.name) has\(element.attributes)")
    }
  }

  private var everything: [PageElement] {
    func below(_ element: PageElement) -> [PageElement] { element.children.flatMap { [$0] + below($0) } }
    return below(root)
  }

  private mutating func decoded(_ text: String) -> String {
    var pieces = text.split(separator: "&", omittingEmptySubsequences: false).map(String.init)
    for place in pieces.indices.dropFirst() {
      let name = String(pieces[place].prefix { $0 != ";" })
      guard let sign = Self.entities[name] else {
        faults.append("the entity &\(name.prefix(12));")
        continue
      }
      pieces[place] = sign + pieces[place].dropFirst(name.count + 1)
    }
    return pieces.joined()
  }

  /// What a reader sees of the body.
  var text: String { root.all("body").map(\.text).joined(separator: " ") }

  /// The headings in their order.
  var headings: [String] { root.all("h1", "h2").map(\.text) }

  /// The rows of every table, each as the texts of its own cells.
  var rows: [[String]] {
    root.all("tr").map { $0.children.filter { ["td", "th"].contains($0.name) }.map(\.text) }
  }

  /// What stands beside `label` in the first row that begins with it.
  subscript(label: String) -> String? { rows.first { $0.first == label && $0.count > 1 }?[1] }

  /// The rows under the heading row that begins with `columns`.
  func table(_ columns: String...) -> [[String]] {
    guard let start = rows.firstIndex(where: { Array($0.prefix(columns.count)) == columns }) else {
      return []
    }
    let width = rows[start].count
    return Array(rows[(start + 1)...].prefix { $0.count == width })
  }
}
