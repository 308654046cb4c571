import Mustache
import ThecalDosing
import ThecalFormulary
import ThecalPlan
import ThecalPump
import ThecalQuantities
import ThecalTitration
import ThecalBatch
public import ThecalStudy

extension PlanReport {
  /// The plan as one page of HTML without anything that must be loaded from elsewhere, made by `engine`.
  ///
  /// - Throws: `SimulationProblem` where it cannot be laid out; there is no page that is empty without saying so.
  public func html(engine: String) throws(SimulationProblem) -> String {
    do { return try MustacheTemplate(string: Self.page).render(content(engine)) } catch {
      throw SimulationProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
    }
  }

  /// Writes the page, complete or not at all.
  public func writePage(to output: String, engine: String) throws(SimulationProblem) {
    try writeWhole(Array(html(engine: engine).utf8), to: output, inputs: [path])
  }

  /// The titration curve of the plan, as `svg` or `png`.
  ///
  /// - Throws: `SimulationProblem` where the plan is refused, or nothing can be drawn.
  public func picture(_ kind: String) throws(SimulationProblem) -> [UInt8] {
    guard !isBlocked, let titration else {
      throw SimulationProblem(message: "the plan is refused: there is no course to plot", exitCode: 1)
    }
    return try titration.picture(kind)
  }

  private func content(_ engine: String) -> [String: Any] {
    let words = PatientWords(plan.request.titration.patient, drug: drug.id)
    var all: [String: Any] = [
      "title": "Plan for \(plan.request.patientID)", "patient": plan.request.patientID, "drug": drug.tallMan,
      "engine": engine, "status": plan.status.rawValue, "codes": codes.map(\.name).joined(separator: " "),
      "summary": summary.map { ["label": $0.label, "value": $0.value] }, "decide": section(decisions),
      "notes": section(notes), "takes": Formulary.embedded.tallMan(row.drugs),
      "entered": words.entered.joined(separator: "; "),
      "unknown": section(words.notStated.joined(separator: ", ")),
      "overdose": section(Self.cited(plan.emergency?.overdose ?? [])),
      "withdrawal": section(courseLines + Self.cited(plan.emergency?.withdrawal ?? [])),
      "sources": sources.compactMap(Formulary.embedded.source).map { ["text": SourceText($0).text] },
      "doses": false,
    ]
    guard !isBlocked else { return all }
    all["doses"] = ["shown": true] as [String: Any]
    all["conversion"] = ConversionCard(row).content["lines"]
    all["derivation"] = ConversionText(row).derivation
    all["trial"] = trial.map { ["text": $0.answer.text] } ?? false as Any
    all["filling"] = sheet(plan.compounding.report)
    all["priming"] = plan.priming.map { sheet($0.report) } ?? false as Any
    all["refills"] = [("highest dose of the schedule", plan.refill), ("first dose", plan.refillAtStart)]
      .compactMap { name, refill in refill.map { sheet($0.report, "First refill, at the \(name)") } }
    all.merge(PageStyle.figure { () throws(SimulationProblem) in try picture("svg") }) { $1 }
    all["unit"] = unit.daily
    all["days"] = titrationRows
    all["stops"] = (plan.titration?.stopRules ?? []).map { ["text": $0.text] }
    all["arrival"] = titration?.arrival ?? ""
    all["weaning"] = weaningRows.map { ["day": $0.day, "medicine": $0.medicine] }
    all["stopped"] = plan.weaning.stopped.map { ["text": Self.spoken($0)] }
    all["rescue"] = plan.weaning.breakthrough.map { ["text": Self.spoken($0)] }
    all["watch"] = (Self.cited(plan.weaning.watch) + Self.cited(plan.weaning.advice)).map { ["text": $0] }
    all["risks"] = risk?.rows ?? []
    all["label"] = label.map { ["text": $0] }
    all["stocks"] = plan.compounding.lines.map { line in
      [
        "drug": line.ingredient.part.drug.tallMan,
        "stock": line.ingredient.part.unit.text(line.ingredient.stock),
        "draw": ClinicalText.quantity(line.stockVolume, in: .milliliters),
        "vials": line.vials.map { String($0) } ?? "?", "strength": strength(line),
      ]
    }
    all["diluent"] = [
      "name": Self.diluent, "draw": ClinicalText.quantity(plan.compounding.diluent, in: .milliliters),
    ]
    return all
  }

  /// A pump calculation as title, figures and formulas.
  private func sheet(_ report: PumpReport, _ title: String? = nil) -> [String: Any] {
    let figures = report.figures.filter { !$0.isList && $0.isForPeople }
    return [
      "title": title ?? report.title, "status": report.outcome.status.rawValue,
      "figures": figures.map { figure in
        let unit = figure.unit.isEmpty ? "" : " \(figure.unit)"
        return ["label": figure.label, "value": figure.value.sheetText + unit]
      }, "formulas": report.formulas.joined(separator: "\n"),
    ]
  }

  private var titrationRows: [[String: String]] {
    guard let titration else { return [] }
    let first = plan.request.filling.date
    return titration.changes.prefix(40).map { day in
      let dose = ClinicalText.number(titration.number(day.dose))
      let flow = day.dose / plan.request.filling.concentration
      return [
        "day": String(day.day), "date": (first + (day.day - 1)).text, "dose": dose,
        "step": day.step.map { $0 == .zero ? "" : "\(($0.double * 100).clinical(3)) %" } ?? "",
        "flow": ClinicalText.quantity(flow, in: .millilitersPerDay), "level": day.level.clinical(3),
        "effect": titration.shown(effect: day.effect), "risk": titration.shown(risk: day.risk),
      ]
    }
  }

  private static let page = """
    \(PageStyle.head)
    <body>
    <table class="whole"><thead><tr><th>Patient {{patient}} <span class="small">intrathecal {{drug}}</span> <span class="tag {{status}}">{{status}}</span></th></tr></thead><tbody><tr><td>
    <h1>Plan for {{patient}}: intrathecal {{drug}}</h1>
    <p class="small">{{engine}}</p>
    \(PageStyle.use)
    {{#summary}}<p class="answer">{{label}}: <b>{{value}}</b></p>
    {{/summary}}
    <p class="small">{{codes}}</p>
    {{#decide}}<h2>To decide</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/decide}}
    {{#notes}}<h2>Good to know</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/notes}}
    <h2>Facts</h2>
    <p>Takes: {{takes}}</p><p>Entered: {{entered}}</p>
    {{#unknown}}<p>Not stated: {{text}}</p>{{/unknown}}
    {{#doses}}
    </td></tr><tr><td><h2>Conversion, start and limit</h2>
    <table><tbody>{{#conversion}}<tr><th>{{label}}</th><td>{{value}}</td></tr>{{/conversion}}</tbody></table>
    <p class="lines small">{{derivation}}</p>
    {{#trial}}</td></tr><tr><td><h2>Trial before the pump</h2><p class="lines">{{text}}</p>{{/trial}}
    </td></tr><tr><td><h2>Filling</h2>
    {{#filling}}<table><tbody>{{#stocks}}<tr><th>{{drug}} {{stock}}</th><td><b>{{draw}}</b>, vials: {{vials}}, gives {{strength}}</td></tr>{{/stocks}}{{#figures}}<tr><th>{{label}}</th><td>{{value}}</td></tr>{{/figures}}</tbody></table><p class="lines small">{{formulas}}</p>{{/filling}}
    {{#priming}}</td></tr><tr><td><h2>Priming</h2><table><tbody>{{#figures}}<tr><th>{{label}}</th><td>{{value}}</td></tr>{{/figures}}</tbody></table><p class="lines small">{{formulas}}</p>{{/priming}}
    {{#refills}}</td></tr><tr><td><h2>{{title}}</h2><table><tbody>{{#figures}}<tr><th>{{label}}</th><td>{{value}}</td></tr>{{/figures}}</tbody></table><p class="lines small">{{formulas}}</p>{{/refills}}
    </td></tr><tr><td><h2>Titration</h2><p>{{arrival}}</p>
    <div class="wide"><table><thead><tr><th>Day</th><th>Date</th><th>Dose ({{unit}})</th><th>Step</th><th>Flow</th><th>CSF level (ng/mL)</th><th>Effect</th><th>Toxic in</th><th>Given, by</th></tr></thead>
    <tbody>{{#days}}<tr><td>{{day}}</td><td class="near">{{date}}</td><td><b>{{dose}}</b></td><td>{{step}}</td><td class="near">{{flow}}</td><td>{{level}}</td><td>{{effect}}</td><td>{{risk}}</td><td></td></tr>
    {{/days}}</tbody></table></div>
    </td></tr><tr><td>\(PageStyle.figure)
    <h2>Stop rules</h2><ul>{{#stops}}<li>{{text}}</li>{{/stops}}</ul>
    </td></tr><tr><td><h2>Medicines beside the pump</h2>
    <table><tbody>{{#weaning}}<tr><th>Day {{day}}</th><td>{{medicine}}</td></tr>{{/weaning}}
    {{#stopped}}<tr><th>Stops at the start</th><td>{{text}}</td></tr>{{/stopped}}
    {{#rescue}}<tr><th>Breakthrough, at most</th><td>{{text}}</td></tr>{{/rescue}}</tbody></table>
    <ul class="small">{{#watch}}<li>{{text}}</li>{{/watch}}</ul>
    </td></tr><tr><td><h2>Risks of the first dose</h2>
    <div class="wide"><table><thead><tr><th>Effect</th><th></th><th>Probability</th><th>Counted in</th></tr></thead><tbody>{{#risks}}<tr><td>{{effect}}</td><td>{{direction}}</td><td>{{probability}}</td><td class="small">{{population}}</td></tr>
    {{/risks}}</tbody></table></div>
    {{/doses}}
    </td></tr><tr><td><div class="emergency"><h2>Emergency card: {{drug}}, {{patient}}</h2>
    {{#overdose}}<h2>Too much</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/overdose}}
    {{#withdrawal}}<h2>Sudden lack</h2><ul>{{#items}}<li>{{text}}</li>{{/items}}</ul>{{/withdrawal}}</div>
    {{#doses}}
    </td></tr><tr><td><h2>Label of the syringe</h2><div class="label">{{#label}}{{text}}<br>{{/label}}</div>
    </td></tr><tr><td><h2>Compounding record</h2>
    <div class="wide"><table><thead><tr><th>Stock</th><th>Draw up</th><th>Vials</th><th>Lot</th><th>Expiry</th><th>Gives</th></tr></thead>
    <tbody>{{#stocks}}<tr><td>{{drug}} {{stock}}</td><td><b>{{draw}}</b></td><td>{{vials}}</td><td></td><td></td><td>{{strength}}</td></tr>{{/stocks}}
    {{#diluent}}<tr><td>{{name}}</td><td><b>{{draw}}</b></td><td></td><td></td><td></td><td></td></tr>{{/diluent}}</tbody></table></div>
    <p>Filter <span class="blank"></span> Prepared on <span class="blank"></span> Beyond-use date <span class="blank"></span></p>
    <p>Initials, prepared <span class="blank"></span> Initials, checked <span class="blank"></span></p>
    {{/doses}}
    </td></tr><tr><td>\(PageStyle.signatures)
    </td></tr><tr><td><h2>Sources</h2><ul class="small">{{#sources}}<li>{{text}}</li>{{/sources}}</ul>
    </td></tr></tbody></table>
    </body>
    </html>
    """
}
