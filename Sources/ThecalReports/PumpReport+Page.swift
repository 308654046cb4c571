import Mustache
import ThecalDosing
import ThecalQuantities

extension PumpReport {
  /// The report as one page of HTML without anything that must be loaded from elsewhere, its curves as tables.
  ///
  /// - Throws: An error of the template engine; there is no page that is empty without saying so.
  public var html: String {
    get throws { try MustacheTemplate(string: PumpReport.page).render(content) }
  }

  private var content: [String: Any] {
    func lines(_ texts: [String]) -> [String: Any]? {
      texts.isEmpty ? nil : ["lines": texts.map { ["text": $0] }]
    }
    func words(_ range: ClosedRange<Severity>) -> [String] {
      ordered.filter { range.contains($0.severity) }.map(\.text)
    }
    func cells(_ role: Figure.Role) -> [[String: Any]] {
      figures.filter { $0.role == role && !$0.isList && $0.value != .null }.map { figure in
        let unit = figure.unit.isEmpty ? "" : " " + figure.unit
        return ["label": figure.label, "value": figure.value.sheetText + unit]
      }
    }
    var all: [String: Any] = [
      "title": title, "status": outcome.status.rawValue, "answers": cells(.answer),
      "results": cells(.usual) + cells(.explains), "tables": figures.compactMap(table),
      "inputs": inputs.map { ["label": $0.label, "value": $0.text] },
      "formulas": formulas.map { ["text": $0] },
      "sources": outcome.sources.map { ["text": $0] },
    ]
    all["decide"] = lines(words(.review...(.error)))
    all["instead"] = outcome.alternative.map { ["text": $0.text] }
    all["notes"] = lines(words(.note...(.note)))
    all["met"] = lines(words(.passed...(.passed)))
    all["unverified"] = lines(unverified)
    return all
  }

  /// A list of records or of pairs as a table; nil for what is no list, or empty.
  private func table(_ figure: Figure) -> [String: Any]? {
    guard case .list(let items) = figure.value, let first = items.first else { return nil }
    var head: [String] = []
    if case .object(let fields) = first { head = fields.map { $0.key.replacing("_", with: " ") } }
    let rows = items.map { item -> [String: Any] in
      let values: [AnswerValue] =
        switch item {
        case .object(let fields): fields.map(\.value)
        case .list(let values): values
        default: [item]
        }
      return ["cells": values.map { ["text": $0.sheetText] }]
    }
    return ["label": figure.label, "head": head.map { ["text": $0] }, "rows": rows]
  }

  private static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a; }
    h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin-top: 1.6rem; }
    .ok { background: #00664b; } .review { background: #8a5a00; } .blocked { background: #b03a00; } .error { background: #5b2a6e; }
    .tag { color: #fff; border-radius: .25rem; padding: .1rem .5rem; font-weight: 600; }
    .answer { font-size: 1.2rem; } table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #ddd; }
    @media print { body { margin: 0; max-width: none; font-size: 11px; } }
    </style>
    </head>
    <body>
    <h1>{{title}} <span class="tag {{status}}">{{status}}</span></h1>
    {{#answers}}<p class="answer">{{label}}: <b>{{value}}</b></p>
    {{/answers}}
    {{#decide}}<h2>To decide</h2><ul>{{#lines}}<li>{{text}}</li>{{/lines}}</ul>{{/decide}}
    {{#instead}}<h2>Nearest that works</h2><p>{{text}}</p>{{/instead}}
    <h2>Result</h2>
    <table>{{#results}}<tr><td>{{label}}</td><td>{{value}}</td></tr>{{/results}}</table>
    {{#tables}}<h2>{{label}}</h2>
    <table><thead><tr>{{#head}}<th>{{text}}</th>{{/head}}</tr></thead><tbody>{{#rows}}<tr>{{#cells}}<td>{{text}}</td>{{/cells}}</tr>
    {{/rows}}</tbody></table>
    {{/tables}}
    {{#notes}}<h2>Good to know</h2><ul>{{#lines}}<li>{{text}}</li>{{/lines}}</ul>{{/notes}}
    {{#met}}<h2>Checks that were met</h2><ul>{{#lines}}<li>{{text}}</li>{{/lines}}</ul>{{/met}}
    <h2>Inputs</h2>
    <table>{{#inputs}}<tr><td>{{label}}</td><td>{{value}}</td></tr>{{/inputs}}</table>
    <h2>Formula</h2>
    <ul>{{#formulas}}<li>{{text}}</li>{{/formulas}}</ul>
    {{#unverified}}<h2>Figures that nobody has read in their source</h2><ul>{{#lines}}<li>{{text}}</li>{{/lines}}</ul>{{/unverified}}
    <h2>Sources</h2>
    <ul>{{#sources}}<li>{{text}}</li>{{/sources}}</ul>
    <p>Computed by: ______________________ &nbsp; Checked by: ______________________ &nbsp; Date: ____________</p>
    </body>
    </html>
    """
}
