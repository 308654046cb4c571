public import ThecalQuantities

/// How long one solution or mixture was shown to keep.
public struct StabilityRecord: Hashable, Sendable, Decodable, Identifiable {
  /// A drug of the mixture, at the concentrations studied.
  public struct Component: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// The lowest concentration studied; nil where the source states none.
    public let concentrationLow: ExactNumber?
    /// The highest concentration studied.
    public let concentrationHigh: ExactNumber?
    /// The unit of the two.
    public let concentrationUnit: String?
  }

  /// The id of the record.
  public let id: String
  /// The drugs; one for a plain solution.
  public let components: [Component]
  /// Where it was kept.
  public let container: String
  /// The lowest and highest temperature, in degrees Celsius.
  public let temperatureC: [ExactNumber]?
  /// The share of the drug that was left at the end, in percent: at least.
  public let retainedPercent: ExactNumber?
  /// The time, in days, with its condition and source.
  public let days: CitedRange

  private enum CodingKeys: String, CodingKey { case id, components, container, temperatureC, retainedPercent }

  /// Reads the record and, from the same object, the cited time.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    id = try entry.decode(String.self, forKey: .id)
    components = try entry.decode([Component].self, forKey: .components)
    container = try entry.decode(String.self, forKey: .container)
    temperatureC = try entry.decodeIfPresent([ExactNumber].self, forKey: .temperatureC)
    retainedPercent = try entry.decodeIfPresent(ExactNumber.self, forKey: .retainedPercent)
    days = try CitedRange(from: decoder)
  }
}
