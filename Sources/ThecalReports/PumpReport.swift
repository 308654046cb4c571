import ThecalDosing
import ThecalFormulary
public import ThecalPump
import ThecalQuantities

/// A pump calculation for people and programs: inputs echoed, formula, figures, checks.
public struct PumpReport: Sendable {
  /// A figure of the result.
  struct Figure: Sendable {
    /// What a figure is to a reader.
    enum Role {
      /// Shown where a dose may be shown.
      case usual
      /// The answer to the question: it stands first.
      case answer
      /// Explains a refusal that another request would mend, and is shown in one.
      case explains
      /// Long: a table of the page and of JSON, not of the text.
      case table
    }

    /// The key that programs read, `flow_mL_per_day`.
    let key: String
    /// What it is, for people.
    let label: String
    /// The figure.
    let value: AnswerValue
    /// The unit for people; empty where the label or the value says it.
    let unit: String
    /// What it is to a reader.
    let role: Role
  }

  /// What was computed.
  public let title: String
  /// What it was computed from, as label and words.
  let inputs: [(label: String, text: String)]
  /// How, a formula a line.
  let formulas: [String]
  private let allFigures: [Figure]
  /// What was found.
  public let outcome: PumpOutcome

  init(
    _ title: String, inputs: [(String, Evidence?)], formulas: [String], figures: [Figure],
    _ outcome: PumpOutcome
  ) {
    self.title = title
    self.inputs = inputs.compactMap { label, value in value.map { (label, EvidenceText.text($0)) } }
    self.formulas = formulas
    allFigures = figures
    self.outcome = outcome
  }

  /// The figures that may be shown: all of them, or what explains a refusal.
  var figures: [Figure] {
    guard outcome.isRefused else { return allFigures }
    return allFigures.map { figure in
      if figure.role == .explains, outcome.isMendable { return figure }
      var withheld = AnswerValue.null
      if case .list = figure.value { withheld = .list([]) }
      return Figure(key: figure.key, label: figure.label, value: withheld, unit: "", role: .usual)
    }
  }

  /// The questions of a recheck: every figure, without its value.
  var questions: [Figure] { allFigures.filter { !$0.value.isForPrograms } }

  /// All concerns in words, the gravest first, and what to do instead.
  public var message: String {
    let ordered = ordered.filter { $0.severity > .passed }.map(\.text)
    let next = outcome.alternative.map { ["Nearest that works: \($0.text)"] } ?? []
    return (ordered + next).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(
      separator: " ")
  }

  /// What was found, the gravest first, then in the order in which codes are printed.
  var ordered: [Finding] {
    outcome.findings.all.enumerated().sorted { a, b in
      if a.element.severity != b.element.severity { return a.element.severity > b.element.severity }
      let (first, second) = (a.element.code?.rawValue ?? .max, b.element.code?.rawValue ?? .max)
      return (first, a.offset) < (second, b.offset)
    }.map(\.element)
  }

  /// The figures that nobody has read in their source.
  var unverified: [String] { outcome.unread.map { "\($0.name) (\($0.citation.source))" } }

  /// The report in the form in which every command answers.
  public var answer: Answer {
    let shown = figures.map { AnswerField($0.key, $0.value) }
    return Answer(
      text: text, status: outcome.status, codes: outcome.codes, message: message,
      sources: outcome.sources,
      fields: shown + [
        AnswerField("alternative", outcome.alternative.map { .text($0.text) } ?? .null),
        AnswerField("unverified", .list(unverified.map { .text($0) })),
        AnswerField("formulas", .list(formulas.map { .text($0) })),
      ])
  }
}

extension PumpReport.Figure {
  /// A number with its unit.
  static func number(
    _ key: String, _ label: String, _ value: ExactNumber?, _ unit: String = "", _ role: Role = .usual
  ) -> Self {
    Self(key: key, label: label, value: .maybe(value), unit: unit, role: role)
  }

  /// A text.
  static func text(_ key: String, _ label: String, _ value: String?, _ role: Role = .usual) -> Self {
    Self(key: key, label: label, value: value.map { .text($0) } ?? .null, unit: "", role: role)
  }

  /// An id or a unit that people read beside another figure.
  static func program(_ key: String, _ label: String, _ value: String) -> Self {
    Self(key: key, label: label, value: .id(value, words: ""), unit: "", role: .usual)
  }

  /// Several values.
  static func list(_ key: String, _ label: String, _ values: [AnswerValue], _ role: Role = .usual) -> Self {
    Self(key: key, label: label, value: .list(values), unit: "", role: role)
  }
}

extension AnswerValue {
  /// A number, or nothing.
  static func maybe(_ number: ExactNumber?) -> AnswerValue { number.map { .number($0) } ?? .null }

  /// Named values in this order.
  static func parts(_ parts: (String, AnswerValue)...) -> AnswerValue {
    .object(parts.map { AnswerField($0.0, $0.1) })
  }
}
