/// One finding about a patient: what it means for the result, why, and who says so.
public struct Notice: Hashable, Sendable {
  /// What the finding does to the result; `ok` only informs.
  public let status: Status
  /// The machine-readable reason, where the finding has one.
  public let code: ConversionCode?
  /// The line of the input that the finding speaks of; nil where it speaks of the patient.
  public let line: Int?
  /// What it is and what to do, in words without the line.
  private let words: String
  /// The source that the finding rests on, for `thecal cite`.
  public let source: String?

  /// A finding; a line above zero is named in front of it.
  public init(
    _ status: Status, _ code: ConversionCode? = nil, _ words: String, line: Int = 0, source: String? = nil
  ) {
    self.status = status
    self.code = code
    self.words = words
    self.line = line > 0 ? line : nil
    self.source = source
  }

  /// What it is and what to do, in words.
  public var text: String { line.map { "line \($0), \(words)" } ?? words }
}

/// One step of a calculation, so that a person can repeat it on paper.
public struct DerivationStep: Hashable, Sendable {
  /// What is computed.
  public let quantity: String
  /// The arithmetic with its numbers in place.
  public let arithmetic: String
  /// The figures that enter, with source and locator.
  public let figures: [Figure]

  /// A step.
  public init(_ quantity: String, _ arithmetic: String, _ figures: [Figure] = []) {
    self.quantity = quantity
    self.arithmetic = arithmetic
    self.figures = figures
  }
}
