import ThecalPump
import Mustache
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension PumpReport {
  /// The report as one page of HTML without anything that must be loaded from elsewhere, its curves as tables.
  ///
  /// - Throws: An error of the template engine; there is no page that is empty without saying so.
  public var html: String {
    get throws { try MustacheTemplate(string: PumpReport.page).render(content) }
  }

  private var content: [String: Any] {
    func words(_ range: ClosedRange<Severity>) -> [String] {
      ordered.filter { range.contains($0.severity) }.map(\.text)
    }
    func cells(_ role: Figure.Role) -> [[String: Any]] {
      figures.filter { $0.role == role && !$0.isList && $0.isForPeople }.map { figure in
        let unit = figure.unit.isEmpty ? "" : " " + figure.unit
        return ["label": figure.label, "value": figure.value.sheetText + unit]
      }
    }
    var all: [String: Any] = [
      "title": title, "status": outcome.status.rawValue, "answers": cells(.answer),
      "results": cells(.usual) + cells(.explains), "tables": figures.compactMap(table),
      "inputs": inputs.map { ["label": $0.label, "value": $0.text] },
      "formulas": formulas.map { ["text": $0] },
    ]
    all["sources"] = section(
      outcome.sources.compactMap(Formulary.embedded.source).map { SourceText($0).text })
    all["decide"] = section(words(.review...(.error)))
    all["instead"] = outcome.alternative.map { ["text": $0.text] }
    all["notes"] = section(words(.note...(.note)))
    all["met"] = section(words(.passed...(.passed)))
    all["unverified"] = section(unverified)
    return all
  }

  /// A list of records or of pairs as a table; nil for what is no list, or empty.
  private func table(_ figure: Figure) -> [String: Any]? {
    guard case .list(let items) = figure.value, let first = items.first else { return nil }
    var head: [String] = []
    if case .object(let fields) = first {
      head = fields.filter { !$0.value.isForPrograms }.map { $0.key.replacing("_", with: " ") }
      if head.count == 1 { head = [] }  // the heading says what they are
    }
    // A curve of hundreds of points says on paper what a few dozen say.
    let step = (items.count + Self.mostLines - 1) / Self.mostLines
    let shown = items.indices.filter { $0.isMultiple(of: step) || $0 == items.count - 1 }.map { items[$0] }
    let rows = shown.map { item -> [String: Any] in
      let values: [AnswerValue] =
        switch item {
        case .object(let fields): fields.map(\.value).filter { !$0.isForPrograms }
        case .list(let values): values
        default: [item]
        }
      return ["cells": values.map { ["text": $0.sheetText] }]
    }
    let label = step == 1 ? figure.label : "\(figure.label), \(shown.count) of \(items.count) points"
    return ["label": label, "head": head.map { ["text": $0] }, "rows": rows]
  }

  /// Lines of a table on a page.
  private static let mostLines = 60

  private static let page = """
    \(PageStyle.head)
    <body>
    <table class="whole"><thead><tr><th>Patient <span class="blank"></span> {{title}} <span class="tag {{status}}">{{status}}</span></th></tr></thead><tbody><tr><td>
    <h1>{{title}}</h1>
    \(PageStyle.use)
    {{#answers}}<p class="answer">{{label}}: <b>{{value}}</b></p>
    {{/answers}}
    {{#decide}}<h2>To decide</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/decide}}
    {{#instead}}<h2>Nearest that works</h2><p>{{text}}</p>{{/instead}}
    <h2>Result</h2>
    <table><tbody>{{#results}}<tr><th>{{label}}</th><td>{{value}}</td></tr>{{/results}}</tbody></table>
    {{#tables}}<h2>{{label}}</h2>
    <div class="wide"><table><thead><tr>{{#head}}<th>{{text}}</th>{{/head}}</tr></thead><tbody>{{#rows}}<tr>{{#cells}}<td>{{text}}</td>{{/cells}}</tr>
    {{/rows}}</tbody></table></div>
    {{/tables}}
    {{#notes}}<h2>Good to know</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/notes}}
    {{#met}}<h2>Checks that were met</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/met}}
    <h2>Inputs</h2>
    <table><tbody>{{#inputs}}<tr><th>{{label}}</th><td>{{value}}</td></tr>{{/inputs}}</tbody></table>
    <h2>Formula</h2>
    <ul>{{#formulas}}<li>{{text}}</li>{{/formulas}}</ul>
    {{#unverified}}<h2>Figures that nobody has read in their source</h2><ul class="small">{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/unverified}}
    {{#sources}}<h2>Sources</h2><ul class="small">{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/sources}}
    \(PageStyle.signatures)
    </td></tr></tbody></table>
    </body>
    </html>
    """
}
