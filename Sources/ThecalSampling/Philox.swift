/// Random numbers by place instead of by order: the number at (seed, sample, stream, index) is a function of
/// these four, so that any sample can be drawn alone, on any thread, in any shard.
///
/// Philox 4×32 with ten rounds, after Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011.
/// It passes the tests that sequential generators are held to; there is no state to share or to save.
package struct Philox: Sendable {
  private let key: (UInt32, UInt32)

  /// The numbers of `seed`.
  package init(seed: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The four words at a counter.
  package func words(
    _ c0: UInt32, _ c1: UInt32, _ c2: UInt32, _ c3: UInt32
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    var (x0, x1, x2, x3) = (c0, c1, c2, c3)
    var (k0, k1) = key
    for _ in 0..<10 {
      let first = UInt64(0xD251_1F53) * UInt64(x0)
      let second = UInt64(0xCD9E_8D57) * UInt64(x2)
      (x0, x1, x2, x3) = (
        UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1, UInt32(truncatingIfNeeded: first)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (x0, x1, x2, x3)
  }

  /// 64 random bits for one sample, one stream of its numbers, and the number's place in it.
  package func bits(sample: UInt64, stream: UInt32, index: UInt32 = 0) -> UInt64 {
    let words = words(
      UInt32(truncatingIfNeeded: sample), UInt32(truncatingIfNeeded: sample >> 32), stream, index)
    return UInt64(words.1) << 32 | UInt64(words.0)
  }

  /// A number in (0, 1), never 0 and never 1: the middle of one of 2⁵² equal parts.
  package func uniform(sample: UInt64, stream: UInt32, index: UInt32 = 0) -> Double {
    unitInterval(bits(sample: sample, stream: stream, index: index))
  }
}

/// The upper 52 bits as the middle of one of 2⁵² equal parts of (0, 1): exact, and symmetric about ½.
func unitInterval(_ bits: UInt64) -> Double { (Double(bits >> 12) + 0.5) * 0x1p-52 }
