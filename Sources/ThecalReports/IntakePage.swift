import Mustache
import ThecalIntake
import ThecalQuantities

/// The medicines of an export beside the words they were read from, for a pharmacist to go through.
struct IntakePage {
  /// The most rows that a browser opens without complaint.
  static let limit = 10_000

  private let summary: IntakeSummary
  private let medicines: [IntakeMedicine]
  private let engine: String

  init(_ summary: IntakeSummary, _ medicines: [IntakeMedicine], engine: String) {
    self.summary = summary
    self.medicines = medicines
    self.engine = engine
  }

  /// The page.
  var html: String {
    guard let template = try? MustacheTemplate(string: Self.page) else { return "" }
    return template.render(content)
  }

  private var content: [String: Any] {
    let outcomes: [SigReading.Outcome] = [.ask, .read, .skip]
    return [
      "engine": engine, "total": summary.total,
      "counts": outcomes.map { ["name": $0.rawValue, "count": summary.counts[$0] ?? 0] as [String: Any] },
      "taken": summary.taken.map { ["text": $0] }, "unread": summary.unread.map { ["text": $0] },
      "hasUnread": !summary.unread.isEmpty,
      "left": summary.total > medicines.count ? ["shown": medicines.count] : false as Any,
      "rows": medicines.map(row),
    ]
  }

  private func row(_ medicine: IntakeMedicine) -> [String: Any] {
    let dose = medicine.dose.map { "\(ClinicalText.number($0)) \(medicine.unit) \(medicine.frequency)" } ?? ""
    return [
      "line": medicine.line, "patient": medicine.patient, "text": medicine.text,
      "outcome": medicine.outcome.rawValue,
      "drug": medicine.drug, "route": medicine.route, "dose": dose,
      "reasons": medicine.findings.map { ["text": $0.text] },
    ]
  }

  private static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Medicines read from an export</title>
    <style>
    body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1a1a1a; }
    h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
    .use { border-left: 4px solid #d55e00; padding: .4rem .8rem; background: #fdf3ec; }
    .tag { color: #fff; border-radius: .25rem; padding: .05rem .45rem; font-weight: 600; }
    .read { background: #00664b; } .ask { background: #5b2a6e; } .skip { background: #555; }
    table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #ddd; }
    th { position: sticky; top: 0; background: #f4f4f4; } td.source { max-width: 28rem; overflow-wrap: anywhere; } ul { margin: 0; padding-left: 1.1rem; }
    @media print { body { margin: 0; max-width: none; font-size: 11px; } th { position: static; } }
    </style>
    </head>
    <body>
    <h1>Medicines read from an export</h1>
    <p>{{engine}}</p>
    <p class="use">Compare every line with its source before it is converted. What is asked was not guessed: somebody must answer it.</p>
    <p>{{total}} medicines: {{#counts}}<span class="tag {{name}}">{{count}} {{name}}</span> {{/counts}}</p>
    <p>Columns: {{#taken}}{{text}}; {{/taken}}{{#hasUnread}} not read: {{#unread}}{{text}}; {{/unread}}{{/hasUnread}}</p>
    {{#left}}<p>The first {{shown}} lines are shown; the table holds them all.</p>{{/left}}
    <table>
    <thead><tr><th>Line</th><th>Patient</th><th>Source</th><th></th><th>Read as</th><th>Why</th></tr></thead>
    <tbody>
    {{#rows}}<tr><td>{{line}}</td><td>{{patient}}</td><td class="source">{{text}}</td><td><span class="tag {{outcome}}">{{outcome}}</span></td><td>{{drug}} {{route}}<br><b>{{dose}}</b></td><td><ul>{{#reasons}}<li>{{text}}</li>{{/reasons}}</ul></td></tr>
    {{/rows}}
    </tbody>
    </table>
    </body>
    </html>
    """
}
