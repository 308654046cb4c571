import ThecalQuantities
import ThecalTabular

/// Whatever the encoding, a table is read to its end, and a row that is said to be text is text.
func fuzzTable(_ bytes: [UInt8], _ encoding: TextEncoding) {
  guard var reader = try? CSVReader(bytes: bytes, encoding: encoding) else { return }
  var batch = RowBatch()
  while (try? reader.nextBatch(into: &batch, maxRows: 64)) == true {
    for row in 0..<batch.count {
      precondition(batch.fieldCount(row: row) > 0 && batch.line(row: row) >= reader.headerLine)
    }
    for row in 0..<batch.count where batch.problems(row: row).isEmpty {
      for column in 0..<batch.fieldCount(row: row) {
        let field = batch.bytes[batch.range(row: row, column: column)]
        precondition(
          String(validating: field, as: UTF8.self) != nil && !field.contains(0), "a field that is no text")
      }
    }
  }
}

/// What is decoded as text holds no byte order mark of ours, and UTF-8 comes out as it went in.
func fuzzText(_ bytes: [UInt8]) {
  guard let decoded = TextEncoding.decode(bytes) else { return }
  let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  precondition(decoded.encoding != .utf8 || Array(decoded.text.utf8) == Array(bytes.dropFirst(mark)))
  precondition(decoded.encoding != .windows1252 || decoded.text.unicodeScalars.count == bytes.count)
}

/// A number that is read survives being written and read again.
func fuzzQuantity(_ text: String) {
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
  if let frequency = try? Frequency(reading: text) { precondition(frequency.timesPerDay > .zero) }
  for decimalComma in [false, true] {
    _ = Frequency.Written(text, format: NumberFormat(decimalComma: decimalComma))
  }
  _ = try? CalendarDate(reading: text)
}
