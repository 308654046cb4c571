public import ThecalQuantities

/// A published range, or a single figure as a range whose ends agree, with what it means and its source.
public struct CitedRange: Hashable, Sendable, Decodable {
  /// The lower end.
  public let low: ExactNumber
  /// The upper end.
  public let high: ExactNumber
  /// The unit of both, as the source writes it.
  public let unit: String
  /// The class of patient it holds for: `naive`, `tolerant`, `any`.
  public let patientClass: String?
  /// The kind of authority: `label`, `label_eu`, `consensus`, `consensus_2012`, `screening`, `series`, ….
  public let basis: String?
  /// What the figure says: `ceiling`, `caution`, `limited experience above`, `maximum`, ….
  public let meaning: String?
  /// Whom or what it holds for.
  public let population: String?
  /// The condition under which it holds, such as how a reservoir was filled.
  public let condition: String?
  /// The shortest time between two uses of a step, in days.
  public let everyDays: ExactNumber?
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey {
    case value, low, high, unit, basis, meaning, population, condition, everyDays, patientClass = "class"
  }

  /// Reads `value`, or `low` and `high`, and from the same object the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    let value = try entry.decodeIfPresent(ExactNumber.self, forKey: .value)
    low = try value ?? entry.decode(ExactNumber.self, forKey: .low)
    high = try value ?? entry.decode(ExactNumber.self, forKey: .high)
    unit = try entry.decode(String.self, forKey: .unit)
    patientClass = try entry.decodeIfPresent(String.self, forKey: .patientClass)
    basis = try entry.decodeIfPresent(String.self, forKey: .basis)
    meaning = try entry.decodeIfPresent(String.self, forKey: .meaning)
    population = try entry.decodeIfPresent(String.self, forKey: .population)
    condition = try entry.decodeIfPresent(String.self, forKey: .condition)
    everyDays = try entry.decodeIfPresent(ExactNumber.self, forKey: .everyDays)
    citation = try Citation(from: decoder)
  }

  /// The lower end as a quantity; nil where the unit is not one of this dimension.
  public func lowQuantity<D>(_ dimension: D.Type = D.self) -> Quantity<D>? { thecalQuantity(low, unit) }

  /// The upper end as a quantity; nil where the unit is not one of this dimension.
  public func highQuantity<D>(_ dimension: D.Type = D.self) -> Quantity<D>? { thecalQuantity(high, unit) }
}
