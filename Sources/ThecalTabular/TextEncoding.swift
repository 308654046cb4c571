/// How the characters of a text stand in its bytes.
package enum TextEncoding: Hashable, Sendable {
  /// UTF-8.
  case utf8
  /// What Windows programs of western Europe and America wrote before.
  case windows1252

  /// The character of `byte` in Windows-1252; nil for the five bytes that have none.
  func character(_ byte: UInt8) -> Character? {
    switch byte {
    case 0x80..<0xA0: Self.upper[Int(byte) - 0x80].map { Character($0) }
    default: Character(UnicodeScalar(byte))  // the rest is Latin-1
    }
  }

  /// The characters of 0x80 to 0x9F. Source: Unicode Consortium, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT.
  private static let upper: [UnicodeScalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”",
    "•", "–", "—",
    "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]

  /// The text of `bytes`: UTF-8 with or without a byte order mark, or else Windows-1252; nil for anything else.
  package static func decode(_ bytes: [UInt8]) -> (text: String, encoding: TextEncoding)? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    if let text = String(validating: content, as: UTF8.self) { return (text, .utf8) }
    let characters = content.map { windows1252.character($0) }
    guard content.count == bytes.count, !content.contains(0), characters.allSatisfy({ $0 != nil }) else {
      return nil
    }
    return (String(characters.compactMap(\.self)), .windows1252)
  }
}
