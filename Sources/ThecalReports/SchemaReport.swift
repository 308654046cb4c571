public import ThecalScenario
import ThecalTabular

/// What may stand in a file that a user writes, as a JSON Schema: made from the table by which the file is read.
public struct SchemaReport: Sendable {
  private let file: ScenarioFile

  /// The schema of one kind of file.
  public init(_ file: ScenarioFile) { self.file = file }

  /// The reference page of every key of every file, in Markdown.
  public static var page: String { KeyReference().page }

  /// The schema as one JSON object, draft 2020-12.
  public var json: String {
    var writer = SchemaWriter()
    return writer.document(file.keys, name: file.rawValue)
  }
}

/// Writes tables of keys as JSON Schema; every table and every quantity once, under `$defs`.
private struct SchemaWriter {
  private var json = JSONWriter()
  private var tables: [KeyTable] = []
  private var quantities: [QuantityKind] = []

  mutating func document(_ table: KeyTable, name: String) -> String {
    json.beginObject()
    text("$schema", "https://json-schema.org/draft/2020-12/schema")
    text("title", "thecal \(name)")
    body(table)
    json.key("$defs")
    json.beginObject()
    var (written, next) = (0, 0)
    while written < tables.count || next < quantities.count {
      if written < tables.count {
        let table = tables[written]
        written += 1
        json.key(table.name)
        json.beginObject()
        body(table)
        json.endObject()
      } else {
        let quantity = quantities[next]
        next += 1
        json.key(Self.name(of: quantity))
        write(quantity)
      }
    }
    json.endObject()
    json.endObject()
    return String(decoding: json.output.bytes, as: UTF8.self)
  }

  private mutating func body(_ table: KeyTable) {
    text("type", "object")
    text("description", table.meaning + ".")
    json.key("properties")
    json.beginObject()
    for key in table.keys {
      json.key(key.name)
      write(key.kind, meaning: key.meaning)
    }
    json.endObject()
    if let open = table.open {
      json.key("patternProperties")
      json.beginObject()
      json.key(open.pattern)
      write(open.kind, meaning: open.meaning)
      json.endObject()
    }
    json.key("additionalProperties")
    json.bool(false)
    let required = table.keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { names("required", required) }
    if !table.exactlyOne.isEmpty {
      json.key("oneOf")
      json.beginArray()
      for name in table.exactlyOne {
        json.beginObject()
        names("required", [name])
        json.endObject()
      }
      json.endArray()
    }
  }

  private mutating func write(_ kind: KeyKind, meaning: String? = nil) {
    json.beginObject()
    if let meaning { text("description", meaning + ".") }
    switch kind {
    case .quantity(let quantity):
      reference(Self.name(of: quantity))
      if let range = quantity.range { text("$comment", "from \(range)") }
      if !quantities.contains(where: { Self.name(of: $0) == Self.name(of: quantity) }) {
        quantities.append(quantity)
      }
    case .number(let range): number(range)
    case .count(let range):
      text("type", "integer")
      bounds(Double(range.lowerBound), Double(range.upperBound))
    case .word(let words): self.words(words)
    case .text(let example):
      text("type", "string")
      json.key("minLength")
      json.number(1)
      names("examples", [example])
    case .yesOrNo:
      json.key("anyOf")
      json.beginArray()
      json.beginObject()
      text("type", "boolean")
      json.endObject()
      json.beginObject()
      self.words(["yes", "no", "true", "false"])
      json.endObject()
      json.endArray()
    case .site:
      text("type", "string")
      text("pattern", #"^\s*[^\s].*$"#)
      names("examples", ["L3", "dermatome T10", "45 cm", "tip", "cranial", "plasma"])
    case .object(let table):
      reference(table.name)
      if !tables.contains(where: { $0.name == table.name }) { tables.append(table) }
    case .list(let item): list(item)
    case .any(let kinds): choice(kinds)
    }
    json.endObject()
  }

  /// A plain number, or a text with a percentage or the number in it.
  private mutating func number(_ range: ClosedRange<Double>) {
    json.key("anyOf")
    json.beginArray()
    json.beginObject()
    text("type", "number")
    if range.upperBound < .greatestFiniteMagnitude { bounds(range.lowerBound, range.upperBound) }
    json.endObject()
    json.beginObject()
    text("type", "string")
    text("pattern", Self.digits + #"\s*%?\s*$"#)
    json.endObject()
    json.endArray()
  }

  private mutating func list(_ item: KeyKind) {
    json.key("anyOf")
    json.beginArray()
    json.beginObject()
    text("type", "array")
    json.key("items")
    write(item)
    json.endObject()
    write(item)
    json.endArray()
  }

  private mutating func choice(_ kinds: [KeyKind]) {
    json.key("anyOf")
    json.beginArray()
    for kind in kinds { write(kind) }
    json.endArray()
  }

  /// Words in any case.
  private mutating func words(_ words: [String]) {
    text("type", "string")
    text("pattern", #"^\s*("# + words.map(Self.inAnyCase).joined(separator: "|") + #")\s*$"#)
    names("examples", words)
  }

  private mutating func write(_ quantity: QuantityKind) {
    json.beginObject()
    text("type", "string")
    text("description", "\(quantity.name): a number and one of \(quantity.unitList)")
    let sign = quantity.floor == .any ? "[-+]?" : #"\+?"#
    let units = quantity.units.flatMap { $0 }.filter { !$0.isEmpty }.map(Self.inAnyCase)
    text("pattern", #"^\s*"# + sign + Self.plain + #"\s*("# + units.joined(separator: "|") + #")\s*$"#)
    names("examples", [quantity.example])
    json.endObject()
  }

  private static let plain = #"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?"#
  private static let digits = #"^\s*[-+]?"# + plain

  /// A spelling as a pattern that any case fits, with every sign for micro.
  private static func inAnyCase(_ word: String) -> String {
    var (pattern, rest) = ("", word[...])
    for prefix in ["mcg", "mcL", "ug", "ul"] where word.hasPrefix(prefix) {
      pattern = "([mM][cC]|[uU]|µ|μ)" + inAnyCase(String(prefix.suffix(1)))
      rest = word.dropFirst(prefix.count)
    }
    for character in rest {
      if character.isLetter, character.isASCII {
        pattern += "[\(character.lowercased())\(character.uppercased())]"
      } else if character == " " {
        pattern += " "
      } else {
        pattern +=
          character.isLetter || character.isNumber || character == "/" ? "\(character)" : "\\\(character)"
      }
    }
    return pattern
  }

  private static func name(of quantity: QuantityKind) -> String {
    let sign =
      switch quantity.floor {
      case .any: ""
      case .zero: "_from_zero"
      case .positive: "_above_zero"
      }
    return "\(String(quantity.name.map { $0 == " " ? "_" : $0 }))_of_\(quantity.units.count)\(sign)"
  }

  private mutating func reference(_ name: String) { text("$ref", "#/$defs/\(name)") }

  private mutating func bounds(_ low: Double, _ high: Double) {
    json.key("minimum")
    json.number(low)
    json.key("maximum")
    json.number(high)
  }

  private mutating func text(_ key: String, _ value: String) {
    json.key(key)
    json.string(value)
  }

  private mutating func names(_ key: String, _ values: [String]) {
    json.key(key)
    json.beginArray()
    for value in values { json.string(value) }
    json.endArray()
  }
}

extension QuantityKind {
  /// Its units, as people write them.
  var unitList: String { units.compactMap(\.first).filter { !$0.isEmpty }.joined(separator: ", ") }
}
