/// A number kept as a fraction, so that 0.1 is one tenth and a third is a third.
///
/// Doses are typed in decimals, divided by ratios such as 300 and rounded down to be safe. In binary
/// floating point the last step is a trap: 0.3 is stored a little below 0.3, and rounds down to 0.299. A
/// decimal type would not do either, because it cannot hold 1/300.
///
/// The fraction is exact while numerator and denominator fit in 127 bits, which covers every product of
/// a dozen clinical numbers. Beyond that the value becomes an IEEE double, and `isExact` says so.
public struct ExactNumber: Hashable, Sendable {
  /// The numerator, with the sign; the bits of a double where `denominator` is zero.
  let numerator: Int128
  /// The denominator in lowest terms; zero marks a value that is only approximate.
  let denominator: Int128

  /// A fraction that is already in lowest terms.
  init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// A value that does not fit as a fraction.
  init(approximately value: Double) {
    precondition(value.isFinite, "a quantity is a finite number")
    // An underflow is zero like any other: as an approximation it would be unequal to zero, and have no digits.
    self.init(reduced: value == 0 ? 0 : Int128(value.bitPattern), value == 0 ? 1 : 0)
  }

  /// A whole number.
  public init(_ value: Int) { self.init(reduced: Int128(value), 1) }

  /// The fraction `numerator` / `denominator`, for a denominator above zero.
  public init(_ numerator: Int, over denominator: Int) {
    precondition(denominator > 0)
    let divisor = Int(
      truncatingIfNeeded: greatestCommonDivisor(UInt64(numerator.magnitude), UInt64(denominator)))
    self.init(reduced: Int128(numerator / divisor), Int128(denominator / divisor))
  }

  /// The decimal number that `value` prints as: `ExactNumber(0.1)` is one tenth, not the nearest double.
  ///
  /// - Precondition: `value` is finite.
  public init(_ value: Double) {
    precondition(value.isFinite, "a quantity is a finite number")
    if let whole = Int(exactly: value) {
      self.init(whole)
    } else {
      self = ExactNumber(decimal: value.description) ?? ExactNumber(approximately: value)
    }
  }

  /// Zero.
  public static let zero = ExactNumber(0)

  /// One.
  public static let one = ExactNumber(1)

  /// Whether no rounding has happened on the way to this value.
  public var isExact: Bool { denominator != 0 }

  /// The nearest double.
  public var double: Double {
    guard isExact else { return Double(bitPattern: UInt64(truncatingIfNeeded: numerator)) }
    let exactInDouble: Int128 = 1 << 53
    if numerator.magnitude <= exactInDouble.magnitude && denominator <= exactInDouble {
      // Both are exact as doubles, so that the division rounds once.
      return Double(Int64(truncatingIfNeeded: numerator)) / Double(Int64(truncatingIfNeeded: denominator))
    }
    return denominator == 1 ? Double(numerator) : nearestDouble()
  }

  /// The quotient rounded once, from 66 leading bits by long division and a sticky bit for the rest.
  private func nearestDouble() -> Double {
    let bottom = denominator.magnitude  // below 2¹²⁷, so that doubling a remainder cannot overflow
    var (quotient, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: bottom)
    var shift = 0
    while quotient >> 65 == 0 && remainder != 0 {
      remainder <<= 1
      quotient <<= 1
      if remainder >= bottom { (quotient, remainder) = (quotient | 1, remainder - bottom) }
      shift += 1
    }
    if remainder != 0 { quotient |= 1 }
    let value = Double(sign: .plus, exponent: -shift, significand: Double(quotient))
    return numerator < 0 ? -value : value
  }
}

/// The greatest common divisor, in 64-bit steps where the numbers allow it.
func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
  var (a, b) = (a, b)
  while b > UInt128(UInt64.max) || a > UInt128(UInt64.max) {
    if b == 0 { return a }
    (a, b) = (b, a % b)
  }
  return UInt128(greatestCommonDivisor(UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b)))
}

/// The greatest common divisor of two words.
func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
  var (x, y) = (a, b)
  while y > 1 { (x, y) = (y, x % y) }
  return y == 1 ? 1 : x
}
