import CThecalNettle

/// SHA-256 of bytes that arrive piece by piece.
///
/// - Complexity: O(*n*); nothing is allocated but what `finish(into:)` appends.
/// - Source: FIPS 180-4; the computation is nettle's.
package struct SHA256Hasher: Sendable {
  private var state = sha256_ctx()

  /// A hasher that has seen nothing.
  package init() { nettle_sha256_init(&state) }

  /// Takes more bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { nettle_sha256_update(&state, $0.count, $0.baseAddress) }
  }

  /// Takes one more byte.
  package mutating func update(_ byte: UInt8) {
    withUnsafePointer(to: byte) { nettle_sha256_update(&state, 1, $0) }
  }

  /// Appends the digest as 64 lower-case hexadecimal digits, and begins anew.
  package mutating func finish(into output: inout ByteWriter) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_SIZE)) { digest in
      nettle_sha256_digest(&state, digest.count, digest.baseAddress)
      for i in 0..<digest.count { output.appendHex(digest[i]) }
    }
  }

  /// The digest as 64 lower-case hexadecimal digits; begins anew.
  package mutating func finish() -> String {
    var output = ByteWriter()
    finish(into: &output)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  /// The digest of all of `bytes`, as 64 lower-case hexadecimal digits.
  package static func digest(of bytes: [UInt8]) -> String {
    var hasher = SHA256Hasher()
    hasher.update(bytes.span)
    return hasher.finish()
  }
}
