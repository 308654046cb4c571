/// SHA-256 written down from the standard, as the second opinion on the program's digests.
///
/// Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5 and 6.2; the constants are computed as the standard defines
/// them, from the roots of the first primes, instead of copied.
enum SecondSHA256 {
  /// The digest of `text` in hexadecimal.
  static func hex(_ text: String) -> String {
    var message = Array(text.utf8)
    let bits = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    message += (0..<8).reversed().map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    var state = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    for start in stride(from: 0, to: message.count, by: 64) { absorb(message[start..<start + 64], &state) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func absorb(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
    let bytes = Array(block)
    var w = (0..<16).map { i in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[4 * i + $1]) } }
    for t in 16..<64 {
      let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >> 3)
      let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >> 10)
      w.append(w[t - 16] &+ s0 &+ w[t - 7] &+ s1)
    }
    var v = state
    for t in 0..<64 {
      let e = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let first = v[7] &+ e &+ choice &+ constants[t] &+ w[t]
      let a = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      v = [first &+ a &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for i in 0..<8 { state[i] = state[i] &+ v[i] }
  }

  private static let primes = (2..<312).filter { n in (2..<n).allSatisfy { n % $0 != 0 } }

  /// The first 32 bits behind the point of the cube roots of the first 64 primes.
  private static let constants = primes.map { prime -> UInt32 in
    // Newton's step from a rough root: the root is then exact to the last bit of a Double.
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root - Double(prime)) / (3 * root * root) }
    return fraction(root)
  }

  private static func fraction(_ root: Double) -> UInt32 { UInt32((root - root.rounded(.down)) * 0x1p32) }

  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
}
