extension ExactNumber {
  /// The sum.
  public static func + (a: Self, b: Self) -> Self {
    guard a.isExact, b.isExact else { return Self(approximately: a.double + b.double) }
    if a.denominator == 1 && b.denominator == 1 {
      let (sum, overflow) = a.numerator.addingReportingOverflow(b.numerator)
      return overflow || sum == .min ? Self(approximately: a.double + b.double) : Self(reduced: sum, 1)
    }
    // Knuth, The Art of Computer Programming 2, 4.5.1: dividing by the common part first keeps terms small.
    let common = Int128(greatestCommonDivisor(a.denominator.magnitude, b.denominator.magnitude))
    let (left, o1) = a.numerator.multipliedReportingOverflow(by: b.denominator / common)
    let (right, o2) = b.numerator.multipliedReportingOverflow(by: a.denominator / common)
    let (top, o3) = left.addingReportingOverflow(right)
    // The smallest number of all has no opposite.
    if o1 || o2 || o3 || top == .min { return Self(approximately: a.double + b.double) }
    let shared = Int128(greatestCommonDivisor(top.magnitude, common.magnitude))
    let (bottom, o4) = (a.denominator / common).multipliedReportingOverflow(by: b.denominator / shared)
    return o4 ? Self(approximately: a.double + b.double) : Self(reduced: top / shared, bottom)
  }

  /// The difference.
  public static func - (a: Self, b: Self) -> Self { a + (-b) }

  /// The same magnitude with the other sign.
  public static prefix func - (a: Self) -> Self {
    a.isExact ? Self(reduced: -a.numerator, a.denominator) : Self(approximately: -a.double)
  }

  /// The product.
  public static func * (a: Self, b: Self) -> Self {
    if let product = narrowProduct(a, b) { return product }
    guard a.isExact, b.isExact else { return Self(approximately: a.double * b.double) }
    let g1 = Int128(greatestCommonDivisor(a.numerator.magnitude, b.denominator.magnitude))
    let g2 = Int128(greatestCommonDivisor(b.numerator.magnitude, a.denominator.magnitude))
    let (top, o1) = (a.numerator / g1).multipliedReportingOverflow(by: b.numerator / g2)
    let (bottom, o2) = (a.denominator / g2).multipliedReportingOverflow(by: b.denominator / g1)
    return o1 || o2 || top == .min ? Self(approximately: a.double * b.double) : Self(reduced: top, bottom)
  }

  /// The product in 64-bit steps; nil where a term does not fit. Clinical numbers nearly always do, and a
  /// 128-bit division costs ten times as much.
  private static func narrowProduct(_ a: Self, _ b: Self) -> Self? {
    guard let (aTop, aBottom) = a.narrow, let (bTop, bBottom) = b.narrow else { return nil }
    let (first, second) = (inLowestTerms(aTop, bBottom), inLowestTerms(bTop, aBottom))
    let (top, o1) = first.top.multipliedReportingOverflow(by: second.top)
    let (bottom, o2) = second.bottom.multipliedReportingOverflow(by: first.bottom)
    return o1 || o2 ? nil : Self(reduced: Int128(top), Int128(bottom))
  }

  /// A fraction without its common part; whole numbers, the most frequent, are left as they are without a division.
  private static func inLowestTerms(_ top: Int64, _ bottom: Int64) -> (top: Int64, bottom: Int64) {
    if bottom == 1 { return (top, bottom) }
    let common = Int64(greatestCommonDivisor(top.magnitude, bottom.magnitude))
    return common == 1 ? (top, bottom) : (top / common, bottom / common)
  }

  /// Numerator and denominator in 64 bits; nil where they do not fit, or where the value is approximate.
  var narrow: (top: Int64, bottom: Int64)? {
    guard let top = Int64(exactly: numerator), let bottom = Int64(exactly: denominator), bottom > 0,
      top != .min
    else { return nil }
    return (top, bottom)
  }

  /// The quotient, for a divisor other than zero.
  public static func / (a: Self, b: Self) -> Self {
    precondition(b != .zero, "division by zero")
    guard b.isExact else { return Self(approximately: a.double / b.double) }
    let inverse =
      b.numerator < 0
      ? Self(reduced: -b.denominator, -b.numerator) : Self(reduced: b.denominator, b.numerator)
    return a * inverse
  }
}

extension ExactNumber: Comparable {
  /// Whether `a` is the smaller of the two; exact for exact numbers.
  public static func < (a: Self, b: Self) -> Bool {
    if let (aTop, aBottom) = a.narrow, let (bTop, bBottom) = b.narrow {
      let (left, o1) = aTop.multipliedReportingOverflow(by: bBottom)
      let (right, o2) = bTop.multipliedReportingOverflow(by: aBottom)
      if !o1 && !o2 { return left < right }
    }
    guard a.isExact, b.isExact else { return a.double < b.double }
    if a.denominator == b.denominator { return a.numerator < b.numerator }
    let (left, o1) = a.numerator.multipliedReportingOverflow(by: b.denominator)
    let (right, o2) = b.numerator.multipliedReportingOverflow(by: a.denominator)
    return o1 || o2 ? a.double < b.double : left < right
  }
}

extension ExactNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A whole number written in the source.
  public init(integerLiteral value: Int) { self.init(value) }

  /// A decimal written in the source, taken as the decimal it reads as.
  public init(floatLiteral value: Double) { self.init(value) }
}
