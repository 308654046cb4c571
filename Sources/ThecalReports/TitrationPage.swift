import ThecalDosing
import Mustache
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalScenario
import ThecalTitration

extension TitrationReport {
  /// Writes the plan as a page to print, complete or not at all.
  public func writePage(to path: String, engine: String) throws(SimulationProblem) {
    let html: String
    do {
      html = try MustacheTemplate(string: TitrationPage.page).render(pageContent(engine))
    } catch {
      throw SimulationProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
    }
    try writeWhole(Array(html.utf8), to: path, inputs: [self.path])
  }

  private func pageContent(_ engine: String) -> [String: Any] {
    // A page holds this many lines; a longer course is cut where it no longer changes much.
    let lines = changes.prefix(Self.linesPerPage)
    return [
      "title": title, "engine": engine, "when": "Day", "begin": "Date of day 1",
      "status": plan.findings.status.rawValue, "facts": facts,
      "arrival": arrival ?? "", "slower": slower.map { ["text": $0] }, "unit": plan.unit.daily,
      "effect": effectTitle,
      "rows": lines.map { day in
        [
          "day": String(day.day), "dose": ClinicalText.number(number(day.dose)),
          "step": day.step.map { $0 == .zero ? "" : "\(rounded($0.double * 100, 3)) %" } ?? "",
          "level": rounded(day.level, 3), "effect": shown(effect: day.effect), "risk": shown(risk: day.risk),
        ]
      },
      "left": changes.count > lines.count
        ? "\(changes.count - lines.count) further changes stand in the table." : "",
      // An empty text opens a section in Mustache; what is not there must be false.
      "next": plan.next.map { "\(words($0.low)) to \(words($0.high)) from day \($0.day) on" as Any } ?? false,
      "reasons": (plan.next?.reasons ?? []).map { ["text": $0.text] },
      "rules": plan.stopRules.map { ["text": $0.text] },
      "notes": plan.findings.all.map { ["text": $0.text] },
      "sources": plan.findings.sources.sorted().joined(separator: ", "),
    ]
  }

  private static let linesPerPage = 24
}

/// The page of a plan. Nothing on it is filled in for the prescriber: the boxes are for pen and signature.
enum TitrationPage {
  static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>{{title}}</title>
    <style>
    @page { size: A4; margin: 14mm; }
    body { font: 13px/1.4 system-ui, sans-serif; margin: 1.5rem auto; max-width: 52rem; padding: 0 1rem; color: #1a1a1a; }
    h1 { font-size: 1.25rem; margin: 0 0 .2rem; } h2 { font-size: 1rem; margin: 1rem 0 .2rem; }
    .use { border-left: 4px solid #d55e00; padding: .3rem .7rem; background: #fdf3ec; }
    .status { font-weight: 600; text-transform: uppercase; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { text-align: right; padding: .15rem .5rem; border-bottom: 1px solid #ccc; } th:last-child, td:last-child { text-align: left; width: 26%; }
    ul { margin: .2rem 0; padding-left: 1.1rem; } .small { font-size: .8em; color: #444; }
    .sign { display: flex; gap: 2rem; margin-top: 1.4rem; } .sign div { flex: 1; border-top: 1px solid #1a1a1a; padding-top: .2rem; }
    @media print { body { margin: 0; max-width: none; font-size: 10px; } }
    </style>
    </head>
    <body>
    <h1>{{title}}</h1>
    <p>Patient: ________________________ &nbsp; {{begin}}: ______________ &nbsp; <span class="status">{{status}}</span></p>
    <p class="use">A proposal for clinicians who check the basis of every number, not a cleared medical device. A prescriber and a second person confirm every dose before it is programmed.</p>
    <p>{{facts}} {{arrival}}</p>
    <table>
    <thead><tr><th>{{when}}</th><th>Dose ({{unit}})</th><th>Step</th><th>CSF level (ng/mL)</th><th>{{effect}}</th><th>Toxic in</th><th>Given, by, observed</th></tr></thead>
    <tbody>
    {{#rows}}<tr><td>{{day}}</td><td><b>{{dose}}</b></td><td>{{step}}</td><td>{{level}}</td><td>{{effect}}</td><td>{{risk}}</td><td></td></tr>
    {{/rows}}
    </tbody>
    </table>
    <p>{{left}}</p>
    {{#slower}}<p class="small">{{text}}</p>{{/slower}}
    {{#next}}<h2>Next step: {{next}}</h2><ul>{{#reasons}}<li>{{text}}</li>{{/reasons}}</ul>{{/next}}
    <h2>Stop rules</h2>
    <ul>{{#rules}}<li>{{text}}</li>{{/rules}}</ul>
    <h2>Notes</h2>
    <ul class="small">{{#notes}}<li>{{text}}</li>{{/notes}}</ul>
    <p class="small">Sources: {{sources}}. {{engine}}.</p>
    <div class="sign"><div>Prescriber</div><div>Second check</div></div>
    </body>
    </html>
    """
}
