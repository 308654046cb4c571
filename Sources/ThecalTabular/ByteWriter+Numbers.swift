extension ByteWriter {
  /// Appends `number` in decimal.
  package mutating func append(_ number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(magnitude: UInt64(number.magnitude), fractionDigits: 0)
  }

  /// Appends the shortest digits that read back as `number`, an integer without a fraction: `0.4`,
  /// `120`, `1e-05`. The same on every machine and in every locale; `number` must be finite.
  ///
  /// - Complexity: does not allocate for numbers of up to 15 digits.
  package mutating func append(_ number: Double) {
    precondition(number.isFinite, "\(number) has no digits")
    if appendShort(number) { return }
    let digits = number.description
    append(digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
  }

  /// Appends `number` if it has at most 15 digits and no exponent, without a `String` in between.
  ///
  /// Powers of ten up to 10²² are exact. If *m* and 10ᵏ are both exact, *m* / 10ᵏ is correctly rounded, so equality with `number` proves that
  /// these digits read back; the first *k* that fits has the fewest. Below 10¹⁵ no two decimals of *k*
  /// places fall on one `Double`, so there is no closer one to prefer.
  private mutating func appendShort(_ number: Double) -> Bool {
    let magnitude = number.magnitude
    guard magnitude < 1e15, magnitude >= 1e-4 || magnitude == 0 else { return false }
    var power = 1.0
    for digits in 0...22 {
      defer { power *= 10 }
      let scaled = (magnitude * power).rounded()
      guard scaled < 1e15 else { return false }
      if scaled / power == magnitude {
        if number.sign == .minus { append(UInt8(ascii: "-")) }
        append(magnitude: UInt64(scaled), fractionDigits: digits)
        return true
      }
    }
    return false
  }

  /// Appends `magnitude` / 10^`fractionDigits`.
  private mutating func append(magnitude: UInt64, fractionDigits: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { buffer in
      var rest = magnitude
      var start = buffer.count
      var written = 0
      repeat {
        start -= 1
        buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        written += 1
        if written == fractionDigits {
          start -= 1
          buffer[start] = UInt8(ascii: ".")
        }
      } while rest > 0 || written <= fractionDigits
      bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: buffer[start...]))
    }
  }
}
