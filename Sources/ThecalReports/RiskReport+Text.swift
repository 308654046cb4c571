import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse

extension RiskReport {
  /// The risks as a person reads them, most harmful first.
  var text: String {
    var lines = [
      "Risks of intrathecal \(assessment.drug.tallMan), \(doseWords)\(isSingle ? " once" : "")",
      "Status: \(status.rawValue.uppercased())", "",
    ]
    lines += assessment.findings.all.map(\.text)
    if isBlocked { return lines.joined(separator: "\n") }
    if !assessment.findings.all.isEmpty { lines.append("") }
    if isSingle { lines += ["Counts after single injections say little about infusions of months.", ""] }
    lines += table
    if let window { lines += ["", words(window)] }
    if !assessment.massFactors.isEmpty {
      lines += ["", "Inflammatory mass at the catheter tip: no incidence by dose is known"]
      lines += assessment.massFactors.map(said)
    }
    if !assessment.comparisons.isEmpty {
      lines += ["", "Pooled trials and dose findings, from which no figure here is computed (95 %)"]
      lines += assessment.comparisons.map(said)
    }
    if !deviceEvents.isEmpty {
      lines += ["", "Device and procedure, whatever the drug and dose"]
      lines += deviceEvents.map { rate in
        let unit = rate.unit == "1/year" ? " per patient-year" : rate.unit == "1" ? "" : " \(rate.unit)"
        let range = rate.low.flatMap { low in
          rate.high.map { " (\(ClinicalText.number(low)) to \(ClinicalText.number($0)))" }
        }
        return
          "  \(rate.event.replacingUnderscores.padded(to: 26))\(ClinicalText.number(rate.value))\(unit)\(range ?? "") in: "
          + "\(rate.population) [\(rate.citation.source)]"
      }
    }
    if !assessment.raised.isEmpty {
      lines += ["", "Raised in this patient, by how much nobody has measured"]
      lines += assessment.raised.map(said)
    }
    if !assessment.notOnRecord.isEmpty {
      lines += [
        "",
        "No source on record: \(assessment.notOnRecord.map(\.replacingUnderscores).joined(separator: ", "))",
      ]
    }
    lines += ["", "Sources: \(sources.joined(separator: ", "))"]
    return lines.joined(separator: "\n")
  }

  /// A finding with who says so.
  private func said(_ finding: Finding) -> String {
    let isVerified = finding.citations.allSatisfy(\.verified)
    return "  \(finding.text)\(brackets(finding.citations.map(\.source), isVerified: isVerified))"
  }

  private var table: [String] {
    assessment.entries.flatMap { entry -> [String] in
      let counts = entry.events.flatMap { events in entry.n.map { ", \(events)/\($0)" } } ?? ""
      let state =
        (entry.tolerance.map { ", \($0.rawValue)" } ?? "") + (entry.severity == .serious ? ", serious" : "")
      let mark = entry.isExtrapolated ? " extrapolated" : ""
      let head =
        "  \(entry.effect.replacingUnderscores.padded(to: 24))\(entry.direction.padded(to: 8))\(percent(entry))\(mark)"
      return [
        head,
        "      \(entry.population.words) (\(entry.regimenName)\(state)\(counts))\(cited(entry))",
      ] + (entry.message.isEmpty ? [] : ["      \(entry.message)"])
    }
  }

  /// The risks as rows of a page.
  var rows: [[String: String]] {
    assessment.entries.map { entry in
      let counts = entry.events.flatMap { events in entry.n.map { ", \(events)/\($0)" } } ?? ""
      return [
        "effect": entry.effect.replacingUnderscores, "direction": entry.direction,
        "probability": percent(entry),
        "population": "\(entry.population.words)\(counts)\(cited(entry))",
      ]
    }
  }

  /// Who counted it, in brackets; nothing where nobody did.
  private func cited(_ entry: RiskAssessment.Entry) -> String {
    brackets(entry.sources, isVerified: entry.isVerified)
  }

  private func brackets(_ sources: [String], isVerified: Bool) -> String {
    let names = sources + (isVerified || sources.isEmpty ? [] : ["not verified"])
    return names.isEmpty ? "" : " [\(names.joined(separator: ", "))]"
  }

  private func percent(_ entry: RiskAssessment.Entry) -> String {
    guard let probability = entry.probability else { return "no figure" }
    let interval =
      entry.low.flatMap { low in
        entry.high.map { " (\((low * 100).clinical()) to \(($0 * 100).clinical()) %)" }
      } ?? ""
    return "\((probability * 100).clinical()) %\(interval)"
  }

  private func words(_ window: ExposureRisk.Window) -> String {
    func dose(_ value: Double?) -> String { value.map { "\(shown($0).clinical()) \(unit)" } ?? "unknown" }
    let state = window.low == nil || window.high == nil ? "" : window.isOpen ? ": open" : ": closed"
    let (few, much) = (assessment.exposure?.mostInadequate ?? 0, assessment.exposure?.mostToxic ?? 0)
    return
      "Window of the models\(state): too little for at most \((few * 100).clinical()) % of the patients from "
      + "\(dose(window.low)), toxic for at most \((much * 100).clinical()) % up to \(dose(window.high))."
  }
}
