/// Where a figure stands: the document, the place in it, and whether somebody looked.
///
/// A class, so that millions of results share the few thousand instances; it never changes.
public final class Citation: Sendable, Decodable {
  /// How the figure was read.
  public enum Reading: String, Hashable, Sendable, Decodable {
    /// In the document cited, or in its abstract.
    case primary
    /// In a document that reports the one cited, such as a compendium.
    case secondary
    /// By arithmetic on figures that were read; the note says how.
    case derived
    /// Not at all: recalled, and waiting to be checked.
    case none
  }

  /// The id of the document, which `Formulary.source(_:)` resolves.
  public let source: String
  /// The place in the document: a section, a table and row.
  public let locator: String
  /// Whether the figure was compared with a document. A figure that was not marks every result it acts on.
  public let verified: Bool
  /// How the figure was read.
  public let reading: Reading
  /// What a reader of the figure should know.
  public let note: String?

  /// What the caller states himself, such as a figure read on the pump's own label.
  public static let stated = Citation(source: "", locator: "stated with the request", verified: true, .primary)

  /// A place in a document.
  init(source: String, locator: String, verified: Bool, _ reading: Reading, note: String? = nil) {
    self.source = source
    self.locator = locator
    self.verified = verified
    self.reading = reading
    self.note = note
  }

  enum CodingKeys: String, CodingKey {
    case source, locator, verified, reading = "read", note
  }
}

extension Citation: Hashable {
  /// Whether two citations name the same place, read in the same way.
  public static func == (a: Citation, b: Citation) -> Bool {
    a === b
      || (a.source == b.source && a.locator == b.locator && a.verified == b.verified
        && a.reading == b.reading && a.note == b.note)
  }

  /// Feeds what tells citations apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(locator)
  }

  /// Whether the figure is this project's own: a cut-off or reading that no document states.
  public var isOwn: Bool { source == "thecal_policy" }
}
