public import ThecalFormulary
public import ThecalQuantities

/// A published number in use: what it is, and who says so.
///
/// A class, so that millions of results share the few hundred instances.
public final class Figure: Sendable {
  /// The number, in `unit`.
  public let value: ExactNumber
  /// Its unit, as the source writes it; empty for a pure number.
  public let unit: String
  /// Where it stands.
  public let citation: Citation
  /// What to say where an unverified figure acts, by what it acts on; worded once, because a batch says it often.
  private let warnings: [Notice]

  init(_ value: ExactNumber, _ unit: String, _ citation: Citation) {
    self.value = value
    self.unit = unit
    self.citation = citation
    warnings =
      citation.verified
      ? [] : ActedOn.allCases.map { Notice.unverified(value, unit, citation.source, on: $0.rawValue) }
  }

  /// The finding that this figure acted on `part` although nobody has verified it; nil where somebody has.
  func warning(actingOn part: ActedOn) -> Notice? {
    warnings.isEmpty ? nil : warnings[part.index]
  }

  convenience init(_ cited: Cited<ExactNumber>) { self.init(cited.value, cited.unit ?? "", cited.citation) }

  /// The id of the source, for `thecal cite`.
  public var source: String { citation.source }

  /// Whether the figure was compared with its source.
  public var verified: Bool { citation.verified }
}

/// The parts of a result that a figure may act on.
enum ActedOn: String, CaseIterable {
  case start, limit, estimate, equivalents

  var index: Int {
    switch self {
    case .start: 0
    case .limit: 1
    case .estimate: 2
    case .equivalents: 3
    }
  }
}

extension Figure: Hashable {
  /// Whether two figures are the same number from the same place.
  public static func == (a: Figure, b: Figure) -> Bool {
    a === b || (a.value == b.value && a.unit == b.unit && a.citation == b.citation)
  }

  /// Feeds what tells figures apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(value)
    hasher.combine(citation)
  }
}
