import Mustache
public import ThecalBatch
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

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
        return try MustacheTemplate(string: ReportTemplate.page).render(content)
      } catch {
        throw BatchProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
      }
    }
  }

  private var content: [String: Any] {
    let counts = [Status.ok, .review, .blocked, .error].map {
      ["name": $0.rawValue, "count": summary.count($0)] as [String: Any]
    }
    let sources = rows.flatMap(\.conversion.sources).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return [
      "engine": engine, "counts": counts, "total": total,
      "left": total > rows.count ? ["shown": rows.count] : false as Any,
      "rows": rows.map(row),
      "worst": summary.worst.map {
        [
          "patient": $0.patient, "status": $0.status.rawValue,
          "message": $0.findings.map(\.text).joined(separator: " "),
        ]
      },
      "sources": sources.compactMap(Formulary.embedded.source).map { ["text": SourceText($0).text] },
    ]
  }

  private func row(_ row: ReportRow) -> [String: Any] {
    let conversion = row.conversion
    let unit = conversion.startUnit
    func number(_ value: ExactNumber?) -> String {
      value.map { ClinicalText.number($0.rounded(toSignificantDigits: 3)) } ?? ""
    }
    func exact(_ value: ExactNumber?) -> String { value.map(ClinicalText.number) ?? "" }
    // An empty text opens a section in Mustache; what is not there must be false.
    func section(_ text: String?) -> Any { text.map { $0 as Any } ?? false }
    let range = conversion.low.map { "\(number($0)) to \(number(conversion.high))" }
    return [
      "patient": row.patient, "drugs": row.drugs,
      "target": Formulary.embedded.drug(named: row.target)?.tallMan ?? row.target,
      "status": conversion.status.rawValue,
      "codes": conversion.codes.codes.map(\.name).joined(separator: " "),
      "equivalent": exact(conversion.equivalent?.rounded(toSignificantDigits: 6)),
      "estimate": conversion.estimate.map { "\(number($0)) \(conversion.unit?.daily ?? "")" } ?? "",
      "range": section(range),
      "start": unit.flatMap { unit in
        conversion.start.map { "\(exact(unit.perDay($0))) \(unit.daily)" }
      } ?? "",
      "basis": section(conversion.startBasis?.text),
      "limit": unit.flatMap { unit in
        conversion.limit.map { "\(exact(unit.perDay($0))) \(unit.daily)" }
      } ?? "",
      "notices": conversion.findings.all.map { ["text": $0.text, "kind": $0.severity.status.rawValue] },
      "steps": conversion.derivation.map { step in
        let words = step.words
        return ["quantity": words.quantity, "arithmetic": words.arithmetic]
      },
    ]
  }
}
