public import ThecalQuantities

/// One published table of oral morphine equivalents: named, versioned, with its own caution.
public struct OralEquivalentTable: Hashable, Sendable, Decodable, Identifiable {
  /// The tier of a factor that rises with the daily amount.
  public struct Tier: Hashable, Sendable, Decodable {
    /// The tier begins above this amount, in mg per day.
    public let above: ExactNumber
    /// It ends with this amount, in mg per day; nil for the last tier.
    public let upTo: ExactNumber?
    /// Milligrams of oral morphine for one milligram.
    public let factor: ExactNumber

    private enum CodingKeys: String, CodingKey {
      case above = "aboveMgPerDay", upTo = "upToMgPerDay", factor
    }
  }

  /// What the table says about one drug on one route.
  public struct Row: Hashable, Sendable, Decodable {
    /// A strength of a patch with a factor of its own.
    public struct Override: Hashable, Sendable, Decodable {
      /// The strength, in the unit of the row.
      public let strength: ExactNumber
      /// Its factor.
      public let factor: ExactNumber
    }

    /// The drug.
    public let drug: String
    /// The route.
    public let route: AdministrationRoute
    /// The form of the product, where several forms on a route differ.
    public let form: String?
    /// `mg` or `mcg` per day, or `mcg/h` worn.
    public let unit: String
    /// Milligrams of oral morphine a day for one unit; nil for tiers and refusals.
    public let factor: ExactNumber?
    /// The tiers of a factor that depends on the daily amount.
    public let tiers: [Tier]?
    /// Why the table gives no factor; nil where it gives one.
    public let refused: String?
    /// Strengths with a factor of their own.
    public let strengthOverrides: [Override]?
    /// Whether a dose may be derived from the equivalent; if not, it may only be shown.
    public let convertible: Bool
    /// Why no dose may be derived.
    public let reason: String?
    /// Where it stands.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey {
      case drug, route, form, unit, factor, tiers, refused, strengthOverrides, convertible, reason
    }

    /// Reads the row and, from the same object, the citation.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      route = try entry.decode(AdministrationRoute.self, forKey: .route)
      form = try entry.decodeIfPresent(String.self, forKey: .form)
      unit = try entry.decode(String.self, forKey: .unit)
      factor = try entry.decodeIfPresent(ExactNumber.self, forKey: .factor)
      tiers = try entry.decodeIfPresent([Tier].self, forKey: .tiers)
      refused = try entry.decodeIfPresent(String.self, forKey: .refused)
      strengthOverrides = try entry.decodeIfPresent([Override].self, forKey: .strengthOverrides)
      convertible = try entry.decodeIfPresent(Bool.self, forKey: .convertible) ?? true
      reason = try entry.decodeIfPresent(String.self, forKey: .reason)
      citation = try Citation(from: decoder)
    }

    /// The factor for an amount a day in the unit of the row, of a patch with `strength` where it matters.
    ///
    /// - Returns: nil where the table refuses, and outside every tier.
    public func factor(forDaily amount: ExactNumber, strength: ExactNumber? = nil) -> ExactNumber? {
      if let tiers {
        return tiers.first { $0.above < amount && ($0.upTo.map { amount <= $0 } ?? true) }?.factor
      }
      return strengthOverrides?.first { $0.strength == strength }?.factor ?? factor
    }
  }

  /// The id of the table, `cdc_2022`.
  public let id: String
  /// The edition of the document.
  public let version: String
  /// What the table is, for people.
  public let title: String
  /// `current`, `superseded`, `regional` or `analytic use`.
  public let status: String
  /// The day after which a result of this table is stale, as `2027-12-31`.
  public let reviewBy: String
  /// Whose decision that day is.
  public let reviewNote: String?
  /// The id of the document.
  public let source: String
  /// What the document warns of.
  public let caution: String
  /// Its rows.
  public let rows: [Row]

  /// The row of a drug on a route; where forms differ, that of `form` or else the one with the lowest factor.
  ///
  /// A lower equivalent gives a lower dose of the new drug.
  public func row(_ drug: String, _ route: AdministrationRoute, form: String? = nil) -> Row? {
    let rows = rows.filter { $0.drug == drug && $0.route == route }
    if let form, let row = rows.first(where: { $0.form == form }) { return row }
    return rows.min { ($0.factor ?? .zero) < ($1.factor ?? .zero) }
  }
}

extension Formulary {
  /// Tables of oral equivalents whose day of review lies before `today`: there may be a newer edition.
  public func overdueTables(on today: CalendarDate) -> [OralEquivalentTable] {
    oralEquivalentIDs.compactMap(oralEquivalents).filter { table in
      (try? CalendarDate(reading: table.reviewBy)).map { $0 < today } ?? false
    }
  }
}
