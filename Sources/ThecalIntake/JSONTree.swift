import CThecalJSON

/// A JSON document, with the order of its members and the digits of its numbers as they were written.
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

  fileprivate init(at place: Int, in bytes: [UInt8]) {
    let before = bytes[..<place]
    line = before.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    column = before.count - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
  }
}

extension JSONTree {
  /// The document that `bytes` are, by RFC 8259 in UTF-8.
  ///
  /// Stricter than that in two ways: a key that stands twice in an object is an error, because nobody says which value holds, and so
  /// is a value more than 96 levels deep, which no record of a clinic is.
  package init(reading bytes: [UInt8]) throws(JSONProblem) {
    let builder = JSONBuilder()
    let failed = bytes.withUnsafeBytes { raw in
      let text = raw.assumingMemoryBound(to: CChar.self)
      guard let start = text.baseAddress else { return 0 }
      return thecal_json_read(
        start, text.count,
        { context, event, text, length, place in
          guard let context else { return false }
          return Unmanaged<JSONBuilder>.fromOpaque(context).takeUnretainedValue()
            .take(event, UnsafeRawBufferPointer(start: text, count: length), place)
        }, Unmanaged.passUnretained(builder).toOpaque())
    }
    guard failed < 0, let document = builder.document else {
      throw JSONProblem(at: max(failed, 0), in: bytes)
    }
    self = document
  }
}

/// Builds the tree from the events of the parser.
private final class JSONBuilder {
  private(set) var document: JSONTree?
  private var open: [Container] = []
  private static let deepest = 96

  /// An object or an array that has begun.
  private struct Container {
    let isObject: Bool
    let start: Int
    var key = ""
    var members: [(key: String, value: JSONTree)] = []
    var elements: [JSONTree] = []
  }

  /// Takes one event; false where the document is refused.
  func take(_ event: ThecalJSONEvent, _ text: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    switch event {
    case ThecalJSONEventObject, ThecalJSONEventArray:
      open.append(Container(isObject: event == ThecalJSONEventObject, start: place))
      return open.count <= Self.deepest
    case ThecalJSONEventKey:
      let key = String(decoding: text, as: UTF8.self)
      open[open.count - 1].key = key
      return !open[open.count - 1].members.contains { $0.key == key }
    case ThecalJSONEventObjectEnd:
      let ended = open.removeLast()
      add(.object(ended.members, bytes: ended.start..<place))
    case ThecalJSONEventArrayEnd: add(.array(open.removeLast().elements))
    case ThecalJSONEventText: add(.text(String(decoding: text, as: UTF8.self)))
    case ThecalJSONEventNumber: add(.number(String(decoding: text, as: UTF8.self)))
    case ThecalJSONEventTrue: add(.flag(true))
    case ThecalJSONEventFalse: add(.flag(false))
    default: add(.null)
    }
    return true
  }

  private func add(_ value: JSONTree) {
    guard let last = open.indices.last else {
      document = value
      return
    }
    if open[last].isObject {
      open[last].members.append((open[last].key, value))
    } else {
      open[last].elements.append(value)
    }
  }
}
