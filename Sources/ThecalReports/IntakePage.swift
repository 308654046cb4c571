import Mustache
import ThecalFormulary
public import ThecalIntake
import ThecalQuantities

/// The medicines of an export beside the words they were read from, for a pharmacist to go through.
///
/// Every question is on it, however many there are. Of what was read and skipped it holds as much as a browser bears.
public final class IntakePage {
  /// The most rows beside the questions that a browser opens without complaint.
  static let limit = 10_000

  private var medicines: [SigReading.Outcome: [IntakeMedicine]] = [:]
  private var others = 0
  private let engine: String

  /// An empty page, made by `engine`.
  public init(engine: String) { self.engine = engine }

  /// Adds a medicine, in the order of the source.
  public func add(_ medicine: IntakeMedicine) {
    if medicine.outcome != .ask {
      others += 1
      guard others <= Self.limit else { return }
    }
    medicines[medicine.outcome, default: []].append(medicine)
  }

  /// The page on an export that was read as `summary` says.
  ///
  /// - Throws: `IntakeProblem` where it cannot be laid out; there is no page that is empty without saying so.
  public func html(_ summary: IntakeSummary) throws(IntakeProblem) -> String {
    do { return try MustacheTemplate(string: Self.page).render(content(summary)) } catch {
      throw IntakeProblem("the page could not be laid out: \(error)", exitCode: 74)
    }
  }

  private func content(_ summary: IntakeSummary) -> [String: Any] {
    let shown = Self.sections.map { outcome, title in (outcome, title, medicines[outcome] ?? []) }
    return [
      "title": "Medicines read from an export", "engine": engine, "total": summary.total,
      "counts": Self.sections.map {
        ["name": $0.outcome.rawValue, "count": summary.counts[$0.outcome] ?? 0] as [String: Any]
      },
      "taken": summary.taken.map { ["header": $0.header, "column": $0.column.replacingUnderscores] },
      "unread": summary.unread.map { ["text": $0] },
      "hasUnread": !summary.unread.isEmpty,
      "left": others > Self.limit ? ["shown": Self.limit, "others": others] : false as Any,
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
    <p class="small">Columns: {{#taken}}{{header}} = {{column}}; {{/taken}}{{#hasUnread}} not read: {{#unread}}{{text}}; {{/unread}}{{/hasUnread}}</p>
    {{#left}}<p>Every question is shown; of the {{others}} that were read or skipped the first {{shown}}. The table holds them all.</p>{{/left}}
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
