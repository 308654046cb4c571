public import ThecalQuantities

/// The daily amounts of a drug by one route that are ordinary, odd, or impossible.
///
/// A screen for slips of unit and digit. It can add a flag and never clears one.
public struct PlausibilityWindow: Hashable, Sendable, Decodable {
  /// The route it holds for.
  public let route: AdministrationRoute
  /// The unit of the four limits, per day; `mcg/h` for a patch.
  public let unit: String
  /// Less than this cannot be meant.
  public let impossibleBelow: ExactNumber
  /// Less than this is odd.
  public let oddBelow: ExactNumber
  /// More than this is odd.
  public let oddAbove: ExactNumber
  /// More than this cannot be meant.
  public let impossibleAbove: ExactNumber
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey {
    case route, unit, impossibleBelow, oddBelow, oddAbove, impossibleAbove
  }

  /// Reads the limits and, from the same object, the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    route = try entry.decode(AdministrationRoute.self, forKey: .route)
    unit = try entry.decode(String.self, forKey: .unit)
    impossibleBelow = try entry.decode(ExactNumber.self, forKey: .impossibleBelow)
    oddBelow = try entry.decode(ExactNumber.self, forKey: .oddBelow)
    oddAbove = try entry.decode(ExactNumber.self, forKey: .oddAbove)
    impossibleAbove = try entry.decode(ExactNumber.self, forKey: .impossibleAbove)
    citation = try Citation(from: decoder)
  }
}
