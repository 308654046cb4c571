/// A text at an address that stays as long as this does.
final class StaticText: @unchecked Sendable {
  /// Where it is.
  let pointer: UnsafePointer<CChar>
  /// How long it is without the NUL that ends it.
  let length: Int

  init(_ text: String) {
    let bytes = Array(text.utf8CString)
    let place = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    place.initialize(from: bytes, count: bytes.count)
    pointer = UnsafePointer(place)
    length = bytes.count - 1
  }

  deinit { UnsafeMutablePointer(mutating: pointer).deallocate() }
}

/// Texts one after another, each ended by NUL, at addresses that stay as long as this does.
final class TextBlock: @unchecked Sendable {
  private let start: UnsafeMutablePointer<CChar>
  private let offsets: [Int]
  /// Bytes of all texts, with the NUL behind each.
  let size: Int

  init(_ texts: some Collection<String>) {
    var offsets: [Int] = []
    offsets.reserveCapacity(texts.count)
    var size = 0
    for text in texts {
      offsets.append(size)
      size += text.utf8.count + 1
    }
    start = .allocate(capacity: max(size, 1))
    var place = start
    for text in texts {
      for byte in text.utf8 {
        place.initialize(to: CChar(bitPattern: byte))
        place += 1
      }
      place.initialize(to: 0)
      place += 1
    }
    self.offsets = offsets
    self.size = size
  }

  /// The first text, behind which stand the others.
  var pointer: UnsafePointer<CChar> { UnsafePointer(start) }

  deinit { start.deallocate() }

  /// The text at `index`.
  subscript(index: Int) -> UnsafePointer<CChar> { UnsafePointer(start + offsets[index]) }
}
