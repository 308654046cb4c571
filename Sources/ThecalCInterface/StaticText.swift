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
