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

  /// A dose or a band of doses.
  public struct Dose: Hashable, Sendable, Decodable {
    /// The lower end; nil where the band is open.
    public let low: ExactNumber?
    /// The upper end; nil where the band is open.
    public let high: ExactNumber?
    /// The dose that stands for the band in a fit; nil where none was chosen.
    public let taken: ExactNumber?
    /// The unit of the three.
    public let unit: String
    /// What the band means.
    public let note: String?
  }

  /// The other arm of the study.
  public struct Comparator: Hashable, Sendable, Decodable {
    /// Patients with the effect.
    public let events: Int
    /// Patients in the arm.
    public let n: Int
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
  /// The effect, such as `respiratory_depression`.
  public let effect: String
  /// Patients with the effect; nil where the source gives a percentage of an unknown number.
  public let events: Int?
  /// Patients in all.
  public let n: Int?
  /// The percentage that the source prints.
  public let percent: ExactNumber?
  /// The other arm.
  public let comparator: Comparator?
  /// What the source counted as the effect.
  public let definition: String
  /// Whether the row may enter a fit of dose and response.
  public let fit: Bool
  /// Rows of one group share a definition and may be fitted together.
  public let group: String?
  /// Where it stands; the study is its source.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey {
    case drug, route, regimen, dose, population, effect, events, n, percent, comparator, definition, fit,
      group
  }

  /// Reads the count and, from the same object, the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    drug = try entry.decode(String.self, forKey: .drug)
    route = try entry.decode(String.self, forKey: .route)
    regimen = try entry.decode(Regimen.self, forKey: .regimen)
    dose = try entry.decodeIfPresent(Dose.self, forKey: .dose)
    population = try entry.decode(String.self, forKey: .population)
    effect = try entry.decode(String.self, forKey: .effect)
    events = try entry.decodeIfPresent(Int.self, forKey: .events)
    n = try entry.decodeIfPresent(Int.self, forKey: .n)
    percent = try entry.decodeIfPresent(ExactNumber.self, forKey: .percent)
    comparator = try entry.decodeIfPresent(Comparator.self, forKey: .comparator)
    definition = try entry.decode(String.self, forKey: .definition)
    fit = try entry.decode(Bool.self, forKey: .fit)
    group = try entry.decodeIfPresent(String.self, forKey: .group)
    citation = try Citation(from: decoder)
  }
}
