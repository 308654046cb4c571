import Glibc

/// A text that people write by hand: small, and read as a whole.
package struct TextFile: Hashable, Sendable {
  /// The text, without a byte order mark.
  package let text: String
  /// How its characters are written.
  package let encoding: TextEncoding

  /// Bytes of a file beyond which it is another kind of file.
  package static let mostBytes = 4 << 20

  /// Reads the file at `path`, or standard input for `-`: UTF-8 with or without a byte order mark, or Windows-1252.
  ///
  /// - Throws: `TabularError` where there is none, where it is too long, UTF-16 or no text.
  package init(_ path: String) throws(TabularError) {
    let bytes = try TextFile.bytes(path, most: TextFile.mostBytes)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .utf16(path: path) }
    guard let decoded = TextEncoding.decode(bytes) else { throw .notText(path: path) }
    (text, encoding) = decoded
  }

  /// The bytes of the file at `path`, no more than `most`.
  static func bytes(_ path: String, most: Int) throws(TabularError) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(path, errno) }
    defer { if descriptor != STDIN_FILENO { _ = close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .reading(path, errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > most { throw .tooLong(path: path, limit: most) }
    }
  }
}
