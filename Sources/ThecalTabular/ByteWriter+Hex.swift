extension ByteWriter {
  /// Appends `byte` as two lower-case hexadecimal digits.
  package mutating func appendHex(_ byte: UInt8) {
    append(hexDigit(byte >> 4))
    append(hexDigit(byte & 15))
  }
}

/// The digit for a value below 16.
private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
