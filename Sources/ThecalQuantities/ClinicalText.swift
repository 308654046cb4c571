/// Quantities as a person reads them: the style that the Institute for Safe Medication Practices asks for.
///
/// A zero before the point, none at the end, a space before the unit, commas from 1,000, `mcg` in full.
/// Source: `ismp_error_prone`.
public enum ClinicalText {
  /// `number` with a leading zero, without trailing zeros, in groups of three from 1,000.
  public static func number(_ number: ExactNumber) -> String {
    var bytes: [UInt8] = []
    write(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the same as ASCII.
  public static func write(_ number: ExactNumber, to bytes: inout [UInt8]) {
    var begin = bytes.count
    number.write(to: &bytes)
    if bytes[begin] == UInt8(ascii: "-") { begin += 1 }
    var point = begin
    while point < bytes.count, bytes[point] != UInt8(ascii: ".") { point += 1 }
    // From the right, so that the places of commas that are still to come do not move.
    var place = point - 3
    while place > begin {
      bytes.insert(UInt8(ascii: ","), at: place)
      place -= 3
    }
  }

  /// `quantity` in `unit`, with at most `digits` significant digits.
  public static func quantity<D>(_ quantity: Quantity<D>, in unit: Quantity<D>.Unit, digits: Int = 4)
    -> String
  {
    let value = number(quantity.exactValue(in: unit).rounded(toSignificantDigits: digits))
    return unit.symbol.isEmpty ? value : "\(value) \(unit.symbol)"
  }

  /// A mass in milligrams from 1 mg up and in micrograms below, so that neither 0.0005 mg nor 1,500 mcg is printed.
  public static func mass(_ mass: Mass, digits: Int = 4) -> String {
    quantity(mass, in: mass < Mass(1, .milligrams) ? .micrograms : .milligrams, digits: digits)
  }
}

extension String {
  /// An id as words.
  package var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
