public import ThecalFormulary
import ThecalQuantities

/// A document that the data cite, as people and programs read it.
public struct SourceText: Sendable {
  private let source: Source

  /// The words for `source`.
  public init(_ source: Source) { self.source = source }

  /// Authors, title, place, address, and how much of it was read.
  public var text: String {
    let year = source.year.map { " (\($0))" } ?? ""
    let authors = source.authors.isEmpty ? "Author not named" : source.authors.joined(separator: ", ")
    let ids = [source.doi.map { "doi \($0)" }, source.pmid.map { "PubMed \($0)" }, source.url].compactMap {
      $0
    }
    let lines = [
      "[\(source.id)] \(authors)\(year). \(source.title).",
      source.journal ?? "",
      ids.joined(separator: "; "), "\(source.kind.rawValue), \(reading)", source.note ?? "",
    ]
    return lines.filter { !$0.isEmpty }.joined(separator: "\n  ")
  }

  /// The document as one line of JSON.
  public var json: String {
    func optional(_ text: String?) -> AnswerValue { text.map { .text($0) } ?? .null }
    return Answer(
      text: text, sources: [source.id],
      fields: [
        AnswerField("id", .text(source.id)), AnswerField("title", .text(source.title)),
        AnswerField("authors", .list(source.authors.map { .text($0) })),
        AnswerField("year", source.year.map { .number(.init($0)) } ?? .null),
        AnswerField("kind", .text(source.kind.rawValue)),
        AnswerField("journal", optional(source.journal)), AnswerField("doi", optional(source.doi)),
        AnswerField("pmid", optional(source.pmid)), AnswerField("url", optional(source.url)),
        AnswerField("read", .text(source.reading.rawValue)), AnswerField("note", optional(source.note)),
      ]
    ).json
  }

  private var reading: String {
    switch source.reading {
    case .primary: "read in the document or a copy of it"
    case .abstract: "read in its abstract"
    case .secondary: "read in a document that reports it"
    case .none: "not read: its figures are recalled and mark every result they act on"
    }
  }
}
