extension ExactNumber {
  /// The largest whole number that is not above this one; what does not fit in `Int` stays at its end.
  public var floor: Int {
    guard isExact else { return Int(exactly: double.rounded(.down)) ?? (double < 0 ? .min : .max) }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int(clamping: remainder < 0 ? quotient - 1 : quotient)
  }

  /// The smallest whole number that is not below this one; what does not fit in `Int` stays at its end.
  public var ceiling: Int { (-self).floor == .min ? .max : -(-self).floor }

  /// This value with `digits` significant decimal digits, ties away from zero.
  ///
  /// - Parameter digits: 1 through 15.
  public func rounded(toSignificantDigits digits: Int) -> Self { rounded(digits) { $0 * 2 >= $1 } }

  /// This value with `digits` significant decimal digits, never farther from zero than it was.
  ///
  /// - Parameter digits: 1 through 15.
  public func roundedDown(toSignificantDigits digits: Int) -> Self { rounded(digits) { _, _ in false } }

  /// This value with `places` digits after the decimal point, never farther from zero than it was.
  public func roundedDown(toPlaces places: Int) -> Self { rounded(atPlace: places) { _, _ in false } }

  /// This value with `places` digits after the decimal point, ties away from zero.
  public func rounded(toPlaces places: Int) -> Self { rounded(atPlace: places) { $0 * 2 >= $1 } }

  private func rounded(_ digits: Int, up: (UInt128, UInt128) -> Bool) -> Self {
    precondition((1...15).contains(digits))
    guard isExact, self != .zero else { return self }
    return rounded(atPlace: digits - 1 - decimalExponent, up: up)
  }

  /// Rounds at 10^-place; `up` decides from the remainder and the divisor whether to go away from zero.
  private func rounded(atPlace place: Int, up: (UInt128, UInt128) -> Bool) -> Self {
    if let (top, bottom) = narrow, (0...18).contains(place), bottom != 1 {
      let (scaled, overflow) = top.magnitude.multipliedReportingOverflow(
        by: UInt64(NumberReader.powersOfTen[place]))
      if !overflow && scaled >> 62 == 0 {
        var (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: UInt64(bottom))
        if up(UInt128(remainder), UInt128(bottom)) { quotient += 1 }
        return ExactNumber(top < 0 ? -Int(quotient) : Int(quotient), over: NumberReader.powersOfTen[place])
      }
    }
    guard isExact, let power = tenToThe(abs(place)) else { return self }
    let (top, o1) = numerator.magnitude.multipliedReportingOverflow(by: place > 0 ? power : 1)
    let (bottom, o2) = denominator.magnitude.multipliedReportingOverflow(by: place < 0 ? power : 1)
    if o1 || o2 { return self }
    var (quotient, remainder) = divide(top, by: bottom)
    if up(remainder, bottom) { quotient += 1 }
    guard let rounded = Int128(exactly: quotient) else { return self }
    let whole = ExactNumber(reduced: numerator < 0 ? -rounded : rounded, 1)
    let scale = ExactNumber(reduced: Int128(power), 1)
    return place > 0 ? whole / scale : whole * scale
  }

  /// The e for which 10^e ≤ |self| < 10^(e+1); self is not zero.
  var decimalExponent: Int {
    if let (top, bottom) = narrow { return Self.decimalExponent(of: top.magnitude, over: UInt64(bottom)) }
    let magnitude = self < .zero ? -self : self
    var exponent = Int(log10Estimate(magnitude.double))
    while magnitude >= ExactNumber.powerOfTen(exponent + 1) { exponent += 1 }
    while magnitude < ExactNumber.powerOfTen(exponent) { exponent -= 1 }
    return exponent
  }

  /// The same in 64 bits, by comparing one side times ten, and ten again, with the other.
  private static func decimalExponent(of top: UInt64, over bottom: UInt64) -> Int {
    var (smaller, exponent) = (min(top, bottom), 0)
    let larger = max(top, bottom)
    while true {
      let (next, overflow) = smaller.multipliedReportingOverflow(by: 10)
      if overflow || next > larger { break }
      (smaller, exponent) = (next, exponent + 1)
    }
    // Below one the power that is not yet enough counts too, unless it hits the number itself.
    return top >= bottom ? exponent : smaller == larger ? -exponent : -exponent - 1
  }

  /// Ten to `exponent`, which may be negative.
  static func powerOfTen(_ exponent: Int) -> Self {
    guard let power = tenToThe(abs(exponent)) else {
      return ExactNumber(approximately: Double("1e\(exponent)") ?? 0)
    }
    return exponent < 0 ? Self(reduced: 1, Int128(power)) : Self(reduced: Int128(power), 1)
  }
}

/// A first guess at ⌊log₁₀ x⌋ from the binary exponent; off by one at most, and corrected by comparison.
private func log10Estimate(_ x: Double) -> Double {
  (Double(x.exponent) * 0.301_029_995_663_981_2).rounded(.down)  // log₁₀ 2
}

/// Ten to `exponent` for 0 through 36, the last that leaves room for a sign in 128 bits.
func tenToThe(_ exponent: Int) -> UInt128? {
  guard exponent <= 36 else { return nil }
  var (power, base, rest) = (UInt128(1), UInt128(10), exponent)
  while rest > 0 {
    if rest & 1 == 1 { power *= base }
    rest >>= 1
    if rest > 0 { base *= base }
  }
  return power
}

/// Quotient and remainder, in 64 bits where both fit: the 128-bit division costs a library call.
private func divide(_ a: UInt128, by b: UInt128) -> (UInt128, UInt128) {
  guard a <= UInt128(UInt64.max), b <= UInt128(UInt64.max) else {
    return a.quotientAndRemainder(dividingBy: b)
  }
  let (x, y) = (UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b))
  return (UInt128(x / y), UInt128(x % y))
}
