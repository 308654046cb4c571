// The readers, against whatever bytes libFuzzer comes up with. A crash, a trap or a hang is a finding; so is a number
// that does not survive being written and read again.
import ThecalQuantities
import ThecalTabular

/// The first byte chooses the reader, the rest is its input.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard let data, size > 1 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
  if data[0] % 2 == 0 { fuzzTable(bytes) } else { fuzzQuantity(String(decoding: bytes, as: UTF8.self)) }
  return 0
}

private func fuzzTable(_ bytes: [UInt8]) { _ = try? CSVReader.rowCount(in: bytes) }

private func fuzzQuantity(_ text: String) {
  for decimalComma in [false, true] {
    if let number = try? NumberReader(NumberFormat(decimalComma: decimalComma)).read(text) {
      precondition(
        // Up to a double's 17 digits the text is the number; beyond them it is the nearest double.
        (try? NumberReader().read(number.plainText))?.double == number.double,
        "'\(text)' reads as \(number.plainText)")
      precondition(number >= .zero, "'\(text)' is negative")
    }
  }
  if let mass = try? Mass(reading: text) {
    let again = try? Mass(reading: "\(mass.exactValue(in: .milligrams).plainText) mg")
    let isPlain = mass.exactValue(in: .milligrams).isExact && mass.value(in: .milligrams) != 0
    let ratio = (again ?? .zero).value(in: .milligrams) / mass.value(in: .milligrams)
    precondition(!isPlain || abs(ratio - 1) < 1e-15, "'\(text)' does not read back")
  }
  _ = try? DoseRate(reading: text)
  _ = try? Volume(reading: text)
  _ = try? Concentration(reading: text)
  _ = try? Time(reading: text)
  _ = try? Frequency(reading: text)
  _ = try? CalendarDate(reading: text)
}
