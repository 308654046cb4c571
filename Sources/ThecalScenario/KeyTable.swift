import ThecalQuantities

/// The keys of one kind of mapping in a file. What readers accept, what a JSON Schema says and what the reference page
/// shows is made from this one table: a node that a table has handed out reads itself as its row says, or stops.
package struct KeyTable: Sendable {
  /// A name of its own among all tables: `simulate`, `parameters`.
  package let name: String
  /// What the mapping is.
  package let meaning: String
  /// Its keys, in the order in which people write them.
  package let keys: [Key]
  /// Keys of which exactly one stands.
  package let exactlyOne: [String]
  /// What may stand under keys that are not listed, by the form of the key.
  package let open: Open?

  /// A table of these keys.
  package init(
    _ name: String, _ meaning: String, _ keys: [Key], exactlyOne: [String] = [], open: Open? = nil
  ) {
    precondition(Set(keys.map(\.name)).count == keys.count, "\(name) names a key twice")
    self.name = name
    self.meaning = meaning
    self.keys = keys
    self.exactlyOne = exactlyOne
    self.open = open
  }

  /// One key.
  package struct Key: Sendable {
    /// As it is written.
    package let name: String
    /// What stands there.
    package let kind: KeyKind
    /// What it means.
    package let meaning: String
    /// Whether it must be there.
    package let isRequired: Bool

    /// A key.
    package init(_ name: String, _ kind: KeyKind, _ meaning: String, required: Bool = false) {
      self.name = name
      self.kind = kind
      self.meaning = meaning
      isRequired = required
    }
  }

  /// Keys that are known by their form.
  package struct Open: Sendable {
    /// The form as a regular expression that JSON Schemas and people read.
    package let pattern: String
    /// The form for people: `program[K].rate`.
    package let example: String
    /// What stands there.
    package let kind: KeyKind
    /// What it means.
    package let meaning: String
  }

  /// The names of the keys.
  package var names: [String] { keys.map(\.name) }

  /// What stands under `name`; nil where it is no key of this table.
  func kind(of name: String) -> KeyKind? { keys.first { $0.name == name }?.kind ?? open?.kind }

  /// The keys of two tables in one mapping; where both know a key, the first says what stands there.
  func joined(_ other: KeyTable, name: String, meaning: String, required: [String]) -> KeyTable {
    let more = other.keys.filter { kind(of: $0.name) == nil }
    return KeyTable(
      name, meaning,
      (keys + more).map { Key($0.name, $0.kind, $0.meaning, required: required.contains($0.name)) })
  }
}

/// What stands under a key.
package indirect enum KeyKind: Sendable {
  /// A number with a unit.
  case quantity(QuantityKind)
  /// A plain number or a percentage, within a range.
  case number(ClosedRange<Double>)
  /// A whole number within a range.
  case count(ClosedRange<Int>)
  /// One of a few words.
  case word([String])
  /// Text; the example shows which.
  case text(example: String)
  /// Yes or no.
  case yesOrNo
  /// A place along the CSF space.
  case site
  /// Keys of its own.
  case object(KeyTable)
  /// A list; one value alone counts as a list of one.
  case list(KeyKind)
  /// One of several.
  case any([KeyKind])

  /// The kinds that may stand there, one by one.
  package var choices: [KeyKind] {
    if case .any(let kinds) = self { kinds.flatMap(\.choices) } else { [self] }
  }

  /// What an item of a list is; a value alone stands for itself.
  var item: KeyKind? {
    for case .list(let kind) in choices { return kind }
    return self
  }

  /// The table of a mapping that may stand there.
  var table: KeyTable? {
    for case .object(let table) in choices { return table }
    return nil
  }

  /// The quantity of a dimension that may stand there; a site may be a distance.
  func quantity(_ name: String) -> QuantityKind? {
    for choice in choices {
      switch choice {
      case .quantity(let kind) where kind.name == name: return kind
      case .site where name == LengthDimension.name: return QuantityKind(LengthDimension.self, .zero)
      default: continue
      }
    }
    return nil
  }

  /// A quantity above zero.
  static func above<D>(_: Quantity<D>.Type) -> KeyKind { .quantity(QuantityKind(D.self, .positive)) }

  /// A quantity that is not below zero.
  static func fromZero<D>(_: Quantity<D>.Type) -> KeyKind { .quantity(QuantityKind(D.self, .zero)) }
}

/// A number with a unit.
package struct QuantityKind: Sendable {
  /// From where on values are read.
  package enum Floor: Sendable { case any, zero, positive }

  /// What it measures.
  package let name: String
  /// The units, each with the spellings that are read, the usual one first.
  package let units: [[String]]
  /// A quantity as a user would write it.
  package let example: String
  /// From where on values are read.
  package let floor: Floor
  /// The least and the largest value, with their unit; nil where there are none.
  package let range: String?

  init<D: Dimension>(_: D.Type, _ floor: Floor, range: String? = nil) {
    name = D.name
    units = D.units.map { [$0.symbol] + $0.aliases }
    example = D.example
    self.floor = floor
    self.range = range
  }

  /// A number with one of a few words that are no unit of the engine.
  init(name: String, units: [[String]], example: String, floor: Floor = .zero) {
    (self.name, self.units, self.example, self.floor, range) = (name, units, example, floor, nil)
  }
}
