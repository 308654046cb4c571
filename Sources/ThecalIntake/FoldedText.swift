/// Text with one spelling for what looks or reads alike: lower case, no accents, one dash, one blank.
struct FoldedText: Sendable {
  /// The bytes, ASCII alone; what has no counterpart there is a blank or `~`.
  private(set) var bytes: [UInt8] = []

  /// Takes `text`, which is UTF-8, in place of what was here.
  mutating func read(_ text: borrowing Span<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    var i = 0
    while i < text.count {
      let byte = text[i]
      if byte < 0x80 {
        let isUpper = byte &- 65 < 26
        bytes.append(isUpper ? byte | 0x20 : byte)
        i += 1
      } else {
        i += foldWide(text, i)
      }
    }
  }

  /// Takes one character outside ASCII, and says how many bytes it has.
  private mutating func foldWide(_ text: borrowing Span<UInt8>, _ start: Int) -> Int {
    var end = start + 1
    var scalar = UInt32(text[start])
    let length = scalar >= 0xf0 ? 4 : scalar >= 0xe0 ? 3 : 2
    scalar &= length == 4 ? 0x07 : length == 3 ? 0x0f : 0x1f
    while end < text.count, end - start < length, text[end] & 0xc0 == 0x80 {
      scalar = scalar << 6 | UInt32(text[end] & 0x3f)
      end += 1
    }
    append(scalar)
    return end - start
  }

  private mutating func append(_ scalar: UInt32) {
    switch scalar {
    case 0xb5, 0x3bc: bytes.append(UInt8(ascii: "u"))
    case 0xbd: append(" 1/2 ")
    case 0xbc: append(" 1/4 ")
    case 0xbe: append(" 3/4 ")
    case 0xd7: bytes.append(UInt8(ascii: "x"))
    case 0xdf: append("ss")
    case 0xc0...0xff: bytes.append(latin[Int(scalar - 0xc0)])
    case 0x153, 0x152: append("oe")
    case 0x2010...0x2015, 0x2212: bytes.append(UInt8(ascii: "-"))
    case 0x2019, 0x2018: bytes.append(UInt8(ascii: "'"))
    case 0xb1: bytes.append(UInt8(ascii: "~"))
    case 0xae, 0x2122, 0xad, 0x200b...0x200d, 0xfeff: break
    case 0x80...0xbf, 0x2000...0x200a, 0x2022, 0x2026, 0x202f, 0x2028, 0x2029, 0x2043, 0x205f, 0x25cf, 0x3000:
      bytes.append(UInt8(ascii: " "))
    // Anything else may mean something, as the sign before "2 tablets" that makes them a maximum.
    default: bytes.append(UInt8(ascii: "~"))
    }
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}

/// Letters for U+00C0 to U+00FF without their accents.
private let latin =
  Array("aaaaaaaceeeeiiiidnooooo ouuuuyts".utf8) + Array("aaaaaaaceeeeiiiidnooooo ouuuuyty".utf8)
