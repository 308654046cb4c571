/// A group of drugs that must never be given intrathecally.
public struct ForbiddenDrug: Hashable, Sendable, Decodable, Identifiable {
  /// The id of the group.
  public let id: String
  /// The names that are recognized, in lower case.
  public let names: [String]
  /// What happens.
  public let reason: String
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case id, names, reason }

  /// Reads the group and, from the same object, the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    id = try entry.decode(String.self, forKey: .id)
    names = try entry.decode([String].self, forKey: .names)
    reason = try entry.decode(String.self, forKey: .reason)
    citation = try Citation(from: decoder)
  }
}
