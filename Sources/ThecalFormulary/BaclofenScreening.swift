public import ThecalQuantities

/// The label's test of response to intrathecal baclofen, and the rules for the doses that follow.
public struct BaclofenScreening: Hashable, Sendable, Decodable {
  /// A range of steps, in percent, or of doses, for one setting and age.
  public struct Rule: Hashable, Sendable, Decodable {
    /// `titration`, `maintenance_up` or `maintenance_down`; nil for a range of doses.
    public let phase: String?
    /// `spasticity_spinal`, `spasticity_cerebral` or `any`.
    public let setting: String
    /// `adult`, `child` or `any`.
    public let age: String
    /// The range.
    public let range: CitedRange

    private enum CodingKeys: String, CodingKey { case phase, setting, age }

    /// Reads whom the rule is for and, from the same object, the range.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      phase = try entry.decodeIfPresent(String.self, forKey: .phase)
      setting = try entry.decode(String.self, forKey: .setting)
      age = try entry.decode(String.self, forKey: .age)
      range = try CitedRange(from: decoder)
    }
  }

  /// The boluses in their order.
  public let boluses: [Cited<ExactNumber>]
  /// The largest bolus; without response to it there is no pump.
  public let bolusMax: Cited<ExactNumber>
  /// The first bolus of very small children.
  public let bolusChildFirst: Cited<ExactNumber>
  /// The time between two boluses.
  public let intervalHours: Cited<ExactNumber>
  /// The shortest duration of an injection.
  public let injectionMinutes: Cited<ExactNumber>
  /// How long to watch after a bolus.
  public let observationHours: CitedRange
  /// First daily dose as a multiple of the effective bolus.
  public let startFactor: Cited<ExactNumber>
  /// The same where the effect lasted longer than `prolongedAboveHours`.
  public let startFactorProlonged: Cited<ExactNumber>
  /// The length of effect beyond which the bolus is not doubled.
  public let prolongedAboveHours: Cited<ExactNumber>
  /// How long the first dose stays unchanged.
  public let noIncreaseHours: Cited<ExactNumber>
  /// Steps allowed per change, in percent.
  public let steps: [Rule]
  /// Maintenance doses.
  public let maintenance: [Rule]
  /// What a sudden need for more means.
  public let suspectDelivery: Statement
  /// Who is a candidate.
  public let candidacy: [Statement]
}
