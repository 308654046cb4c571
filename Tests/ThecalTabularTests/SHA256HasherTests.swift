import Testing
import _ThecalTestSupport

@testable import ThecalTabular

@Suite struct `Hashing` {
  /// Source: NIST, Secure Hashing examples, SHA-256; FIPS 180-2, appendix B, for the million letters.
  static let vectors: [(String, Int, String)] = [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test(arguments: vectors)
  func `published digests are met`(text: String, times: Int, digest: String) {
    var hasher = SHA256Hasher()
    var output = ByteWriter()
    let bytes = Array(text.utf8)
    for _ in 0..<times { hasher.update(bytes.span) }
    hasher.finish(into: &output)
    #expect(String(decoding: output.bytes, as: UTF8.self) == digest)
  }

  @Test func `pieces make the same digest as the whole, and finishing begins anew`() {
    var hasher = SHA256Hasher()
    var output = ByteWriter()
    for byte in "abc".utf8 { hasher.update(byte) }
    hasher.finish(into: &output)
    hasher.update(Array("abc".utf8).span)
    hasher.finish(into: &output)
    #expect(String(decoding: output.bytes, as: UTF8.self) == Self.vectors[1].2 + Self.vectors[1].2)
  }
}

/// Lengths about the borders of a block: 55 bytes leave room for the length in the last block, 56 do not.
@Test(arguments: [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1_000])
func `a digest does not depend on the pieces`(length: Int) {
  var random = SeededGenerator(seed: UInt64(length))
  let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
  let whole = SHA256Hasher.digest(of: bytes)
  #expect(whole.utf8.count == 64 && whole.allSatisfy(\.isHexDigit))
  for _ in 0..<5 {
    var hasher = SHA256Hasher()
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...rest.count, using: &random)
      hasher.update(Array(rest.prefix(count)).span)
      rest = rest.dropFirst(count)
    }
    #expect(hasher.finish() == whole)
  }
}
