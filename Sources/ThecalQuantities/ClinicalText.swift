/// Quantities as a person reads them: the style that the Institute for Safe Medication Practices asks for.
///
/// A zero before the point, none at the end, a space before the unit, commas from 1,000, `mcg` in full.
/// Source: `ismp_error_prone`.
public enum ClinicalText {
  /// `number` with a leading zero, without trailing zeros, in groups of three from 1,000.
  public static func number(_ number: ExactNumber) -> String {
    let plain = number.plainText
    let negative = plain.hasPrefix("-")
    let unsigned = negative ? plain.dropFirst() : plain[...]
    let whole = unsigned.prefix { $0 != "." }
    var grouped = ""
    for (i, digit) in whole.enumerated() {
      if i > 0 && (whole.count - i) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return (negative ? "-" : "") + grouped + unsigned.dropFirst(whole.count)
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
