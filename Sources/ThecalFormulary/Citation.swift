/// Where a figure stands: the document, the place in it, and whether somebody looked.
public struct Citation: Hashable, Sendable, Decodable {
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

  enum CodingKeys: String, CodingKey {
    case source, locator, verified, reading = "read", note
  }
}
