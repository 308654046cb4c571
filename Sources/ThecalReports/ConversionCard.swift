import ThecalBatch
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// One result as a card of a page: what is taken, what follows, what needs a decision, and on what it rests.
struct ConversionCard {
  private let row: ReportRow

  init(_ row: ReportRow) { self.row = row }

  /// The places of `template`.
  var content: [String: Any] {
    let conversion = row.conversion
    let words = PatientWords(row.facts, drug: row.target)
    return [
      "patient": row.patient.isEmpty ? "(no id)" : row.patient,
      "target": section(Formulary.embedded.drug(named: row.target)?.tallMan ?? row.target),
      "status": conversion.status.rawValue,
      "codes": conversion.codes.codes.map(\.name).joined(separator: " "),
      "lines": figures.map { ["label": $0.0, "value": $0.1] },
      "notices": section(
        // What was not stated has a line of its own.
        conversion.findings.all.filter { $0.severity > .passed && !$0.isAbout(DosingTopic.notStated) }
          .map(\.text).joined(separator: "\n")),
      "facts": section(words.entered.joined(separator: "; ")),
      "unknown": section(words.notStated.joined(separator: ", ")),
      "derivation": section(conversion.derivation.isEmpty ? "" : ConversionText(row).derivation),
    ]
  }

  /// The figures as label and words; a refused result has none of a dose.
  private var figures: [(String, String)] {
    let conversion = row.conversion
    var lines = [("Takes", Formulary.embedded.tallMan(row.drugs))]
    if let equivalent = conversion.equivalent {
      lines.append(("Oral morphine", "\(number(equivalent, 6)) mg/day (\(conversion.equivalentTable ?? ""))"))
    }
    if let estimate = conversion.estimate, let unit = conversion.unit?.daily {
      let range = conversion.low.map { low in
        " (\(number(low, 3)) to \(number(conversion.high ?? low, 3)))"
      }
      lines.append(("Estimate", "\(number(estimate, 3)) \(unit)\(range ?? "")"))
    }
    if let unit = conversion.startUnit {
      if let start = conversion.start {
        let basis = conversion.startBasis.map { ", by \($0.text)" } ?? ""
        lines.append(("Start on day 1", "\(number(unit.perDay(start), 6)) \(unit.daily)\(basis)"))
      }
      if let limit = conversion.limit {
        lines.append(("Limit", "\(number(unit.perDay(limit), 6)) \(unit.daily)"))
      }
    }
    return lines
  }

  private func number(_ value: ExactNumber, _ digits: Int) -> String {
    ClinicalText.number(value.rounded(toSignificantDigits: digits))
  }

  /// A card; its head comes again on every sheet that it goes on to.
  static let template = """
    <article class="card {{status}}"><table><thead><tr><th colspan="2">{{patient}} {{#target}}<span class="small">to {{text}}</span> {{/target}}<span class="tag {{status}}">{{status}}</span> <span class="small">{{codes}}</span></th></tr></thead><tbody>
    {{#lines}}<tr><th>{{label}}</th><td>{{value}}</td></tr>
    {{/lines}}{{#notices}}<tr><th>To decide, to know</th><td class="lines">{{text}}</td></tr>
    {{/notices}}{{#facts}}<tr><th>Entered</th><td>{{text}}</td></tr>
    {{/facts}}{{#unknown}}<tr><th>Not stated</th><td>{{text}}</td></tr>
    {{/unknown}}{{#derivation}}<tr><th>Derivation</th><td class="lines small">{{text}}</td></tr>
    {{/derivation}}<tr><th>Signed</th><td><span class="blank"></span> computed &nbsp; <span class="blank"></span> checked</td></tr>
    </tbody></table></article>
    """
}
