import ThecalFormulary
public import ThecalPlan
import ThecalQuantities

extension ExposureComparison {
  /// The comparison in words and as JSON.
  public var answer: Answer {
    let width = figures.map(\.title.count).reduce(0, max)
    let lines = figures.map { figure in
      let name = figure.title.padding(to: width)
      return
        "\(name)  \(Self.text(figure.median))  (\(Self.text(figure.low)) to \(Self.text(figure.high))) \(figure.unit)"
    }
    let caution = Self.caution
    let open =
      unverified.isEmpty ? "" : "\nNot compared with a source: \(unverified.joined(separator: ", "))."
    return Answer(
      text: (["\(drug): exposure per mg, median and 95 % of people (\(model.id))"] + lines).joined(
        separator: "\n")
        + "\n" + caution + open,
      status: "review", codes: ["RESEARCH_ONLY"] + (unverified.isEmpty ? [] : ["UNVERIFIED_SOURCE"]),
      message: caution,
      sources: sources,
      fields: [
        AnswerField("drug", .text(drug)), AnswerField("model", .text(model.id)),
        AnswerField("unverified", .list(unverified.map { .text($0) })),
        AnswerField(
          "figures",
          .list(
            figures.map { figure in
              .object([
                AnswerField("id", .text(figure.id)), AnswerField("title", .text(figure.title)),
                AnswerField("unit", .text(figure.unit)), AnswerField("median", Self.number(figure.median)),
                AnswerField("low", Self.number(figure.low)), AnswerField("high", Self.number(figure.high)),
              ])
            })),
      ])
  }

  private static let caution = """
    Research, not a dose: levels say nothing of effects in the brain and of active metabolites by mouth, of the distance \
    from tip to segment, and of tolerance. No dose is derived from equal exposure.
    """

  /// Three significant digits.
  private static func text(_ value: Double) -> String { number(value, digits: 3).plainText }

  private static func number(_ value: Double) -> AnswerValue { .number(number(value, digits: 4)) }

  private static func number(_ value: Double, digits: Int) -> ExactNumber {
    ExactNumber(value).rounded(toSignificantDigits: digits)
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
