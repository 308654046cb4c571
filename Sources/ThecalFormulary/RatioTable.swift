public import ThecalQuantities

/// One published ratio between two routes of the same drug. It has a direction and no inverse.
public struct RatioTable: Hashable, Sendable, Decodable, Identifiable {
  /// The id of the table, `leaflet_300`.
  public let id: String
  /// The edition of the document.
  public let version: String
  /// What the ratio is, for people.
  public let title: String
  /// The drugs it speaks of.
  public let drugs: [String]
  /// The route it starts from.
  public let from: AdministrationRoute
  /// The route it leads to.
  public let to: AdministrationRoute
  /// The smallest ratio, the dose on the oral route divided by the intrathecal one.
  public let low: ExactNumber
  /// The middle; nil where the source gives a range only.
  public let mid: ExactNumber?
  /// The largest ratio.
  public let high: ExactNumber
  /// The ratio that the source starts with; nil where it names none.
  public let start: ExactNumber?
  /// The settings it was used in: `cancer`, `noncancer`, `spasticity_spinal`, `spasticity_cerebral`.
  public let settings: [String]
  /// Whether it may serve for a first dose.
  public let forStarting: Bool
  /// Whether the source gives an order of magnitude only.
  public let rangeOnly: Bool
  /// The drugs for which it is a rule of thumb without a primary study.
  public let ruleOfThumb: [String]
  /// The patients whom the source excludes.
  public let excludes: [String]
  /// For whom it holds, in words.
  public let condition: String
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey {
    case id, version, title, drugs, from, to, low, mid, high, start, settings, forStarting, rangeOnly
    case ruleOfThumb, excludes, condition
  }

  /// Reads the ratio and, from the same object, the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    id = try entry.decode(String.self, forKey: .id)
    version = try entry.decode(String.self, forKey: .version)
    title = try entry.decode(String.self, forKey: .title)
    drugs = try entry.decode([String].self, forKey: .drugs)
    from = try entry.decode(AdministrationRoute.self, forKey: .from)
    to = try entry.decode(AdministrationRoute.self, forKey: .to)
    low = try entry.decode(ExactNumber.self, forKey: .low)
    mid = try entry.decodeIfPresent(ExactNumber.self, forKey: .mid)
    high = try entry.decode(ExactNumber.self, forKey: .high)
    start = try entry.decodeIfPresent(ExactNumber.self, forKey: .start)
    settings = try entry.decode([String].self, forKey: .settings)
    forStarting = try entry.decode(Bool.self, forKey: .forStarting)
    rangeOnly = try entry.decode(Bool.self, forKey: .rangeOnly)
    ruleOfThumb = try entry.decodeIfPresent([String].self, forKey: .ruleOfThumb) ?? []
    excludes = try entry.decodeIfPresent([String].self, forKey: .excludes) ?? []
    condition = try entry.decode(String.self, forKey: .condition)
    citation = try Citation(from: decoder)
  }
}
