public import ThecalQuantities

/// A fact about a patient that stops a start or puts a flag on it.
public struct PatientFlag: Hashable, Sendable, Decodable, Identifiable {
  /// What the fact does.
  public enum Action: String, Hashable, Sendable, Decodable {
    /// No dose is printed.
    case stop
    /// The result carries a message and is `review`.
    case flag
  }

  /// The id of the fact.
  public let id: String
  /// The input column that states it.
  public let column: String
  /// What it does.
  public let action: Action
  /// The code that the result carries.
  public let code: String
  /// The message.
  public let text: String
  /// The target drugs it concerns; nil for all.
  public let drugs: [String]?
  /// For a number, the limit below which the fact holds.
  public let below: ExactNumber?
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case id, column, action, code, text, drugs, below }

  /// Reads the fact and, from the same object, the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    id = try entry.decode(String.self, forKey: .id)
    column = try entry.decode(String.self, forKey: .column)
    action = try entry.decode(Action.self, forKey: .action)
    code = try entry.decode(String.self, forKey: .code)
    text = try entry.decode(String.self, forKey: .text)
    drugs = try entry.decodeIfPresent([String].self, forKey: .drugs)
    below = try entry.decodeIfPresent(ExactNumber.self, forKey: .below)
    citation = try Citation(from: decoder)
  }
}
