import Mustache
import ThecalFormulary
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
    let shown = Self.sections.map { outcome, title in
      (outcome, title, medicines.filter { $0.outcome == outcome })
    }
    return [
      "title": "Medicines read from an export", "engine": engine, "total": summary.total,
      "counts": Self.sections.map {
        ["name": $0.outcome.rawValue, "count": summary.counts[$0.outcome] ?? 0] as [String: Any]
      },
      "taken": summary.taken.map { ["text": $0] }, "unread": summary.unread.map { ["text": $0] },
      "hasUnread": !summary.unread.isEmpty,
      "left": summary.total > medicines.count ? ["shown": medicines.count] : false as Any,
      "sections": shown.filter { !$0.2.isEmpty }.map { outcome, title, medicines in
        ["title": title, "isAsked": outcome == .ask, "rows": medicines.map(row)] as [String: Any]
      },
    ]
  }

  /// What needs somebody stands first.
  private static let sections: [(outcome: SigReading.Outcome, title: String)] = [
    (.ask, "Questions: nothing was guessed, somebody must answer"),
    (.read, "Read: compare each with its source"), (.skip, "Skipped, and why"),
  ]

  private func row(_ medicine: IntakeMedicine) -> [String: Any] {
    let dose = medicine.dose.map { "\(ClinicalText.number($0)) \(medicine.unit) \(medicine.frequency)" } ?? ""
    return [
      "line": medicine.line, "patient": medicine.patient, "text": medicine.sourceWords,
      "outcome": medicine.outcome.rawValue, "isAsked": medicine.outcome == .ask,
      "drug": Formulary.embedded.tallMan(medicine.drug), "route": medicine.route, "dose": dose,
      "reasons": medicine.findings.map { ["text": $0.text] },
    ]
  }

  private static let page = """
    \(PageStyle.head)
    <body>
    <h1>Medicines read from an export</h1>
    <p class="small">{{engine}}</p>
    \(PageStyle.use)
    <p>{{total}} medicines: {{#counts}}<span class="tag {{name}}">{{count}} {{name}}</span> {{/counts}}</p>
    <p class="small">Columns: {{#taken}}{{text}}; {{/taken}}{{#hasUnread}} not read: {{#unread}}{{text}}; {{/unread}}{{/hasUnread}}</p>
    {{#left}}<p>The first {{shown}} lines are shown; the table holds them all.</p>{{/left}}
    {{#sections}}<h2>{{title}}</h2>
    <div class="wide"><table class="lists"><thead><tr><th class="line">Line</th><th class="name">Patient</th><th class="source">Source</th><th>Read as</th><th>Why</th></tr></thead>
    <tbody>
    {{#rows}}<tr><td>{{line}}</td><td>{{patient}}</td><td class="source">{{text}}</td><td><span class="tag {{outcome}}">{{outcome}}</span> {{drug}} {{route}}<br><b>{{dose}}</b>{{#isAsked}}<br>In a day <span class="blank"></span> by <span class="blank"></span>{{/isAsked}}</td><td><ul>{{#reasons}}<li>{{text}}</li>{{/reasons}}</ul></td></tr>
    {{/rows}}
    </tbody></table></div>
    {{/sections}}
    \(PageStyle.signatures)
    </body>
    </html>
    """
}
