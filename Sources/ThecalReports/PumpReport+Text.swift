import ThecalDosing
import ThecalPump
import ThecalQuantities

extension PumpReport {
  /// The result as a page that a pharmacist can sign: the answer first, then what needs a decision.
  public var text: String {
    let first = figures.filter { $0.role == .answer }.flatMap(PumpReport.lines)
    var lines = [title, "Status: \(outcome.status.rawValue.uppercased())"] + first + [""]
    lines += section("To decide", concerns(.review...))
    if let alternative = outcome.alternative { lines += section("Nearest that works", [alternative.text]) }
    lines += section("Result", figures.filter { $0.role != .answer }.flatMap(PumpReport.lines))
    lines += section("Good to know", concerns(.note...(.note)))
    lines += section("Checks that were met", concerns(.passed...(.passed)))
    lines += section("Inputs", inputs.map { "\($0.label): \($0.text)" })
    lines += section("Formula", formulas)
    lines += section("Figures that nobody has read in their source", unverified)
    lines += section("Sources", outcome.sources)
    lines += ["Computed by: ______________________   Checked by: ______________________   Date: ____________"]
    return lines.joined(separator: "\n")
  }

  /// The page for an independent double check: the inputs and the questions, no answers.
  public var blankSheet: String {
    var lines = [
      "\(title): independent recheck", "Work from the order and the labels, not from the answer sheet.", "",
    ]
    lines += section("Inputs (compare each with the order)", inputs.map { "[ ] \($0.label): \($0.text)" })
    lines += section("Formula", formulas)
    let blanks = questions.map { figure in
      figure.isList
        ? "\(figure.label): use a separate sheet"
        : "\(figure.label): ______________\(figure.unit.isEmpty ? "" : " " + figure.unit)"
    }
    lines += section("Your result", blanks)
    lines += ["Rechecked by: ______________________   Date: ____________"]
    return lines.joined(separator: "\n")
  }

  private func concerns(_ range: PartialRangeFrom<Severity>) -> [String] { concerns { range.contains($0) } }

  private func concerns(_ range: ClosedRange<Severity>) -> [String] { concerns { range.contains($0) } }

  private func concerns(where isShown: (Severity) -> Bool) -> [String] {
    ordered.filter { isShown($0.severity) }.map { finding in
      let code = finding.severity >= .review ? finding.code.map { "\($0.name): " } ?? "" : ""
      return code + finding.text
    }
  }

  private func section(_ heading: String, _ body: [String]) -> [String] {
    body.isEmpty ? [] : [heading] + body.map { "  " + $0 } + [""]
  }

  private static func lines(_ figure: Figure) -> [String] {
    if case .list(let items) = figure.value {
      if items.isEmpty { return [] }
      if figure.role == .table { return ["\(figure.label): \(items.count) rows, in the page and in JSON"] }
      return ["\(figure.label):"] + items.map { "  " + $0.sheetText }
    }
    if !figure.isForPeople { return [] }
    return ["\(figure.label): \(figure.value.sheetText)\(figure.unit.isEmpty ? "" : " " + figure.unit)"]
  }
}

extension PumpReport.Figure {
  /// Whether people are shown it.
  var isForPeople: Bool { value != .null && !value.isForPrograms }

  /// Whether it holds several values.
  var isList: Bool { if case .list = value { true } else { false } }
}

extension AnswerValue {
  /// Whether it is an id beside its words.
  var isForPrograms: Bool { if case .id(_, "") = self { true } else { false } }

  /// The value as a person reads it.
  var sheetText: String {
    switch self {
    case .null: "-"
    case .number(let number): ClinicalText.number(number.rounded(toSignificantDigits: 4))
    case .text(let text), .written(let text), .id(_, let text): text
    case .flag(let yes): yes ? "yes" : "no"
    case .list(let items): items.map(\.sheetText).joined(separator: ", ")
    case .object(let fields):
      fields.filter { $0.value != .null && !$0.value.sheetText.isEmpty }.reduce(into: "") { text, field in
        // A field of its own for the unit follows the number that it belongs to.
        let isUnit = field.key == "unit"
        text += text.isEmpty ? "" : isUnit ? " " : "; "
        text += isUnit ? field.value.sheetText : field.sheetText
      }
    }
  }
}

extension AnswerField {
  /// Name, value and unit in the order in which they are spoken: `flow 0.4 mL/day` of `flow_mL_per_day`.
  fileprivate var sheetText: String {
    let words = key.split(separator: "_")
    let isUnit: (Substring) -> Bool = { ["mL", "h", "days", "percent"].contains($0) }
    guard let at = words.dropFirst().firstIndex(where: isUnit) else {
      return "\(words.joined(separator: " ")) \(value.sheetText)"
    }
    let unit = words[at...].map { $0 == "per" ? "/" : $0 == "percent" ? "%" : $0 }.joined()
    return "\(words[..<at].joined(separator: " ")) \(value.sheetText) \(unit)"
  }
}
