public import ThecalQuantities

/// Factors on a start: for incomplete cross-tolerance, and for patients at risk.
public struct DoseReduction: Hashable, Sendable, Decodable {
  /// What a rule says, or what brings a reduction up.
  public struct Reason: Hashable, Sendable, Decodable, Identifiable {
    /// The id of the rule, such as `frail`.
    public let id: String
    /// The input column that brings it up.
    public let column: String?
    /// The rule in words.
    public let text: String
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey { case id, column, text }

    /// Reads the rule and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      id = try entry.decode(String.self, forKey: .id)
      column = try entry.decodeIfPresent(String.self, forKey: .column)
      text = try entry.decode(String.self, forKey: .text)
      citation = try Citation(from: decoder)
    }
  }

  /// The id of the rule, `cross_tolerance` or `risk_reduction`.
  public let id: String
  /// The factor on a start, applied once.
  public let factor: Cited<ExactNumber>
  /// The rules of the literature, or the facts that bring the factor up.
  public let reasons: [Reason]
  /// The age from which a patient counts as at risk, in years.
  public let ageYears: Cited<ExactNumber>?
}
