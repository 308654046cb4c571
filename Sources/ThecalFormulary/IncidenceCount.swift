public import ThecalQuantities

/// How often one effect was seen in one study, at one dose, in one population.
///
/// Populations and definitions are kept apart: a count of surgical single shots says nothing of pumps.
public struct IncidenceCount: Hashable, Sendable, Decodable {
  /// How the drug was given.
  public enum Regimen: String, Hashable, Sendable, Decodable {
    /// One injection.
    case single
    /// An infusion over weeks or years.
    case continuous
    /// A test of response.
    case screening
    /// While the dose was being found.
    case titration
    /// At a settled dose.
    case maintenance
  }

  /// Whether those counted had been used to opioids.
  public enum ToleranceState: String, Hashable, Sendable, Decodable, CaseIterable {
    /// No opioid was taken regularly.
    case naive
    /// Opioids had been taken regularly, or the infusion had gone on for weeks.
    case tolerant
    /// Both were counted together.
    case mixed
  }

  /// When an answer is looked at, for the models of exposure that a count calibrates.
  public enum Stage: String, Hashable, Sendable, Decodable, CaseIterable {
    /// After an injection, a screening bolus or a trial.
    case single
    /// Weeks to years into an infusion.
    case longTerm = "long_term"
  }

  /// Which of the events were counted.
  public enum Severity: String, Hashable, Sendable, Decodable {
    /// All of them.
    case any
    /// Those that needed treatment, a stop, or were called serious.
    case serious
  }

  /// The doses that were given.
  public struct Dose: Hashable, Sendable, Decodable {
    /// The smallest dose; nil where the band is open.
    public let low: ExactNumber?
    /// The largest dose; nil where the band is open.
    public let high: ExactNumber?
    /// The mean, or the median where the note says so; nil where the source gives none.
    public let mean: ExactNumber?
    /// The dose that a fit takes for an open band, where this project chose one.
    public let assumed: ExactNumber?
    /// The unit of all.
    public let unit: String
    /// What the figures mean.
    public let note: String?

    /// The dose at which the count stands in a fit; nil where the source gives a band alone.
    public var standing: ExactNumber? { mean ?? assumed ?? (low == high ? low : nil) }
  }

  /// A time: of observation, or to an event.
  public struct Span: Hashable, Sendable, Decodable {
    /// The mean, or the median where the note says so.
    public let mean: ExactNumber?
    /// The standard deviation.
    public let sd: ExactNumber?
    /// The shortest and the longest.
    public let low, high: ExactNumber?
    /// The unit of all.
    public let unit: String
    /// What the figures mean.
    public let note: String?
  }

  /// The counts that print as the percentage of the source.
  public struct CountRange: Hashable, Sendable, Decodable {
    /// The fewest and the most events.
    public let low, high: Int
  }

  /// The other arm of the study.
  public struct Comparator: Hashable, Sendable, Decodable {
    /// Patients with the effect.
    public let events: Int
    /// Patients in the arm.
    public let n: Int
    /// The percentage that the source prints.
    public let percent: ExactNumber?
    /// The counts that print as it.
    public let countRange: CountRange?
    /// What the arm received.
    public let label: String?
  }

  /// The drug.
  public let drug: String
  /// The route: one of `AdministrationRoute`, or `mixed`.
  public let route: String
  /// How the drug was given.
  public let regimen: Regimen
  /// The dose; nil where the source gives none.
  public let dose: Dose?
  /// Whom it was given to.
  public let population: String
  /// Whether they had been used to opioids; nil where the source does not say, or the drug is none.
  public let tolerance: ToleranceState?
  /// How long they were watched.
  public let followUp: Span?
  /// How long after the start those with the effect had it.
  public let timeToEvent: Span?
  /// The effect, such as `respiratory_depression`.
  public let effect: String
  /// Which of the events were counted.
  public let severity: Severity
  /// Patients with the effect; nil where the source gives a percentage of an unknown number.
  public let events: Int?
  /// Patients in all.
  public let n: Int?
  /// The percentage that the source prints.
  public let percent: ExactNumber?
  /// The counts that print as the percentage, where the count was taken from it.
  public let countRange: CountRange?
  /// The other arm.
  public let comparator: Comparator?
  /// What the source counted as the effect.
  public let definition: String
  /// Whether the row may enter a fit of dose and response.
  public let fit: Bool
  /// Rows of one group share a definition and may be fitted together.
  public let group: String?
  /// The stage of the models of exposure that the count calibrates; nil for a count that calibrates none.
  public let calibrates: Stage?
  /// Where it stands; the study is its source.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey {
    case drug, route, regimen, dose, population, tolerance, followUp, timeToEvent, effect, severity, events,
      n,
      percent, countRange, comparator, definition, fit, group,
      calibrates
  }

  /// Reads the count and, from the same object, the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    drug = try entry.decode(String.self, forKey: .drug)
    route = try entry.decode(String.self, forKey: .route)
    regimen = try entry.decode(Regimen.self, forKey: .regimen)
    dose = try entry.decodeIfPresent(Dose.self, forKey: .dose)
    population = try entry.decode(String.self, forKey: .population)
    tolerance = try entry.decodeIfPresent(ToleranceState.self, forKey: .tolerance)
    followUp = try entry.decodeIfPresent(Span.self, forKey: .followUp)
    timeToEvent = try entry.decodeIfPresent(Span.self, forKey: .timeToEvent)
    effect = try entry.decode(String.self, forKey: .effect)
    severity = try entry.decodeIfPresent(Severity.self, forKey: .severity) ?? .any
    events = try entry.decodeIfPresent(Int.self, forKey: .events)
    n = try entry.decodeIfPresent(Int.self, forKey: .n)
    percent = try entry.decodeIfPresent(ExactNumber.self, forKey: .percent)
    countRange = try entry.decodeIfPresent(CountRange.self, forKey: .countRange)
    comparator = try entry.decodeIfPresent(Comparator.self, forKey: .comparator)
    definition = try entry.decode(String.self, forKey: .definition)
    fit = try entry.decode(Bool.self, forKey: .fit)
    group = try entry.decodeIfPresent(String.self, forKey: .group)
    calibrates = try entry.decodeIfPresent(Stage.self, forKey: .calibrates)
    citation = try Citation(from: decoder)
  }
}
