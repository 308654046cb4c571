public import ThecalFormulary
import ThecalQuantities

/// The tables that conversions rest on, as people and programs read them.
public struct TableCatalog: Sendable {
  private let formulary: Formulary

  /// The tables of `formulary`.
  public init(_ formulary: Formulary) { self.formulary = formulary }

  /// Ids of all tables.
  public var ids: [String] { formulary.oralEquivalentIDs + formulary.ratioIDs }

  /// That a table was to be checked for a newer edition.
  public static func overdue(_ table: OralEquivalentTable) -> String {
    "\(table.id) was to be reviewed by \(table.reviewBy)"
  }

  /// A line for each table.
  public var list: Answer {
    let rows =
      formulary.oralEquivalentIDs.compactMap(formulary.oralEquivalents).map(line)
      + formulary.ratioIDs.compactMap(formulary.ratios).map(line)
    let text = rows.map { row in
      row.id.padded(to: 18) + row.kind.padded(to: 18) + row.version.padded(to: 12) + row.status.padded(to: 16)
        + row.title
    }
    return Answer(
      text: text.joined(separator: "\n"), sources: rows.map(\.source),
      fields: [
        AnswerField("data", .text(formulary.version)), AnswerField("tables", .list(rows.map(\.value))),
      ])
  }

  /// One table with every figure and its source; nil where there is none of that id.
  public func table(_ id: String) -> Answer? {
    if let table = formulary.oralEquivalents(id) { return answer(table) }
    return formulary.ratios(id).map(answer)
  }

  private func line(_ table: OralEquivalentTable) -> TableLine {
    TableLine(
      id: table.id, kind: "oral equivalents", version: table.version, status: table.status,
      title: table.title, source: table.source)
  }

  private func line(_ table: RatioTable) -> TableLine {
    let use = table.rangeOnly ? "range only" : table.forStarting ? "for starting" : "not for starting"
    return TableLine(
      id: table.id, kind: "ratio", version: table.version,
      status: table.citation.verified ? use : "\(use), unverified",
      title: table.title, source: table.citation.source)
  }

  private func answer(_ table: OralEquivalentTable) -> Answer {
    let rows = table.rows.map { row in
      "  " + "\(row.drug) \(row.route.rawValue)\(row.form.map { " (\($0))" } ?? "")".padded(to: 34)
        + factor(row).padded(to: 34) + cited(row.citation)
    }
    let head = [
      "\(table.id), version \(table.version), \(table.status), to be reviewed by \(table.reviewBy)",
      table.title, table.caution,
      "mg/day of oral morphine for one unit a day (mcg/h worn for patches):",
    ]
    return Answer(
      text: (head + rows).joined(separator: "\n"), message: table.caution, sources: [table.source],
      fields: [
        AnswerField("id", .text(table.id)), AnswerField("version", .text(table.version)),
        AnswerField("table_status", .text(table.status)), AnswerField("title", .text(table.title)),
        AnswerField("review_by", .text(table.reviewBy)), AnswerField("rows", .list(table.rows.map(value))),
      ])
  }

  private func factor(_ row: OralEquivalentTable.Row) -> String {
    if let tiers = row.tiers {
      return tiers.map { "above \($0.above)\($0.upTo.map { " to \($0)" } ?? ""): x \($0.factor)" }.joined(
        separator: "; ")
    }
    guard let factor = row.factor else { return "refused: \(row.refused ?? "")" }
    let overrides = (row.strengthOverrides ?? []).map { " (\($0.strength) \(row.unit): x \($0.factor))" }
      .joined()
    return "x \(factor) per \(row.unit)\(overrides)\(row.convertible ? "" : ", not converted")"
  }

  private func value(_ row: OralEquivalentTable.Row) -> AnswerValue {
    .object([
      AnswerField("drug", .text(row.drug)), AnswerField("route", .text(row.route.rawValue)),
      AnswerField("unit", .text(row.unit)),
      AnswerField("factor", row.factor.map { .number($0) } ?? .null), AnswerField("rule", .text(factor(row))),
      AnswerField("convertible", .flag(row.convertible)), AnswerField("source", .text(row.citation.source)),
      AnswerField("locator", .text(row.citation.locator)),
      AnswerField("verified", .flag(row.citation.verified)),
    ])
  }

  private func answer(_ table: RatioTable) -> Answer {
    let direction =
      "\(table.from.rawValue) to \(table.to.rawValue), \(table.drugs.joined(separator: " and "))"
    let lines = [
      "\(table.id), version \(table.version): \(table.title)", direction,
      "low \(table.low), middle \(table.mid?.plainText ?? "none"), high \(table.high); for starting \(table.start?.plainText ?? "none")",
      "settings: \(table.settings.map(\.replacingUnderscores).joined(separator: ", "))", table.condition,
      cited(table.citation),
      table.citation.note ?? "",
    ]
    return Answer(
      text: lines.filter { !$0.isEmpty }.joined(separator: "\n"), message: table.condition,
      sources: [table.citation.source],
      fields: [
        AnswerField("id", .text(table.id)), AnswerField("version", .text(table.version)),
        AnswerField("title", .text(table.title)),
        AnswerField("from", .text(table.from.rawValue)), AnswerField("to", .text(table.to.rawValue)),
        AnswerField("drugs", .list(table.drugs.map { .text($0) })), AnswerField("low", .number(table.low)),
        AnswerField("mid", table.mid.map { .number($0) } ?? .null), AnswerField("high", .number(table.high)),
        AnswerField("start", table.start.map { .number($0) } ?? .null),
        AnswerField("for_starting", .flag(table.forStarting)),
        AnswerField("range_only", .flag(table.rangeOnly)),
        AnswerField("settings", .list(table.settings.map { .text($0) })),
        AnswerField("locator", .text(table.citation.locator)),
        AnswerField("verified", .flag(table.citation.verified)),
      ])
  }

  private func cited(_ citation: Citation) -> String {
    "\(citation.source), \(citation.locator)\(citation.verified ? "" : " (not verified)")"
  }
}

/// A table as the list shows it.
private struct TableLine {
  let id, kind, version, status, title, source: String

  var value: AnswerValue {
    .object([
      AnswerField("id", .text(id)), AnswerField("kind", .text(kind)), AnswerField("version", .text(version)),
      AnswerField("table_status", .text(status)), AnswerField("title", .text(title)),
      AnswerField("source", .text(source)),
    ])
  }
}
