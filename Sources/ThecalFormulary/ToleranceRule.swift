public import ThecalQuantities

/// Who counts as opioid-tolerant.
public struct ToleranceRule: Hashable, Sendable, Decodable {
  /// A daily dose that makes tolerant, by drug and route.
  public struct Threshold: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// The route.
    public let route: AdministrationRoute
    /// The least dose, in `unit`.
    public let atLeast: ExactNumber
    /// `mg/day` or `mcg/h`.
    public let unit: String
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey { case drug, route, atLeast, unit }

    /// Reads the threshold and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      route = try entry.decode(AdministrationRoute.self, forKey: .route)
      atLeast = try entry.decode(ExactNumber.self, forKey: .atLeast)
      unit = try entry.decode(String.self, forKey: .unit)
      citation = try Citation(from: decoder)
    }
  }

  /// How long the dose must have been taken, in days.
  public let minimumDays: Cited<ExactNumber>
  /// The thresholds by drug.
  public let thresholds: [Threshold]
  /// The threshold for every other opioid, as oral morphine equivalents.
  public let otherOpioids: Threshold
  /// The gap after which tolerance counts as lost, in hours.
  public let gapHoursNaive: Cited<ExactNumber>
}
