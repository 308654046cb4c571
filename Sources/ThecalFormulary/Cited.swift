public import ThecalQuantities

/// A published figure: what is said, in which unit, of whom, and who says so.
///
/// The one type for a figure in the whole engine, from the data file to the result.
public struct Cited<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value, in `unit` where it is a bare number.
  public let value: Value
  /// The unit, as the source writes it; nil for a value that has none, such as a code.
  public let unit: String?
  /// Whom or what the value holds for.
  public let population: String?
  /// Where it stands.
  public let citation: Citation

  /// A figure that stands at `citation`.
  public init(_ value: Value, unit: String? = nil, population: String? = nil, _ citation: Citation) {
    self.value = value
    self.unit = unit
    self.population = population
    self.citation = citation
  }

  /// The id of the source, for `thecal cite`.
  public var source: String { citation.source }

  /// Whether the figure was compared with a document.
  public var verified: Bool { citation.verified }

  /// The same figure in another form, such as a quantity for a number.
  public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Cited<Other> {
    Cited<Other>(try transform(value), unit: unit, population: population, citation)
  }
}

extension Cited: Decodable where Value: Decodable {
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

extension Cited {
  /// A figure that the caller answers for, such as one read on the pump's own label.
  public init(stated value: Value) { self.init(value, .stated) }

  /// Whether the caller stated the figure.
  public var isStated: Bool { citation === Citation.stated }
}

extension Cited where Value == ExactNumber {
  /// The value as a quantity; nil where the unit is not one of this dimension.
  public func quantity<D>(_ dimension: D.Type = D.self) -> Quantity<D>? { thecalQuantity(value, unit) }

  /// The figure as a quantity; nil where the unit is not one of this dimension.
  public func measured<D>(_ dimension: D.Type = D.self) -> Cited<Quantity<D>>? {
    quantity(dimension).map { Cited<Quantity<D>>($0, unit: unit, population: population, citation) }
  }
}

/// `value` in the unit spelled `unit`; nil where that is no unit of the dimension.
func thecalQuantity<D>(_ value: ExactNumber, _ unit: String?) -> Quantity<D>? {
  unit.flatMap(Quantity<D>.unit(named:)).map { Quantity(value, $0) }
}
