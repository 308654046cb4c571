public import ThecalQuantities

/// How often a patch is changed: what is usual, and beyond which it is no regimen.
public struct PatchChange: Hashable, Sendable, Decodable {
  /// The shortest and the longest usual interval.
  public let usual: ClosedRange<Time>
  /// The shortest and the longest interval that can be meant.
  public let possible: ClosedRange<Time>
  /// Where it stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case usual, possible }

  /// Reads the intervals, in hours, and from the same object the citation.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    usual = try PatchChange.range(entry, .usual)
    possible = try PatchChange.range(entry, .possible)
    citation = try Citation(from: decoder)
  }

  private static func range(
    _ entry: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
  ) throws -> ClosedRange<Time> {
    let hours = try entry.decode([ExactNumber].self, forKey: key)
    guard hours.count == 2, hours[0] > .zero, hours[0] <= hours[1] else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: entry, debugDescription: "two numbers of hours, the smaller first")
    }
    return Time(hours[0], .hours)...Time(hours[1], .hours)
  }
}
