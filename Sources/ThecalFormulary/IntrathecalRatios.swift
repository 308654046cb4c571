public import ThecalQuantities

/// What is known about changing from one intrathecal drug to another.
public struct IntrathecalRatios: Hashable, Sendable, Decodable {
  /// A ratio in one direction.
  public struct Ratio: Hashable, Sendable, Decodable {
    /// The present drug.
    public let from: String
    /// The new drug.
    public let to: String
    /// The smallest published mass of morphine for one of the other drug.
    public let low: ExactNumber
    /// The largest.
    public let high: ExactNumber
    /// The end that gives the lower new dose.
    public let use: ExactNumber
    /// How it is applied, in words.
    public let rule: String
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey { case from, to, low, high, use, rule }

    /// Reads the ratio and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      from = try entry.decode(String.self, forKey: .from)
      to = try entry.decode(String.self, forKey: .to)
      low = try entry.decode(ExactNumber.self, forKey: .low)
      high = try entry.decode(ExactNumber.self, forKey: .high)
      use = try entry.decode(ExactNumber.self, forKey: .use)
      rule = try entry.decode(String.self, forKey: .rule)
      citation = try Citation(from: decoder)
    }
  }

  /// A change for which no ratio is safe.
  public struct Refusal: Hashable, Sendable, Decodable {
    /// The present drugs.
    public let from: [String]
    /// The new drugs.
    public let to: [String]
    /// Why, and what to do instead.
    public let reason: String
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey { case from, to, reason }

    /// Reads the refusal and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      from = try entry.decode([String].self, forKey: .from)
      to = try entry.decode([String].self, forKey: .to)
      reason = try entry.decode(String.self, forKey: .reason)
      citation = try Citation(from: decoder)
    }
  }

  /// The id of the table.
  public let id: String
  /// Its version.
  public let version: String
  /// The ratios, one per direction.
  public let ratios: [Ratio]
  /// The changes that are refused.
  public let refusals: [Refusal]

  /// The ratio from one drug to another; nil where there is none.
  public func ratio(from: String, to: String) -> Ratio? { ratios.first { $0.from == from && $0.to == to } }

  /// Why a change is refused; nil where it is not.
  public func refusal(from: String, to: String) -> Refusal? {
    refusals.first { $0.from.contains(from) && $0.to.contains(to) }
  }
}
