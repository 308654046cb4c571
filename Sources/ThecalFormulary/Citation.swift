/// Where a figure stands: the document, the place in it, and whether somebody looked.
///
/// A class, so that millions of results share the few thousand instances; it never changes.
public final class Citation: Sendable, Decodable {
  /// How the figure was read.
  public enum Reading: String, Hashable, Sendable, Decodable {
    /// In the document cited, or in a full copy of it.
    case primary
    /// In the abstract of the document cited, where it stands.
    case abstract
    /// In another document that reports the one cited; `readIn` names it.
    case secondary
    /// By arithmetic on other figures, such as a count from a printed percentage; verified where all of them were.
    case derived
    /// Not at all: recalled and waiting to be checked, or decided by this project.
    case recalled
  }

  /// What was read in place of the document that is cited.
  public struct ReadIn: Hashable, Sendable, Decodable {
    /// The id of the document that was read.
    public let document: String
    /// The place in it.
    public let at: String
  }

  /// The id of the document, which `Formulary.source(_:)` resolves.
  public let source: String
  /// The place in the document: a section, a table and row.
  public let locator: String
  /// Whether the figure was compared with a document. A figure that was not marks every result it acts on.
  public let verified: Bool
  /// How the figure was read.
  public let reading: Reading
  /// What was read, where that is not the document cited; nil where it is.
  public let readIn: ReadIn?
  /// What a reader of the figure should know.
  public let note: String?

  /// What the caller states himself, such as a figure read on the pump's own label.
  public static let stated = Citation(
    source: "", locator: "stated with the request", verified: true, .primary)

  /// A place in a document.
  init(source: String, locator: String, verified: Bool, _ reading: Reading, note: String? = nil) {
    self.source = source
    self.locator = locator
    self.verified = verified
    self.reading = reading
    readIn = nil
    self.note = note
  }

  enum CodingKeys: String, CodingKey {
    case source, locator, verified, reading = "read", readIn, note
  }
}

extension Citation: Hashable {
  /// Whether two citations name the same place, read in the same way.
  public static func == (a: Citation, b: Citation) -> Bool {
    a === b
      || (a.source == b.source && a.locator == b.locator && a.verified == b.verified
        && a.reading == b.reading && a.readIn == b.readIn && a.note == b.note)
  }

  /// Feeds what tells citations apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(locator)
  }

  /// Whether the figure is this project's own: a cut-off or reading that no document states.
  public var isOwn: Bool { source == Citation.ownSource }

  /// The id of the document in which this project states its own cut-offs.
  public static let ownSource = "thecal_policy"
}
