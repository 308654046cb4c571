public import ThecalQuantities

/// A sentence for people, paraphrased, with its source: a contraindication, a monitoring line, a danger.
public struct Statement: Hashable, Sendable, Decodable {
  /// The sentence.
  public let text: String
  /// Whether ignoring it can kill.
  public let danger: Bool?
  /// The time it speaks of, in hours.
  public let hours: ExactNumber?
  /// The drugs it concerns; nil where the place in the data says so.
  public let drugs: [String]?
  /// A word for programs, such as `computed` or `measured` for an alarm.
  public let kind: String?
  /// The fact about a patient that brings it up, such as `psychosis_history`.
  public let when: String?
  /// What that fact does: `block` or, where absent, a flag.
  public let action: String?
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case text, danger, hours, drugs, kind, when, action }

  /// Reads the sentence and, from the same object, its citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    text = try entry.decode(String.self, forKey: .text)
    danger = try entry.decodeIfPresent(Bool.self, forKey: .danger)
    hours = try entry.decodeIfPresent(ExactNumber.self, forKey: .hours)
    drugs = try entry.decodeIfPresent([String].self, forKey: .drugs)
    kind = try entry.decodeIfPresent(String.self, forKey: .kind)
    when = try entry.decodeIfPresent(String.self, forKey: .when)
    action = try entry.decodeIfPresent(String.self, forKey: .action)
    citation = try Citation(from: decoder)
  }
}
