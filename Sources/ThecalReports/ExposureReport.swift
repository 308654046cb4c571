import ThecalDosing
import ThecalFormulary
public import ThecalPlan
import ThecalQuantities

extension ExposureComparison {
  /// The comparison in words and as JSON.
  public var answer: Answer {
    let width = figures.map(\.title.count).reduce(0, max)
    let lines = figures.map { figure in
      let range = "(\(figure.low.clinical()) to \(figure.high.clinical()))"
      let unit = figure.unit.isEmpty ? "" : " \(figure.unit)"
      return "\(figure.title.padded(to: width + 2))\(figure.median.clinical())  \(range)\(unit)"
    }
    let caution = Self.caution
    let open =
      unverified.isEmpty ? "" : "\nNot compared with a source: \(unverified.joined(separator: ", "))."
    return Answer(
      text: (["\(drug): exposure per mg, median and 95 % of people (\(model.id))"] + lines).joined(
        separator: "\n")
        + "\n" + caution + open,
      status: .review, codes: [.researchOnly] + (unverified.isEmpty ? [] : [.unverifiedSource]),
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

  private static func number(_ value: Double) -> AnswerValue {
    .number(ExactNumber(value).rounded(toSignificantDigits: 4))
  }
}
