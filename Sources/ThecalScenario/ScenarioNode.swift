import ThecalQuantities
import Yams

/// A node of a YAML document that knows where it stands and reads itself as what is wanted.
struct ScenarioNode {
  let node: Node
  let file: String
  let key: String
  /// What the table of its mapping says of it; nil where no table has handed it out.
  private(set) var kind: KeyKind?
  /// The line, where the node is a cell of a table.
  private var row: Int?

  /// The top of a document.
  init(yaml: String, file: String) throws(ScenarioError) {
    let yaml = yaml.hasPrefix("\u{FEFF}") ? String(yaml.unicodeScalars.dropFirst()) : yaml
    if let problem = YAMLBounds.problem(yaml) {
      throw ScenarioError(file: file, line: problem.line, key: "", message: problem.message)
    }
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw ScenarioError(file: file, line: nil, key: "", message: "the file is empty")
      }
      self.init(node: node, file: file, key: "")
    } catch let error as ScenarioError {
      throw error
    } catch {
      throw Self.translated(error, file: file)
    }
  }

  private init(node: Node, file: String, key: String, kind: KeyKind? = nil) {
    self.node = node
    self.file = file
    self.key = key
    self.kind = kind
  }

  /// The same, read by another row.
  func reading(as kind: KeyKind) -> ScenarioNode {
    var node = self
    node.kind = kind
    return node
  }

  /// The members of a mapping by `table`, or by the one that its own row names.
  func members(_ table: KeyTable? = nil) throws(ScenarioError) -> [String: ScenarioNode] {
    guard let table = table ?? kind?.table else { preconditionFailure("\(key) has no table") }
    let required = table.keys.filter(\.isRequired).map(\.name)
    var members = try members(known: table.names, required: required)
    for (name, node) in members { members[name] = table.kind(of: name).map(node.reading(as:)) }
    return members
  }

  /// Those of `table`'s keys of which one must stand that do stand, in the order of the table.
  func chosen(_ members: [String: ScenarioNode]) -> [String] {
    kind?.table?.exactlyOne.filter { members[$0] != nil } ?? []
  }

  /// What the YAML parser says, with its line.
  private static func translated(_ error: any Error, file: String) -> ScenarioError {
    switch error as? YamlError {
    case .parser(_, let problem, let mark, _), .scanner(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ScenarioError(file: file, line: mark.line, key: "", message: "this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      ScenarioError(
        file: file, line: context.mark.line, key: "",
        message: "twice the same key: \(duplicates.map(\.description).joined(separator: ", "))")
    default: ScenarioError(file: file, line: nil, key: "", message: "this is not YAML: \(error)")
    }
  }

  /// A cell of a table, in the column `key`, read by its row of a table of keys.
  init(cell text: String, file: String, line: Int, key: String, kind: KeyKind) {
    self.init(node: Node(text), file: file, key: key, kind: kind)
    row = line
  }

  var place: Place { Place(file: file, line: row ?? node.mark?.line, key: key) }

  func error(_ message: String) -> ScenarioError { place.error(message) }

  /// The members of a mapping whose keys are among `known`; `required` ones must be there.
  func members(known: [String], required: [String] = []) throws(ScenarioError) -> [String: ScenarioNode] {
    guard case .mapping(let mapping) = node else {
      throw error("expected keys (\(known.joined(separator: ", ")))")
    }
    var members: [String: ScenarioNode] = [:]
    for (keyNode, value) in mapping {
      let name = Self.name(of: keyNode)
      guard known.contains(name) else {
        let place = Place(file: file, line: keyNode.mark?.line, key: key.isEmpty ? name : "\(key).\(name)")
        throw place.error("unknown key; \(suggestion(for: name, among: known))")
      }
      members[name] = ScenarioNode(node: value, file: file, key: key.isEmpty ? name : "\(key).\(name)")
    }
    for name in required where members[name] == nil { throw error("the key '\(name)' is missing") }
    return members
  }

  /// A key as text, cut where no key would go on; empty for one that is no text.
  private static func name(of key: Node) -> String { String((key.string ?? "").prefix(longestKey)) }

  private static let longestKey = 200

  /// The members of a mapping with any keys, in their order.
  func pairs() throws(ScenarioError) -> [(key: String, value: ScenarioNode)] {
    guard case .mapping(let mapping) = node else { throw error("expected keys with values") }
    return mapping.map { keyNode, value in
      let name = Self.name(of: keyNode)
      return (
        name,
        ScenarioNode(
          node: value, file: file, key: key.isEmpty ? name : "\(key).\(name)",
          kind: kind?.table?.kind(of: name))
      )
    }
  }

  /// The unit in which a quantity is written.
  func unit<D>(_: D.Type) throws(ScenarioError) -> Quantity<D>.Unit {
    let _: Quantity<D> = try quantity()
    let text = try text()
    let symbol = text.drop { $0.isNumber || ".+-eE".contains($0) || $0.isWhitespace }
    guard let unit = Quantity<D>.unit(named: String(symbol)) else { throw error("'\(text)' has no unit") }
    return unit
  }

  /// The items of a list; a single value is a list of one.
  var items: [ScenarioNode] {
    guard case .sequence(let sequence) = node else { return [kind.flatMap(\.item).map(reading(as:)) ?? self] }
    return sequence.enumerated().map {
      ScenarioNode(node: $0.element, file: file, key: "\(key)[\($0.offset)]", kind: kind?.item)
    }
  }

  var isMapping: Bool { if case .mapping = node { true } else { false } }

  var isList: Bool { if case .sequence = node { true } else { false } }

  /// Bytes of a value: what is longer is no name, quantity or sentence.
  private static let longestText = 4_096

  /// A plain text.
  func text() throws(ScenarioError) -> String {
    guard case .scalar(let scalar) = node else { throw error("expected one value") }
    let text = scalar.string.trimmed
    guard !text.isEmpty else { throw error("there is no value") }
    guard text.utf8.count <= Self.longestText else { throw error("this value is too long") }
    return text
  }

  /// Whether nothing stands there.
  var isEmpty: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.string.trimmed.isEmpty || node.null != nil
  }

  /// A text of any length, such as a table.
  func longText() throws(ScenarioError) -> String {
    guard case .scalar(let scalar) = node else { throw error("expected one value, or a list") }
    return scalar.string.trimmed
  }

  /// A number with unit.
  func quantity<D>(_: D.Type = D.self) throws(ScenarioError) -> Quantity<D> {
    precondition(kind.map { $0.quantity(D.name) != nil } ?? true, "\(key) is no \(D.name) by its table")
    let text = try text()
    do {
      return try Quantity<D>(reading: text)
    } catch {
      throw self.error(error.explanation + "; for example \(D.example)")
    }
  }

  /// A quantity that must be above zero, or with `orZero` not below it.
  func positive<D>(_: D.Type = D.self, orZero: Bool = false) throws(ScenarioError) -> Quantity<D> {
    let floor = kind?.quantity(D.name)?.floor
    precondition(
      floor.map { $0 == (orZero ? .zero : .positive) } ?? true, "\(key) begins elsewhere by its table")
    let isBelow = try text().hasPrefix("-")
    guard !isBelow else { throw try outside(orZero) }
    let value: Quantity<D> = try quantity()
    guard value > .zero || orZero && value == .zero else { throw try outside(orZero) }
    if let time = value as? Time, time > Self.longestTime {
      throw try above("\(Int(Self.mostYears)) years")
    }
    return value
  }

  /// A quantity above zero and at most `most`, which errors call `words`.
  func positive<D>(atMost most: Quantity<D>, _ words: String) throws(ScenarioError) -> Quantity<D> {
    let value: Quantity<D> = try positive()
    guard value <= most else { throw try above(words) }
    return value
  }

  /// Years beyond which no age, no expectation of life and no course lies.
  static let mostYears = 150.0
  private static let longestTime = Time(ExactNumber(mostYears), .years)

  private func above(_ words: String) throws(ScenarioError) -> ScenarioError {
    error("must not be above \(words), as \(try text()) is")
  }

  private func outside(_ orZero: Bool) throws(ScenarioError) -> ScenarioError {
    error("must be \(orZero ? "zero or more" : "above zero"), not \(try text())")
  }

  /// A plain number, or a percentage, within the range of its row.
  func number() throws(ScenarioError) -> Double {
    guard let kind else { return try plainNumber() }
    for case .number(let range) in kind.choices { return try number(in: range) }
    preconditionFailure("\(key) is no number by its table")
  }

  private func plainNumber() throws(ScenarioError) -> Double {
    let text = try text()
    do {
      return try Quantity<RatioDimension>(reading: text).value(in: .one)
    } catch .missingUnit {
      guard let number = Double(text), number.isFinite else { throw error("'\(text)' is not a number") }
      return number
    } catch {
      let parts = text.split(separator: "/").map { String($0).trimmed }
      if parts.count == 2, parts.allSatisfy({ Double($0) != nil }) {
        throw self.error("'\(text)' is two numbers: write one; 5 out of 10 is the score 5")
      }
      throw self.error(error.explanation)
    }
  }

  /// A plain number within `range`.
  func number(in range: ClosedRange<Double>) throws(ScenarioError) -> Double {
    let value = try plainNumber()
    guard range.contains(value) else {
      let bounds = [range.lowerBound, range.upperBound].map(plainDecimal)
      throw error("must lie between \(bounds[0]) and \(bounds[1]), not \(try text())")
    }
    return value
  }

  /// A number within the range of its row, as it is written.
  func exactNumber() throws(ScenarioError) -> ExactNumber { ExactNumber(try number()) }

  /// A count within the range of its row.
  func count() throws(ScenarioError) -> Int {
    for case .count(let range) in kind?.choices ?? [] { return try count(in: range) }
    preconditionFailure("\(key) is no count by its table")
  }

  /// One of the words of its row.
  func word() throws(ScenarioError) -> String {
    for case .word(let known) in kind?.choices ?? [] { return try word(among: known) }
    preconditionFailure("\(key) is no word by its table")
  }

  /// A count within `range`.
  func count(in range: ClosedRange<Int>) throws(ScenarioError) -> Int {
    guard let value = Int(try text()), range.contains(value) else {
      throw error("must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(try text())")
    }
    return value
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
