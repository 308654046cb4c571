public import ThecalBatch
import ThecalDosing
import ThecalPump
import ThecalQuantities
import ThecalTabular

/// A refill list as a table, as JSON and as a calendar.
public struct RefillListTable: Sendable {
  private let list: RefillList
  private var asOf: CalendarDate { list.asOf }

  /// The table of `list`, with the days that are left.
  public init(_ list: RefillList) { self.list = list }

  /// The names of the columns.
  static let columns = [
    "patient_id", "refill_by", "days_left", "days_empty_early", "limited_by", "status", "codes", "message",
    "device",
    "drugs", "flow_mL_per_day", "fill_date", "line", "as_of",
  ]

  /// The table as CSV.
  public var csv: String {
    var writer = CSVWriter()
    writer.appendRow(RefillListTable.columns)
    for row in list.rows {
      for cell in cells(row) {
        switch cell {
        case .number(let number): writer.appendNumber(number.plainText)
        case .text(let text): writer.appendText(text)
        default: writer.appendEmpty()
        }
      }
      writer.endRow()
    }
    return String(decoding: writer.output.bytes, as: UTF8.self)
  }

  /// The table as JSON Lines, one object for each patient.
  public var jsonLines: String {
    list.rows.map { row in
      var writer = JSONWriter()
      var values = cells(row)
      values[6] = .list(codes(row).map { .text($0) })
      writer.append(.object(zip(RefillListTable.columns, values).map { AnswerField($0.0, $0.1) }))
      return String(decoding: writer.output.bytes, as: UTF8.self) + "\n"
    }.joined()
  }

  /// The refill days as a calendar, each with its patient.
  public var calendar: RefillCalendar {
    RefillCalendar(
      list.rows.compactMap { row in
        row.refillBy == nil ? nil : row.plan.map { RefillCalendar.Entry($0, patient: row.patient) }
      })
  }

  /// Whether a patient has no refill day.
  public var hasRefusals: Bool { list.rows.contains { $0.findings.isRefused } }

  private func codes(_ row: RefillList.Row) -> [String] { row.findings.codes.codes.map(\.name) }

  private func cells(_ row: RefillList.Row) -> [AnswerValue] {
    let plan = row.findings.isRefused ? nil : row.plan
    let request = plan?.request
    let drugs = [request?.drug?.id].compactMap { $0 } + (request?.others.map(\.drug.id) ?? [])
    return [
      .text(row.patient), date(row.refillBy), .maybe(row.refillBy.map { ExactNumber($0 - asOf) }),
      .maybe(plan?.emptyEarly.map { $0.days.rounded(toPlaces: 2) }), text(plan?.binding?.kind.rawValue),
      .text(row.findings.status.rawValue), .text(codes(row).joined(separator: ";")), .text(message(row)),
      text(row.plan?.request.device.id), .text(drugs.joined(separator: ";")),
      .maybe(plan?.flow.exactValue(in: .millilitersPerDay)), date(row.plan?.request.date),
      .number(ExactNumber(row.line)), date(asOf),
    ]
  }

  private func text(_ text: String?) -> AnswerValue { text.map { .text($0) } ?? .null }
  private func date(_ date: CalendarDate?) -> AnswerValue { text(date?.text) }

  /// What needs a decision.
  private func message(_ row: RefillList.Row) -> String {
    row.findings.all.filter { $0.severity >= .review }.sorted { $0.severity > $1.severity }.map(\.text)
      .joined(separator: " ")
  }
}
