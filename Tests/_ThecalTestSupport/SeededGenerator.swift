import Glibc

/// Numbers that look random and are the same on every machine (SplitMix64).
///
/// - Source: `steele2014`.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// A generator whose numbers depend on `seed` alone.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number between `low` and `high`, uniform in its logarithm.
  public mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    low * exp(log(high / low) * Double.random(in: 0..<1, using: &self))
  }
}
