public import ThecalQuantities

/// One value with its unit, the people it was measured on, and its source.
public struct Cited<Value: Hashable & Sendable & Decodable>: Hashable, Sendable, Decodable {
  /// The value, in `unit`.
  public let value: Value
  /// The unit, as the source writes it; nil for a value that has none, such as a code.
  public let unit: String?
  /// Whom or what the value holds for.
  public let population: String?
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case value, unit, population }

  /// Reads the value and, from the same object, its citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    value = try entry.decode(Value.self, forKey: .value)
    unit = try entry.decodeIfPresent(String.self, forKey: .unit)
    population = try entry.decodeIfPresent(String.self, forKey: .population)
    citation = try Citation(from: decoder)
  }
}

extension Cited where Value == ExactNumber {
  /// The value as a quantity; nil where the unit is not one of this dimension.
  public func quantity<D>(_ dimension: D.Type = D.self) -> Quantity<D>? { thecalQuantity(value, unit) }
}

/// `value` in the unit spelled `unit`; nil where that is no unit of the dimension.
func thecalQuantity<D>(_ value: ExactNumber, _ unit: String?) -> Quantity<D>? {
  unit.flatMap(Quantity<D>.unit(named:)).map { Quantity(value, $0) }
}
