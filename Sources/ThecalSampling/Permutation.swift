/// A random order of 0 ..< count in which the place of any one number is found without the others.
///
/// A Feistel network on the smallest even number of bits permutes them; a number that lands outside is sent
/// through again until it lands inside ("cycle walking"), which keeps the map one to one.
package struct Permutation: Sendable {
  /// How many numbers there are.
  package let count: UInt64
  private let random: Philox
  private let stream: UInt32
  private let halfBits: UInt64

  /// The order that `random` gives in one of its streams.
  package init(count: UInt64, random: Philox, stream: UInt32) {
    precondition(count >= 1)
    self.count = count
    self.random = random
    self.stream = stream
    var half: UInt64 = 1
    while half < 31, UInt64(1) << (2 * half) < count { half += 1 }
    precondition(UInt64(1) << (2 * half) >= count, "too many for a permutation")
    halfBits = half
  }

  /// The number at a place.
  package func callAsFunction(_ place: UInt64) -> UInt64 {
    precondition(place < count)
    var value = place
    repeat { value = round(value) } while value >= count
    return value
  }

  private func round(_ value: UInt64) -> UInt64 {
    let mask = (UInt64(1) << halfBits) - 1
    var (left, right) = (value >> halfBits, value & mask)
    for index in 0..<Self.rounds {
      (left, right) = (right, left ^ (random.bits(sample: right, stream: stream, index: index) & mask))
    }
    return left << halfBits | right
  }

  private static let rounds: UInt32 = 6
}
