/// A JSON document, with the order of its members and the digits of its numbers as they were written.
///
/// The decoder of the standard library says of malformed text only that it is; a pharmacist needs the line.
package indirect enum JSONTree: Sendable {
  case object([(key: String, value: JSONTree)], bytes: Range<Int>)
  case array([JSONTree])
  case text(String)
  case number(String)
  case flag(Bool)
  case null

  /// The member `key` of an object; nil where there is none.
  package subscript(key: String) -> JSONTree? {
    guard case .object(let members, _) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text of a string.
  package var string: String? { if case .text(let text) = self { text } else { nil } }

  /// The digits of a number.
  package var digits: String? { if case .number(let digits) = self { digits } else { nil } }

  /// Whether this is `true`.
  package var isTrue: Bool { if case .flag(true) = self { true } else { false } }

  /// The elements of an array; a value that should be one and is not counts as its only element.
  package var elements: [JSONTree] {
    switch self {
    case .array(let elements): elements
    case .null: []
    default: [self]
    }
  }

  /// Where the object stands in the document's bytes; nil for what is no object.
  package var bytes: Range<Int>? { if case .object(_, let bytes) = self { bytes } else { nil } }
}

/// Malformed JSON: where it stops being JSON.
package struct JSONProblem: Error, Hashable {
  /// Line and column, counted from 1; columns count bytes.
  package let line: Int
  package let column: Int
}

/// Reads JSON by RFC 8259, without recursion deeper than a record of a clinic ever is.
package struct JSONScanner: ~Copyable {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0
  private static let deepest = 96

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The document that `bytes` are.
  package static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONTree {
    var scanner = JSONScanner(bytes)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { scanner.place = 3 }
    let tree = try scanner.value()
    scanner.skipBlanks()
    if scanner.place < bytes.count { throw scanner.problem }
    return tree
  }

  private var problem: JSONProblem {
    let before = bytes[..<min(place, bytes.count)]
    let line = before.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    let column = before.count - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
    return JSONProblem(line: line, column: column)
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSONProblem) { if !take(byte) { throw problem } }

  private mutating func word(_ word: StaticString) throws(JSONProblem) {
    for offset in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[offset]) }
  }

  private mutating func value() throws(JSONProblem) -> JSONTree {
    skipBlanks()
    guard place < bytes.count else { throw problem }
    switch bytes[place] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .flag(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .flag(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: return .number(try number())
    }
  }

  private mutating func object() throws(JSONProblem) -> JSONTree {
    let start = place
    place += 1
    depth += 1
    if depth > Self.deepest { throw problem }
    var members: [(key: String, value: JSONTree)] = []
    skipBlanks()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        let keyPlace = place
        let key = try string()
        if members.contains(where: { $0.key == key }) {  // two values for one key: which holds, nobody says
          place = keyPlace
          throw problem
        }
        skipBlanks()
        try expect(UInt8(ascii: ":"))
        members.append((key, try value()))
        skipBlanks()
      } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"))
    }
    depth -= 1
    return .object(members, bytes: start..<place)
  }

  private mutating func array() throws(JSONProblem) -> JSONTree {
    place += 1
    depth += 1
    if depth > Self.deepest { throw problem }
    var elements: [JSONTree] = []
    skipBlanks()
    if !take(UInt8(ascii: "]")) {
      repeat {
        elements.append(try value())
        skipBlanks()
      } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"))
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func number() throws(JSONProblem) -> String {
    let start = place
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func digits() throws(JSONProblem) {
    guard place < bytes.count, TextNumber.isDigit(bytes[place]) else { throw problem }
    while place < bytes.count, TextNumber.isDigit(bytes[place]) { place += 1 }
  }

  private mutating func string() throws(JSONProblem) -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while true {
      guard place < bytes.count, bytes[place] >= 32 else { throw problem }
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") { try escape(&text) } else { text.append(byte) }
    }
  }

  private mutating func escape(_ text: inout [UInt8]) throws(JSONProblem) {
    guard place < bytes.count else { throw problem }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): text += Array(try scalar().utf8)
    default:
      place -= 1
      throw problem
    }
  }

  /// `\u00e9`, or the two halves of a pair; half a pair is the replacement character.
  private mutating func scalar() throws(JSONProblem) -> String {
    let first = try hexadecimal()
    if first & 0xfc00 == 0xd800, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
      bytes[place + 1] == UInt8(ascii: "u")
    {
      place += 2
      let second = try hexadecimal()
      if second & 0xfc00 == 0xdc00,
        let scalar = Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + second & 0x3ff)
      {
        return String(scalar)
      }
      return "\u{FFFD}"
    }
    return Unicode.Scalar(first).map { String($0) } ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard place < bytes.count, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
        throw problem
      }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return value
  }
}
