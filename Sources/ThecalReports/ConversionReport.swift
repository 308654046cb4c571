import Mustache
public import ThecalBatch
import ThecalDosing
import ThecalFormulary
import ThecalTabular
import ThecalConversion

/// Collects what a page shows: every result up to a number that a page can bear, the grave ones first.
public final class ReportCollector: @unchecked Sendable {
  // Called by the batch's one writer, in order; read after the batch has ended.
  /// The results kept.
  public private(set) var rows: [ReportRow] = []
  /// How many there were.
  public private(set) var total = 0

  /// A page with ten thousand results is the most that a browser opens without complaint.
  private static let limit = 10_000

  /// Nothing yet.
  public init() {}

  /// Adds a result.
  public func add(_ row: ReportRow) {
    total += 1
    if rows.count < ReportCollector.limit { rows.append(row) }
  }
}

/// The results of a batch as one HTML page, without anything that must be loaded from elsewhere.
public struct ConversionReport: Sendable {
  private let summary: BatchSummary
  private let rows: [ReportRow]
  private let total: Int
  private let engine: String

  /// A page on `rows`, the first of `total` results, made by `engine`.
  public init(_ summary: BatchSummary, _ rows: [ReportRow], total: Int, engine: String) {
    self.summary = summary
    self.rows = rows
    self.total = total
    self.engine = engine
  }

  /// Writes the page, complete or not at all.
  public func write(to path: String) throws(BatchProblem) {
    let page = try html
    do {
      let file = try AtomicFile(path: path)
      try file.write(Array(page.utf8).span)
      try file.commit()
    } catch {
      throw BatchProblem(error)
    }
  }

  /// The page.
  public var html: String {
    get throws(BatchProblem) {
      do {
        return try MustacheTemplate(string: Self.page).render(content)
      } catch {
        throw BatchProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
      }
    }
  }

  private var content: [String: Any] {
    let counts = [Status.ok, .review, .blocked, .error].map {
      ["name": $0.rawValue, "count": summary.count($0)] as [String: Any]
    }
    var (seen, sources): (Set<String>, [String]) = ([], [])
    for id in rows.lazy.flatMap(\.conversion.sources) where seen.insert(id).inserted { sources.append(id) }
    return [
      "title": "Intrathecal conversion", "engine": engine, "counts": counts, "total": total,
      "left": total > rows.count ? ["shown": rows.count] : false as Any,
      "rows": rows.map { ConversionCard($0).content },
      "worst": summary.worst.map {
        [
          "patient": $0.patient, "status": $0.status.rawValue,
          "message": $0.findings.map(\.text).joined(separator: " "),
        ]
      },
      "sources": sources.compactMap(Formulary.embedded.source).map { ["text": SourceText($0).text] },
    ]
  }

  private static let page = """
    \(PageStyle.head)
    <body>
    <h1>Intrathecal conversion</h1>
    <p class="small">{{engine}}</p>
    \(PageStyle.use)
    <p>{{#counts}}<span class="tag {{name}}">{{count}} {{name}}</span> {{/counts}}</p>
    {{#left}}<p>The first {{shown}} of {{total}} results are shown; the table holds them all.</p>{{/left}}
    <h2>Needs attention first</h2>
    <ul>{{#worst}}<li><b>{{patient}}</b>: {{status}}. {{message}}</li>{{/worst}}</ul>
    <h2>Results</h2>
    {{#rows}}\(ConversionCard.template)
    {{/rows}}
    <h2>Sources</h2>
    <ul class="small">{{#sources}}<li>{{text}}</li>{{/sources}}</ul>
    \(PageStyle.signatures)
    </body>
    </html>
    """
}
