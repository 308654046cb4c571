public import ThecalQuantities

/// Length and cross-section of the spinal CSF space, vertebra by vertebra from C1 to the end of the sac.
public struct LevelTable: Hashable, Sendable, Decodable {
  /// What one vertebra contributes.
  public struct Level: Hashable, Sendable, Decodable {
    /// Its name, C1 … S2.
    public let name: String
    /// Its length along the canal, in an adult of the table's population.
    public let length: Length
    /// The cross-section of CSF beside it.
    public let area: Area
    /// The cross-section of the cord there; nil below its end.
    public let cordArea: Area?
    /// Where the figures stand.
    public let citation: Citation

    private enum CodingKeys: String, CodingKey {
      case level, lengthMillimeters, csfAreaSquareMillimeters, cordAreaSquareMillimeters
    }

    /// Reads one row.
    public init(from decoder: any Decoder) throws {
      let row = try decoder.container(keyedBy: CodingKeys.self)
      name = try row.decode(String.self, forKey: .level)
      length = Length(try row.decode(ExactNumber.self, forKey: .lengthMillimeters), .millimeters)
      area = Area(try row.decode(ExactNumber.self, forKey: .csfAreaSquareMillimeters), .squareMillimeters)
      cordArea = try row.decodeIfPresent(ExactNumber.self, forKey: .cordAreaSquareMillimeters).map {
        Area($0, .squareMillimeters)
      }
      citation = try Citation(from: decoder)
    }
  }

  /// The table's id.
  public let id: String
  /// Whom the figures hold for.
  public let population: String
  /// The vertebrae, from above.
  public let rows: [Level]

  /// The ids of every source, in order.
  public var sources: [String] { Set(rows.map(\.citation.source)).sorted() }
}

/// Lengths of the segments of the spinal cord, from the top of C1 downward. A dermatome is supplied by its
/// segment, which lies higher than the vertebra of the same name from C4 down.
public struct SegmentTable: Hashable, Sendable, Decodable {
  /// One segment.
  public struct Segment: Hashable, Sendable, Decodable {
    /// Its name, C1 … S5.
    public let name: String
    /// Its length along the cord.
    public let length: Length

    private enum CodingKeys: String, CodingKey { case segment, lengthMillimeters }

    /// Reads one row.
    public init(from decoder: any Decoder) throws {
      let row = try decoder.container(keyedBy: CodingKeys.self)
      name = try row.decode(String.self, forKey: .segment)
      length = Length(try row.decode(ExactNumber.self, forKey: .lengthMillimeters), .millimeters)
    }
  }

  /// The segments, from above.
  public let rows: [Segment]
  /// Where the figures stand.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case rows }

  /// Reads the table and its citation.
  public init(from decoder: any Decoder) throws {
    rows = try decoder.container(keyedBy: CodingKeys.self).decode([Segment].self, forKey: .rows)
    citation = try Citation(from: decoder)
  }
}
