public import ThecalQuantities

extension Device {
  /// How often something happens to pumps, catheters and their wearers.
  public struct EventRate: Hashable, Sendable, Decodable {
    /// The event, such as `catheter_complication`.
    public let event: String
    /// The rate, in `unit`.
    public let value: ExactNumber
    /// The interval that the source gives.
    public let low, high: ExactNumber?
    /// `1/year`, or `%` and `1` for a share.
    public let unit: String
    /// The number of events.
    public let events: Int?
    /// The number of patients.
    public let n: Int?
    /// The time watched, in patient-years.
    public let patientYears: ExactNumber?
    /// Whom or what it was seen in.
    public let population: String
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey {
      case event, value, low, high, unit, events, n, patientYears, population
    }

    /// Reads the rate and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      event = try entry.decode(String.self, forKey: .event)
      value = try entry.decode(ExactNumber.self, forKey: .value)
      low = try entry.decodeIfPresent(ExactNumber.self, forKey: .low)
      high = try entry.decodeIfPresent(ExactNumber.self, forKey: .high)
      unit = try entry.decode(String.self, forKey: .unit)
      events = try entry.decodeIfPresent(Int.self, forKey: .events)
      n = try entry.decodeIfPresent(Int.self, forKey: .n)
      patientYears = try entry.decodeIfPresent(ExactNumber.self, forKey: .patientYears)
      population = try entry.decode(String.self, forKey: .population)
      citation = try Citation(from: decoder)
    }
  }
}
