/// What a calculation noticed: a check that passed, or a concern. A concern is a value, not an error.
public struct PumpFinding: Hashable, Sendable {
  /// How much weight a finding has.
  public enum Severity: Int, Comparable, Sendable {
    /// A check that was made and met.
    case passed
    /// Good to know; changes nothing.
    case note
    /// A result that a pharmacist must confirm.
    case review
    /// Understood and refused.
    case block

    /// Whether `a` weighs less than `b`.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// The code that programs match on, in upper case: `FLOW_OUT_OF_RANGE`.
  public let code: String
  /// How much weight it has.
  public let severity: Severity
  /// What was found and what to do, in one sentence.
  public let message: String

  /// A finding.
  public init(_ code: String, _ severity: Severity, _ message: String) {
    self.code = code
    self.severity = severity
    self.message = message
  }
}

extension PumpFinding {
  /// What a set of findings amounts to.
  public enum Status: String, Sendable {
    /// Nothing stands against the result.
    case ok
    /// A pharmacist must confirm the result.
    case review
    /// Understood and refused.
    case blocked

    /// The status that `findings` amount to.
    public init(_ findings: [PumpFinding]) {
      switch findings.map(\.severity).max() {
      case .block: self = .blocked
      case .review: self = .review
      default: self = .ok
      }
    }
  }
}
