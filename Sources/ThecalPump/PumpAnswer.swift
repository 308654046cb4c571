public import ThecalQuantities

/// A result as it leaves the module for people and for programs: inputs echoed, formula, figures, checks.
public struct PumpAnswer: Sendable {
  /// An input as a person wrote it.
  public struct Input: Hashable, Sendable {
    /// What it is.
    public let label: String
    /// The value with its unit.
    public let text: String
  }

  /// A figure of the result.
  public struct Field: Sendable {
    /// The key that programs read, `flow_mL_per_day`.
    public let key: String
    /// What it is, for people.
    public let label: String
    /// The figure.
    public let value: PumpAnswer.Value
    /// The unit for people; empty where the label or the value says it.
    public let unit: String
    /// Whether it explains a refusal, and is therefore shown in one.
    public let explains: Bool
  }

  /// What was computed.
  public let title: String
  /// What it was computed from.
  public let inputs: [Input]
  /// How, a formula a line.
  public let formulas: [String]
  /// What came out.
  public let fields: [Field]
  /// Checks and concerns, in the order in which they arose.
  public let findings: [PumpFinding]
  /// The nearest request that would not be refused.
  public let alternative: String?
  /// Ids of what the result rests on.
  public let sources: [String]

  /// What the findings amount to.
  public var status: PumpFinding.Status { PumpFinding.Status(findings) }

  /// The codes of all concerns, each once, in order.
  public var codes: [String] {
    var seen: [String] = []
    for finding in findings where finding.severity > .passed && !seen.contains(finding.code) {
      seen.append(finding.code)
    }
    return seen
  }

  /// All concerns in words, the gravest first, and what to do instead.
  public var message: String {
    let concerns = findings.filter { $0.severity > .passed }
    let ordered = [PumpFinding.Severity.block, .review, .note].flatMap { severity in
      concerns.filter { $0.severity == severity }.map(\.message)
    }
    let next = status == .blocked ? alternative.map { ["Nearest that works: \($0)"] } ?? [] : []
    var unique: [String] = []
    for text in ordered + next where !unique.contains(text) { unique.append(text) }
    return unique.joined(separator: " ")
  }

  /// The figure under `key`, which is withheld in a refusal unless it explains it.
  public func value(_ key: String) -> PumpAnswer.Value? { shownFields.first { $0.key == key }?.value }

  /// The fields, without the figures that a refusal withholds.
  public var shownFields: [Field] {
    guard status == .blocked else { return fields }
    return fields.map { field in
      var withheld = PumpAnswer.Value.none
      if case .list = field.value { withheld = .list([]) }
      return field.explains
        ? field : Field(key: field.key, label: field.label, value: withheld, unit: "", explains: false)
    }
  }
}

extension PumpAnswer {
  /// A figure of a result, as data.
  public indirect enum Value: Hashable, Sendable {
    /// Unknown, not applicable or withheld.
    case none
    /// A number; its unit stands in the key or beside it.
    case number(ExactNumber)
    /// Text.
    case text(String)
    /// Yes or no.
    case flag(Bool)
    /// Several.
    case list([PumpAnswer.Value])
    /// Named parts, in order.
    case record([PumpAnswer.Part])
  }
}

extension PumpAnswer {
  /// A named part of a record.
  public struct Part: Hashable, Sendable {
    /// The key that programs read.
    public let key: String
    /// The figure.
    public let value: PumpAnswer.Value

    /// A part named `key`.
    public init(_ key: String, _ value: PumpAnswer.Value) {
      self.key = key
      self.value = value
    }
  }
}
