/// Points that fill the unit cube more evenly than random ones (Sobol's sequence), in any order.
///
/// With a seed the points are scrambled after Owen (1995): bit by bit, each flipped or not by a hash of the bits
/// above it. That keeps the evenness and makes every point uniform, so that means are without bias.
package struct Sobol: Sendable {
  /// Number of coordinates, at most 64.
  package let dimensions: Int
  /// Per coordinate 32 direction numbers.
  private let directions: [UInt32]
  /// Per coordinate a key of the scrambling; nil leaves the points as they are.
  private let keys: [UInt64]?

  /// The most coordinates there are.
  package static let mostDimensions = sobolDirections.count + 1
  /// The number of points there are.
  package static let mostPoints: UInt64 = 1 << 32

  /// The sequence, scrambled by `random` if it is given.
  package init(dimensions: Int, scrambledBy random: Philox?) {
    precondition((1...Self.mostDimensions).contains(dimensions))
    self.dimensions = dimensions
    directions = (0..<dimensions).flatMap(Self.directions)
    keys = random.map { random in
      (0..<dimensions).map { random.bits(sample: UInt64($0), stream: Self.stream) }
    }
  }

  /// The stream of random numbers that is kept for scrambling.
  private static let stream: UInt32 = 0xFFFF_0001

  /// Coordinate `dimension` of point `index`, in (0, 1).
  package func coordinate(_ index: UInt64, _ dimension: Int) -> Double {
    precondition(index < Self.mostPoints && (0..<dimensions).contains(dimension))
    // Gray code: the order of the points that the references use.
    var rest = UInt32(index ^ (index >> 1))
    var bits: UInt32 = 0
    while rest != 0 {
      bits ^= directions[dimension * 32 + rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    guard let keys else { return (Double(bits) + 0.5) * 0x1p-32 }
    let scrambled = Self.scrambled(bits, keys[dimension])
    // Bits below the thirty-second are random too.
    let low = Self.mix(keys[dimension] ^ (UInt64(bits) << 8 | 0xFF))
    return unitInterval(UInt64(scrambled) << 32 | low >> 32)
  }

  private static func directions(_ dimension: Int) -> [UInt32] {
    guard dimension > 0 else { return (0..<32).map { 1 << (31 - $0) } }
    let (polynomial, first) = sobolDirections[dimension - 1]
    let degree = first.count
    var numbers = (0..<32).map { $0 < degree ? first[$0] << UInt32(31 - $0) : 0 }
    for k in degree..<32 {
      var number = numbers[k - degree] ^ (numbers[k - degree] >> UInt32(degree))
      for j in 1..<max(degree, 1) where polynomial >> UInt32(degree - j) & 1 == 1 { number ^= numbers[k - j] }
      numbers[k] = number
    }
    return numbers
  }

  private static func scrambled(_ bits: UInt32, _ key: UInt64) -> UInt32 {
    var flips: UInt32 = 0
    for level in 0..<32 {
      // The bits above this one, with a marker of how many they are.
      let above = (UInt64(bits) | 1 << 32) >> UInt64(32 - level)
      flips = flips << 1 | UInt32(truncatingIfNeeded: mix(key ^ (above << 8 | UInt64(level))) >> 63)
    }
    return bits ^ flips
  }

  /// A bijection of 64 bits in which every bit depends on every other (the finalizer of SplitMix64).
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
