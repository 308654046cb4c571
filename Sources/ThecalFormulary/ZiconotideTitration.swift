public import ThecalQuantities

/// How ziconotide is raised, according to each authority.
public struct ZiconotideTitration: Hashable, Sendable, Decodable {
  /// The rule of one authority.
  public struct Rule: Hashable, Sendable, Decodable, Identifiable {
    /// `label_us`, `label_eu` or `consensus`.
    public let id: String
    /// The largest step, in `unit`.
    public let stepMax: ExactNumber
    /// The unit of steps and ceiling.
    public let unit: String
    /// The most steps in a week.
    public let perWeekMax: ExactNumber?
    /// The shortest time between two steps, in hours.
    public let minimumIntervalHours: ExactNumber
    /// The time between two steps that is advised, in hours.
    public let recommendedIntervalHours: ExactNumber?
    /// The largest daily dose.
    public let ceiling: ExactNumber
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey {
      case id, stepMax, unit, perWeekMax, minimumIntervalHours, recommendedIntervalHours, ceiling
    }

    /// Reads the rule and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      id = try entry.decode(String.self, forKey: .id)
      stepMax = try entry.decode(ExactNumber.self, forKey: .stepMax)
      unit = try entry.decode(String.self, forKey: .unit)
      perWeekMax = try entry.decodeIfPresent(ExactNumber.self, forKey: .perWeekMax)
      minimumIntervalHours = try entry.decode(ExactNumber.self, forKey: .minimumIntervalHours)
      recommendedIntervalHours = try entry.decodeIfPresent(
        ExactNumber.self, forKey: .recommendedIntervalHours)
      ceiling = try entry.decode(ExactNumber.self, forKey: .ceiling)
      citation = try Citation(from: decoder)
    }
  }

  /// The rules, one per authority.
  public let steps: [Rule]
  /// When to lower the dose.
  public let reduce: Statement
}
