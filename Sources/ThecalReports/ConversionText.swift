public import ThecalBatch
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// A conversion in words, as a person reads it before signing: the style of `ClinicalText`.
public struct ConversionText: Sendable {
  private let row: ReportRow
  private let formulary: Formulary

  /// The words for `row`.
  public init(_ row: ReportRow) {
    self.row = row
    formulary = .embedded
  }

  /// The result: what is taken, the estimate with its range, the start with its basis, the limit, the findings.
  public var summary: String {
    let conversion = row.conversion
    var lines = [("takes", formulary.tallMan(row.drugs))]
    if let equivalent = conversion.equivalent {
      lines.append(
        ("equivalent", "\(number(equivalent)) mg/day oral morphine (\(conversion.equivalentTable ?? ""))"))
    }
    if let estimate = conversion.estimate, let unit = conversion.unit {
      lines.append(("estimate", estimateLine(estimate, unit.daily)))
    }
    if let start = conversion.start, let unit = conversion.startUnit {
      lines.append(
        (
          "start",
          "\(number(unit.perDay(start))) \(unit.daily) \(name), by \(conversion.startBasis?.text ?? "")"
        ))
    }
    if let limit = conversion.limit, let unit = conversion.startUnit {
      lines.append(("limit", "\(number(unit.perDay(limit))) \(unit.daily)"))
    }
    lines += row.risks.map { ("risk", $0) }
    let codes = conversion.codes.codes.map(\.name).joined(separator: ", ")
    lines.append(("status", conversion.status.rawValue.uppercased() + (codes.isEmpty ? "" : " (\(codes))")))
    let body = lines.map { $0.padded(to: 12) + $1 }
    return (body + conversion.findings.all.map { "  - \($0.text)" }).joined(separator: "\n")
  }

  /// Patient, result and calculation, as `--explain` prints them for a file.
  public var explained: String { "\(row.patient)\n\(summary)\n\(derivation)\n" }

  /// The calculation step by step, each with the sources of its figures.
  public var derivation: String {
    let steps = row.conversion.derivation.enumerated().map { i, step in
      let sources = step.figures.map {
        "     \($0.source), \($0.citation.locator)\($0.verified ? "" : " (not verified)")"
      }
      let words = step.words
      return (["  \(i + 1). \(words.quantity): \(words.arithmetic)"] + sources).joined(separator: "\n")
    }
    return steps.joined(separator: "\n")
  }

  private var name: String { formulary.drug(named: row.target)?.tallMan ?? row.target }

  private func estimateLine(_ estimate: ExactNumber, _ unit: String) -> String {
    let conversion = row.conversion
    let range = [conversion.low, conversion.high].compactMap { $0 }.map {
      number($0.rounded(toSignificantDigits: 3))
    }
    let ratio = conversion.ratio.map { ", ratio \(number($0)) (\(conversion.ratioTable ?? ""))" } ?? ""
    return
      "\(number(estimate.rounded(toSignificantDigits: 3))) \(unit) \(name), range \(range.joined(separator: " to "))\(ratio)"
  }

  private func number(_ value: ExactNumber) -> String {
    ClinicalText.number(value.rounded(toSignificantDigits: 6))
  }
}
