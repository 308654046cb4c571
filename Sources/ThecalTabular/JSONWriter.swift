/// Builds JSON text, one value after another; a program that follows the grammar needs no model of it.
///
///     json.beginObject()
///     json.key("estimate"); json.number(0.4)
///     json.key("codes"); json.beginArray(); json.string("CROSS_TOLERANCE"); json.endArray()
///     json.endObject()
///     json.endLine()
///
/// Objects and arrays nest at most 63 deep. Commas are written as needed; that keys and values alternate
/// is the caller's part.
package struct JSONWriter: Sendable {
  /// The text so far; whoever passes it on calls `removeAll` on it, between lines.
  package var output: ByteWriter
  /// One bit per level: whether something already stands there, so that a comma comes first.
  private var hasElements: UInt64 = 0
  private var depth: UInt64 = 0
  private var followsKey = false

  /// A writer with room for `capacity` bytes.
  package init(capacity: Int = 0) { output = ByteWriter(capacity: capacity) }

  /// Opens an object.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Closes the innermost object.
  package mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Opens an array.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Closes the innermost array.
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Names the value that follows.
  package mutating func key(_ name: String) {
    string(name)
    output.append(UInt8(ascii: ":"))
    followsKey = true
  }

  /// Adds text.
  package mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { appendEscaped(Span(_unsafeElements: $0)) }
  }

  /// Adds text given as bytes; what is not UTF-8 in it becomes U+FFFD, as JSON must be UTF-8.
  package mutating func string(_ text: Span<UInt8>) {
    if (try? UTF8Span(validating: text)) != nil {
      appendEscaped(text)
    } else {
      text.withUnsafeBufferPointer { string(String(decoding: $0, as: UTF8.self)) }
    }
  }

  /// Adds a number in the shortest digits that read back, or `null` for one that is not finite, which
  /// JSON has no word for.
  package mutating func number(_ number: Double) {
    guard number.isFinite else { return null() }
    beginValue()
    output.append(number)
  }

  /// Adds a whole number.
  package mutating func number(_ number: Int) {
    beginValue()
    output.append(number)
  }

  /// Adds a number whose digits are already chosen and follow JSON's grammar.
  package mutating func number(verbatim digits: String) {
    beginValue()
    output.append(digits)
  }

  /// Adds `true` or `false`.
  package mutating func bool(_ value: Bool) {
    beginValue()
    output.append(value ? "true" : "false")
  }

  /// Adds `null`.
  package mutating func null() {
    beginValue()
    output.append("null")
  }

  /// Ends the line after a complete value; the next one stands on its own, as in JSON Lines.
  package mutating func endLine() {
    precondition(depth == 0, "\(depth) objects or arrays are still open")
    output.append(UInt8(ascii: "\n"))
    hasElements = 0
  }

  private mutating func open(_ bracket: UInt8) {
    precondition(depth < 63)
    beginValue()
    output.append(bracket)
    depth += 1
    hasElements &= ~(1 << depth)
  }

  private mutating func close(_ bracket: UInt8) {
    precondition(depth > 0 && !followsKey)
    output.append(bracket)
    depth -= 1
  }

  private mutating func beginValue() {
    if followsKey {
      followsKey = false
      return
    }
    if hasElements & (1 << depth) != 0 { output.append(UInt8(ascii: ",")) }
    hasElements |= 1 << depth
  }

  private mutating func appendEscaped(_ text: Span<UInt8>) {
    beginValue()
    output.append(UInt8(ascii: "\""))
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      output.append(text.extracting(start..<index))
      appendEscape(byte)
      start = index + 1
    }
    output.append(text.extracting(start...))
    output.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 9: output.append(#"\t"#)
    case 10: output.append(#"\n"#)
    case 13: output.append(#"\r"#)
    case UInt8(ascii: "\""): output.append(#"\""#)
    case UInt8(ascii: "\\"): output.append(#"\\"#)
    default:
      output.append(#"\u00"#)
      output.appendHex(byte)
    }
  }
}
