extension ExactNumber {
  /// Reads plain or scientific decimal notation: `12`, `-0.5`, `3.0e-5`. Nothing else is a number here.
  init?(decimal text: some StringProtocol) {
    var (digits, places, exponent, negative, sawPoint, sawDigit) = (Int128(0), 0, 0, false, false, false)
    var bytes = text.utf8[...]
    if bytes.first == UInt8(ascii: "-") { (negative, bytes) = (true, bytes.dropFirst()) }
    while let byte = bytes.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 1 << 100 {
        digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
        sawDigit = true
        if sawPoint { places += 1 }
      } else {
        return nil
      }
      bytes = bytes.dropFirst()
    }
    if !bytes.isEmpty {
      guard let power = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)) else { return nil }
      exponent = power
    }
    guard sawDigit, (-400...400).contains(exponent) else { return nil }
    let whole = ExactNumber(reduced: negative ? -digits : digits, 1)
    let shift = exponent - places
    guard let power = tenToThe(abs(shift)) else { return nil }
    let scale = ExactNumber(reduced: Int128(power), 1)
    self = shift < 0 ? whole / scale : whole * scale
  }

  /// Plain decimal digits that read back to this value, or to its nearest double where the expansion does
  /// not end or has more digits than a double holds: no exponent, no trailing zero, always a digit before the point.
  public var plainText: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `plainText` as ASCII; allocates nothing where `bytes` has room.
  public func write(to bytes: inout [UInt8]) {
    guard let places = decimalPlaces, let (top, bottom) = narrow else {
      bytes.append(contentsOf: plainDecimal(double).utf8)
      return
    }
    let power = NumberReader.powersOfTen[places]
    let (scaled, overflow) = top.magnitude.multipliedReportingOverflow(by: UInt64(power) / UInt64(bottom))
    if overflow {
      bytes.append(contentsOf: plainDecimal(double).utf8)
      return
    }
    if top < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: UInt64(power))
    writeDigits(of: whole, width: 1, to: &bytes)
    if places > 0 {
      bytes.append(UInt8(ascii: "."))
      writeDigits(of: rest, width: places, to: &bytes)
    }
  }

  /// How many digits follow the point, where the expansion ends within a double's 17 digits.
  private var decimalPlaces: Int? {
    guard isExact else { return nil }
    if denominator == 1 { return 0 }
    guard denominator < 1 << 60 else { return nil }
    var (rest, twos, fives) = (UInt64(denominator), 0, 0)
    while rest & 1 == 0 { (rest, twos) = (rest >> 1, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let places = max(twos, fives)
    guard rest == 1, places <= 17, numerator.magnitude < 1 << 60 else { return nil }
    return places
  }
}

/// Appends the decimal digits of `value`, padded with zeros on the left to `width`.
private func writeDigits(of value: UInt64, width: Int, to bytes: inout [UInt8]) {
  let start = bytes.count
  var rest = value
  while rest > 0 || bytes.count - start < width {
    let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    rest = quotient
  }
  var (low, high) = (start, bytes.count - 1)
  while low < high {
    bytes.swapAt(low, high)
    (low, high) = (low + 1, high - 1)
  }
}

/// The shortest digits that read back to `value`, without an exponent.
///
/// Swift prints 1e-05 and 1e+16 with exponents, which spreadsheets turn into dates and identifiers.
public func plainDecimal(_ value: Double) -> String {
  let text = value.description
  guard let e = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: e)...]) else {
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
  let negative = text.hasPrefix("-")
  let mantissa = text[..<e].drop { $0 == "-" }
  let point = mantissa.firstIndex(of: ".")
  let digits = mantissa.filter { $0 != "." }
  let before =
    (point.map { mantissa.distance(from: mantissa.startIndex, to: $0) } ?? mantissa.count) + exponent
  let trimmed = String(digits.reversed().drop { $0 == "0" }.reversed())
  let body =
    before <= 0
    ? "0." + String(repeating: "0", count: -before) + trimmed
    : before >= trimmed.count
      ? trimmed + String(repeating: "0", count: before - trimmed.count)
      : trimmed.prefix(before) + "." + trimmed.dropFirst(before)
  return negative ? "-" + body : String(body)
}

extension ExactNumber: CustomStringConvertible {
  /// The same as `plainText`.
  public var description: String { plainText }
}
