extension Quantity {
  /// Reads number + unit: `"0.4 mg/day"`, `"25 mg/mL"`, `"14.5 %"`.
  ///
  /// `mcg`, `ug`, `µg` and `μg` are one unit, in any case, and UCUM spellings (`mL/d`) are read. A bare
  /// number is refused, and so is anything with two readings.
  ///
  /// - Throws: `QuantityProblem`, naming the units accepted.
  public init(reading text: String, format: NumberFormat = NumberFormat(exponents: true, negative: true))
    throws(QuantityProblem)
  {
    let (number, unitText) = splitUnit(text)
    if number.isEmpty, !unitText.isEmpty {
      throw .number(text: text.trimmed, .malformed(hint: "write it in digits"))
    }
    let value: ExactNumber
    do { value = try NumberReader(format).read(number) } catch { throw .number(text: text.trimmed, error) }
    self = try Self(value, unitNamed: unitText, in: text)
  }

  private init(_ value: ExactNumber, unitNamed unitText: String, in text: String) throws(QuantityProblem) {
    let accepted = D.units.map(\.symbol).filter { !$0.isEmpty }
    if let unit = Self.unit(named: unitText) {
      self.init(value, unit)
    } else if unitText.isEmpty {
      throw .missingUnit(text: text.trimmed, dimension: D.name, accepted: accepted)
    } else if let better = errorProneUnits[unitText.lowercased()] {
      throw .errorProneUnit(unit: unitText, instead: better)
    } else if isSecondNumber(unitText) {
      throw .number(text: text.trimmed, .range)
    } else {
      throw .unknownUnit(unit: unitText, dimension: D.name, accepted: accepted)
    }
  }

  /// The unit that `text` spells; nil where it is no unit of this dimension.
  public static func unit(named text: String) -> Unit? {
    let key = normalizedUnit(text)
    return D.units.first { normalizedUnit($0.symbol) == key || $0.aliases.contains(key) }
  }
}

/// Spellings that the ISMP list of error-prone abbreviations advises against, with what to write.
private let errorProneUnits = ["cc": "mL", "gr": "g or grain in full", "u": "units", "iu": "units"]

/// Whether what stands behind a number is another number, after a word between them: `5 to 6`, `2 mg/day or 3 mg/day`.
private func isSecondNumber(_ text: String) -> Bool {
  let words = text.lowercased().split(whereSeparator: \.isWhitespace)
  return words.indices.dropLast().contains {
    ["to", "or", "-", "–", "bis"].contains(words[$0]) && words[$0 + 1].first?.isASCIIDigit == true
  }
}

/// One spelling for the micro sign in both code points, `mcg` and letter case.
func normalizedUnit(_ text: String) -> String {
  var key = text.lowercased()
  if key.contains("µ") || key.contains("μ") { key = String(key.map { $0 == "µ" || $0 == "μ" ? "u" : $0 }) }
  if key.hasPrefix("mcg") { key = "ug" + key.dropFirst(3) }
  if key.hasPrefix("mcl") { key = "ul" + key.dropFirst(3) }
  return key.filter { $0 != " " }.isEmpty ? "" : key
}

/// Cuts `"0.4 mg/day"` between number and unit, at white space or at the first letter.
func splitUnit(_ text: String) -> (number: String, unit: String) {
  let text = text.trimmed
  if let space = text.firstIndex(where: \.isWhitespace) {
    return (String(text[..<space]), String(text[space...]).trimmed)
  }
  var index = text.startIndex
  while index < text.endIndex {
    let character = text[index]
    if character == "e" || character == "E" {
      let after = text[text.index(after: index)...].drop { $0 == "-" || $0 == "+" }
      if after.first?.isASCIIDigit != true { break }
    } else if character == "%" || (character.isLetter && !"OoIl".contains(character)) || character == "/" {
      break
    }
    index = text.index(after: index)
  }
  return (String(text[..<index]), String(text[index...]).trimmed)
}
