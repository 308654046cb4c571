/// Why a text is not taken as a number, with what it may have meant.
public enum NumberProblem: Error, Hashable, Sendable {
  /// Nothing but white space.
  case empty
  /// Two readings that differ, so that neither is taken.
  case ambiguous(readings: [String])
  /// Not a plain decimal number; `hint` says what to write instead.
  case malformed(hint: String)
  /// Two numbers with a dash between them.
  case range
  /// Two numbers with a stroke between them.
  case ratio
  /// A number, but none that a clinical quantity can have.
  case outOfRange(hint: String)

  /// What is wrong and what to do, as the end of a sentence that begins with the text.
  public var explanation: String {
    switch self {
    case .empty: "is empty"
    case .ambiguous(let readings):
      "has more than one reading (\(readings.joined(separator: " or "))); write it without separators"
    case .range: "is not a plain number; a range is not read, give one number"
    case .ratio: "is not a plain number; two numbers with a stroke are not read, give one"
    case .malformed(let hint): "is not a plain number; \(hint)"
    case .outOfRange(let hint): "is out of range; \(hint)"
    }
  }
}

/// How numbers are written in a document.
public struct NumberFormat: Hashable, Sendable {
  /// Whether a comma separates the decimals, as in much of Europe.
  public var decimalComma: Bool
  /// Whether `3.0e-5` is a number. Never in a dose: spreadsheets make exponents of identifiers.
  public var exponents: Bool
  /// Whether a minus sign may lead.
  public var negative: Bool

  /// A format; by default digits with an optional point, and nothing else.
  public init(decimalComma: Bool = false, exponents: Bool = false, negative: Bool = false) {
    self.decimalComma = decimalComma
    self.exponents = exponents
    self.negative = negative
  }
}
