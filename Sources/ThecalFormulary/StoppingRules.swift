public import ThecalQuantities

/// What happens when a drug is stopped, lowered or interrupted, and what is allowed.
public struct StoppingRules: Hashable, Sendable, Decodable {
  /// When withdrawal begins and how it goes.
  public struct Withdrawal: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// Whether it can kill.
    public let danger: Bool
    /// When it begins, in words.
    public let onset: String
    /// How it goes.
    public let course: String
    /// When it begins, in hours; nil where there is no withdrawal.
    public let timing: Timing?
    /// Where the words stand.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey { case drug, danger, onset, course, timing }

    /// Reads the timing and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      danger = try entry.decode(Bool.self, forKey: .danger)
      onset = try entry.decode(String.self, forKey: .onset)
      timing = try entry.decodeIfPresent(Timing.self, forKey: .timing)
      course = try entry.decode(String.self, forKey: .course)
      citation = try Citation(from: decoder)
    }
  }

  /// When withdrawal begins, in hours after the stop: a figure with a source of its own, often not that of the words.
  public struct Timing: Hashable, Sendable, Decodable {
    /// The earliest begin.
    public let earliestHours: ExactNumber
    /// The latest begin.
    public let latestHours: ExactNumber
    /// Between which hours it begins in most people, for a share of people by the length of a gap; nil where cases alone are
    /// published.
    public let onsetHours: [ExactNumber]?
    /// From when to when it is worst.
    public let peakHours: [ExactNumber]?
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey { case earliestHours, latestHours, onsetHours, peakHours }

    /// Reads the timing and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      earliestHours = try entry.decode(ExactNumber.self, forKey: .earliestHours)
      latestHours = try entry.decode(ExactNumber.self, forKey: .latestHours)
      onsetHours = try entry.decodeIfPresent([ExactNumber].self, forKey: .onsetHours)
      peakHours = try entry.decodeIfPresent([ExactNumber].self, forKey: .peakHours)
      citation = try Citation(from: decoder)
    }
  }

  /// A schedule of weaning that a source describes.
  public struct Preset: Hashable, Sendable, Decodable, Identifiable {
    /// The id of the preset.
    public let id: String
    /// The drugs it is for.
    public let drugs: [String]
    /// The decrease per step, in percent of the dose before.
    public let percentPerStep: ExactNumber
    /// The days between two steps.
    public let everyDays: ExactNumber
    /// For whom it was described.
    public let population: String
    /// The days for which the drug has been taken at least; nil where the source sets no such bound.
    public let daysTaken: ExactNumber?
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey {
      case id, drugs, percentPerStep, everyDays, population, daysTaken
    }

    /// Reads the schedule and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      id = try entry.decode(String.self, forKey: .id)
      drugs = try entry.decode([String].self, forKey: .drugs)
      percentPerStep = try entry.decode(ExactNumber.self, forKey: .percentPerStep)
      everyDays = try entry.decode(ExactNumber.self, forKey: .everyDays)
      population = try entry.decode(String.self, forKey: .population)
      daysTaken = try entry.decodeIfPresent(ExactNumber.self, forKey: .daysTaken)
      citation = try Citation(from: decoder)
    }
  }

  /// What happens to medicines beside a pump once it has started.
  public struct OralWeaning: Hashable, Sendable, Decodable {
    /// Schedules for medicines beside the pump.
    public let schedules: [Preset]
    /// What to watch for; `kind` names the medicines.
    public let watch: [Statement]
    /// What panels and series say.
    public let rules: [Statement]
  }

  /// A figure for one drug.
  public struct PerDrug: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// The figure.
    public let figure: Cited<ExactNumber>

    private enum CodingKeys: String, CodingKey { case drug }

    /// Reads the drug and, from the same object, the cited figure.
    public init(from decoder: any Decoder) throws {
      drug = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .drug)
      figure = try Cited(from: decoder)
    }
  }

  /// Withdrawal by drug.
  public let withdrawal: [Withdrawal]
  /// The largest decrease of a daily dose in a day, in percent; drugs without an entry have none.
  public let maxStepDownPercentPerDay: [PerDrug]
  /// Schedules of weaning.
  public let presets: [Preset]
  /// Advice that is no schedule.
  public let advice: [Statement]
  /// The gap after which a restart is that of a patient without tolerance, in hours.
  public let naiveAfterHours: Cited<ExactNumber>
  /// Rates at which a restart was an overdose.
  public let restartOverdoses: [PerDrug]
  /// When the risk is highest.
  public let highestRisk: Statement

  /// The timing of withdrawal from a drug; nil where nothing is known.
  public func withdrawal(from drug: String) -> Withdrawal? { withdrawal.first { $0.drug == drug } }
}
