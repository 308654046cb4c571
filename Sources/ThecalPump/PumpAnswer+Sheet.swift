import ThecalQuantities

extension PumpAnswer {
  /// The result as a page that a pharmacist can sign.
  public var sheet: String {
    var lines = [title, "Status: \(status.rawValue.uppercased())", ""]
    lines += section("Inputs", inputs.map { "\($0.label): \($0.text)" })
    lines += section("Formula", formulas)
    lines += section("Result", shownFields.flatMap(PumpAnswer.lines))
    lines += section("Checks", findings.map(PumpAnswer.line))
    if status == .blocked, let alternative { lines += section("Nearest that works", [alternative]) }
    lines += section("Sources", sources)
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
    let blanks = fields.filter(\.isScalar).map {
      "\($0.label): ______________\($0.unit.isEmpty ? "" : " " + $0.unit)"
    }
    let tables = fields.filter { !$0.isScalar }.map { "\($0.label): use a separate sheet" }
    lines += section("Your result", blanks + tables)
    lines += ["Rechecked by: ______________________   Date: ____________"]
    return lines.joined(separator: "\n")
  }

  private func section(_ heading: String, _ body: [String]) -> [String] {
    body.isEmpty ? [] : [heading] + body.map { "  " + $0 } + [""]
  }

  private static func line(_ finding: PumpFinding) -> String {
    switch finding.severity {
    case .passed: "[passed] \(finding.message)"
    case .note: "[note] \(finding.message)"
    case .review: "[REVIEW] \(finding.code): \(finding.message)"
    case .block: "[FAILED] \(finding.code): \(finding.message)"
    }
  }

  private static func lines(_ field: Field) -> [String] {
    switch field.value {
    case .list(let items) where !items.isEmpty: ["\(field.label):"] + items.map { "  " + $0.sheetText }
    case .none, .list: ["\(field.label): -"]
    default: ["\(field.label): \(field.value.sheetText)\(field.unit.isEmpty ? "" : " " + field.unit)"]
    }
  }
}

extension PumpAnswer.Field {
  fileprivate var isScalar: Bool {
    if case .list = value { false } else { true }
  }
}

extension PumpAnswer.Value {
  /// The value as a person reads it.
  fileprivate var sheetText: String {
    switch self {
    case .none: "-"
    case .number(let number): number.clinical
    case .text(let text): text
    case .flag(let yes): yes ? "yes" : "no"
    case .list(let items): items.map(\.sheetText).joined(separator: ", ")
    case .record(let parts):
      parts.map { "\($0.key.replacing("_")) \($0.value.sheetText)" }.joined(separator: "; ")
    }
  }
}

extension String {
  /// The words of a key.
  fileprivate func replacing(_ mark: Character) -> String { String(map { $0 == mark ? " " : $0 }) }
}
