/// A document that the data cite.
public struct Source: Hashable, Sendable, Decodable, Identifiable {
  /// What sort of document it is.
  public enum Kind: String, Hashable, Sendable, Decodable {
    /// Prescribing information of a product.
    case label
    /// A guideline or a consensus of experts.
    case guideline
    /// A paper, an abstract or a book chapter.
    case paper
    /// A table of factors or codes.
    case table
    /// A maker's manual or product page.
    case manual
    /// A leaflet for patients.
    case leaflet
    /// A recall, a safety notice or a bulletin.
    case notice
    /// Arithmetic of this project on published figures.
    case derivation
    /// A decision of this project, awaiting clinical sign-off.
    case design
  }

  /// How much of the document was read.
  public enum Reading: String, Hashable, Sendable, Decodable {
    /// The document, or a copy of it.
    case primary
    /// Its abstract.
    case abstract
    /// Another document that reports it.
    case secondary
    /// Nothing: its figures are recalled.
    case none
  }

  /// Why no figure that was read in a document counts as compared.
  public enum Doubt: String, Hashable, Sendable, Decodable {
    /// A program took the figures out of other documents.
    case machine
    /// Nobody signed it, and it names no source.
    case unsigned
  }

  /// The key that figures cite, as in `references.bib`.
  public let id: String
  /// Its title.
  public let title: String
  /// Persons or bodies; `others` stands for further ones. None where the copy that was read names nobody.
  public let authors: [String]
  /// The year of the edition used; nil where the copy that was read shows none.
  public let year: Int?
  /// What sort of document it is.
  public let kind: Kind
  /// The journal with volume and pages.
  public let journal: String?
  /// Its digital object identifier.
  public let doi: String?
  /// Its number in PubMed.
  public let pmid: String?
  /// An address.
  public let url: String?
  /// How much of it was read.
  public let reading: Reading
  /// Why no figure that was read in it counts as compared; nil where nothing speaks against it.
  public let doubt: Doubt?
  /// What a reader of its figures should know.
  public let note: String?

  private enum CodingKeys: String, CodingKey {
    case id, title, authors, year, kind, journal, doi, pmid, url, reading = "read", doubt, note
  }
}
