import ThecalDosing
import Mustache
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalScenario
import ThecalTitration
public import ThecalStudy

extension TitrationReport {
  /// Writes the plan as a page to print, complete or not at all.
  public func page(engine: String) throws(SimulationProblem) -> String {
    do {
      return try MustacheTemplate(string: TitrationPage.page).render(pageContent(engine))
    } catch {
      throw SimulationProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
    }
  }

  private func pageContent(_ engine: String) -> [String: Any] {
    var all = PageStyle.figure { () throws(SimulationProblem) in try picture("svg") }
    // A page holds this many lines; a longer course is cut where it no longer changes much.
    let lines = changes.prefix(Self.linesPerPage)
    let places: [String: Any] = [
      "title": title, "engine": engine, "when": "Day",
      "status": plan.findings.status.rawValue,
      "facts": section([facts, arrival ?? ""].filter { !$0.isEmpty }.joined(separator: " ")),
      "device": section(device), "begin": TitrationPage.begin("Date of day 1", plan.request.firstDay),
      "hasFlow": plan.request.concentration != nil,
      "slower": slower.map { ["text": $0] }, "unit": plan.unit.daily,
      "effect": effectTitle,
      "rows": lines.map { day -> [String: Any] in
        [
          "day": String(day.day), "date": TitrationPage.date(date(of: day.day)),
          "dose": ClinicalText.number(number(day.dose)),
          "step": day.step.map { $0 == .zero ? "" : "\(($0.double * 100).clinical(3)) %" } ?? "",
          "flow": flow(of: day.dose).map { ["text": $0] } ?? false as Any, "level": day.level.clinical(3),
          "effect": shown(effect: day.effect), "risk": shown(risk: day.risk),
        ]
      },
      "left": section(
        changes.count > lines.count
          ? "\(changes.count - lines.count) further changes stand in the table." : ""),
      "next": plan.next.map { "\(words($0.low)) to \(words($0.high)) from day \($0.day) on" as Any } ?? false,
      "reasons": (plan.next?.reasons ?? []).map { ["text": $0.text] },
      "rules": section(plan.days.isEmpty ? [] : plan.stopRules.map(\.text)), "notes": section(messages),
      "sources": plan.findings.sources.sorted().joined(separator: ", "),
    ]
    all.merge(places) { $1 }
    return all
  }

  private static let linesPerPage = 24

  /// The pump and what is in it, as far as the plan says so; the flows follow from it.
  private var device: String {
    let named = plan.request.pump.map { PumpDevice(named: $0)?.name ?? $0 } ?? "not stated"
    let filled = plan.request.concentration.map { "filled with \(plan.unit.text($0))" }
    return "Pump: \(named), \(filled ?? "concentration not stated, so that no flow is given")"
  }

  /// What the pump gives for `dose`; nil where the plan does not say what is in it.
  private func flow(of dose: DoseRate) -> String? {
    plan.request.concentration.map { ClinicalText.quantity(dose / $0, in: .millilitersPerDay) }
  }
}

/// The page of a plan. Nothing on it is filled in for the prescriber: the boxes are for pen and signature.
enum TitrationPage {
  /// Where the course begins: the date, or a place to write it; `words` say what begins there.
  static func begin(_ words: String, _ day: CalendarDate?) -> [String: Any] {
    ["words": words, "date": date(day), "open": day == nil]
  }

  /// A date of its own in the row of a day; none where nobody has said when the course begins.
  static func date(_ day: CalendarDate?) -> Any { day.map { ["text": $0.text] as Any } ?? false }

  static let page = """
    \(PageStyle.head)
    <body>
    <table class="whole"><thead><tr><th>Patient <span class="blank"></span> {{#begin}}{{words}} {{#date}}{{text}}{{/date}}{{#open}}<span class="blank"></span>{{/open}}{{/begin}} <span class="tag {{status}}">{{status}}</span></th></tr></thead><tbody><tr><td>
    <h1>{{title}}</h1>
    \(PageStyle.use)
    {{#facts}}<p>{{text}}</p>{{/facts}}
    {{#device}}<p>{{text}}</p>{{/device}}
    <div class="wide"><table>
    <thead><tr><th>{{when}}</th>{{#begin}}{{#date}}<th>Date</th>{{/date}}{{/begin}}<th>Dose ({{unit}})</th>{{#hasFlow}}<th>Flow</th>{{/hasFlow}}<th>Step</th><th>CSF level (ng/mL)</th><th>{{effect}}</th><th>Toxic in</th><th class="pen">Given, by, observed</th></tr></thead>
    <tbody>
    {{#rows}}<tr><td>{{day}}</td>{{#date}}<td class="near">{{text}}</td>{{/date}}<td><b>{{dose}}</b></td>{{#flow}}<td class="near">{{text}}</td>{{/flow}}<td>{{step}}</td><td>{{level}}</td><td>{{effect}}</td><td>{{risk}}</td><td></td></tr>
    {{/rows}}
    </tbody>
    </table></div>
    {{#left}}<p>{{text}}</p>{{/left}}
    \(PageStyle.figure)
    {{#slower}}<p class="small">{{text}}</p>{{/slower}}
    {{#next}}<h2>Next step: {{next}}</h2><ul>{{#reasons}}<li>{{text}}</li>{{/reasons}}</ul>{{/next}}
    {{#rules}}<h2>Stop rules</h2>
    <ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/rules}}
    {{#notes}}<h2>Notes</h2>
    <ul class="small">{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/notes}}
    <p class="small">Sources: {{sources}}. {{engine}}.</p>
    <div class="sign"><div>Prescriber, date</div><div>Second check, date</div></div>
    </td></tr></tbody></table>
    </body>
    </html>
    """
}
