import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalTabular
public import ThecalStudy

extension RiskFitReport {
  /// A model as a person reads it: parameters, what each study says of it, what leaving it out would change.
  func text(_ fit: ModelFit) -> String {
    var lines = [
      "\(fit.model.drug) \(fit.model.effect.replacingUnderscores), model of exposure, \(fit.model.studies.count) studies",
      "  parameter                      most probable (95 %)",
    ]
    lines += fit.model.parameters.map { parameter in
      "  \(parameter.name.replacingUnderscores.padded(to: 31))\(parameter.estimate.clinical()) (\(parameter.from.clinical()) to \(parameter.to.clinical()))"
    }
    lines.append(
      "  dose            seen      expected (95 %)             residual  without it  foreseen  study")
    for line in fit.lines {
      let expected = "\(percent(line.expected)) (\(percent(line.low)) to \(percent(line.high)))"
      let foreseen = line.isForeseen.map { $0 ? "yes" : "no" } ?? "-"
      lines.append(
        "  \(dose(line.row).padded(to: 16))\("\(line.row.events ?? 0)/\(line.row.n ?? 0)".padded(to: 10))\(expected.padded(to: 28))"
          + "\(line.residual.clinical().padded(to: 10))\((line.without.map { percent($0) } ?? "-").padded(to: 12))\(foreseen.padded(to: 10))"
          + line.row.citation.source)
    }
    lines.append("  leaving out moves the parameters by")
    lines += fit.moves.map { move in
      "  \(move.study.padded(to: 22))" + move.change.map { $0.clinical().padded(to: 12) }.joined()
    }
    return lines.joined(separator: "\n")
  }

  private func dose(_ row: IncidenceCount) -> String {
    guard let dose = row.dose, let standing = dose.standing else { return "not stated" }
    return "\(ClinicalText.number(standing)) \(dose.unit)"
  }

  /// A model for a program.
  func record(_ fit: ModelFit) -> AnswerValue {
    func number(_ value: Double?) -> AnswerValue {
      value.flatMap { $0.isFinite ? .number(ExactNumber($0).shown) : nil } ?? .null
    }
    return .object([
      AnswerField("drug", .text(fit.model.drug)), AnswerField("effect", .text(fit.model.effect)),
      parameters(fit.model, ends: ("low", "high"), number),
      AnswerField(
        "counts",
        .list(
          fit.lines.map { line in
            .object([
              AnswerField("source", .text(line.row.citation.source)),
              AnswerField("dose", number(line.row.dose?.standing?.double)),
              AnswerField("unit", line.row.dose.map { .text($0.unit) } ?? .null),
              AnswerField("events", .number(ExactNumber(line.row.events ?? 0))),
              AnswerField("n", .number(ExactNumber(line.row.n ?? 0))),
              AnswerField("expected", number(line.expected)),
              AnswerField("low", number(line.low)), AnswerField("high", number(line.high)),
              AnswerField("residual", number(line.residual)),
              AnswerField("expected_without_this_study", number(line.without)),
              AnswerField("foreseen", line.isForeseen.map { .flag($0) } ?? .null),
            ])
          })),
      AnswerField(
        "leaving_out",
        .list(
          fit.moves.map { move in
            .object([
              AnswerField("study", .text(move.study)),
              AnswerField("change", .list(move.change.map { number($0) })),
            ])
          })),
    ])
  }

  private func parameters(
    _ model: EffectFits.Model, ends: (low: String, high: String), _ number: (Double) -> AnswerValue
  ) -> AnswerField {
    AnswerField(
      "parameters",
      .list(
        model.parameters.map {
          .object([
            AnswerField("name", .text($0.name)), AnswerField("estimate", number($0.estimate)),
            AnswerField(ends.low, number($0.from)), AnswerField(ends.high, number($0.to)),
          ])
        }))
  }

  /// Writes the estimates as the data carry them, complete or not at all.
  public func write(to path: String) throws(SimulationProblem) {
    func number(_ value: Double) -> AnswerValue {
      .number(ExactNumber(value).rounded(toSignificantDigits: 12))
    }
    func exposure(_ levels: EffectFits.Exposure) -> AnswerValue {
      .object([AnswerField("meanLog", number(levels.meanLog)), AnswerField("sdLog", number(levels.sdLog))])
    }
    let list = AnswerValue.list(
      models.map(\.model).map { model in
        .object([
          AnswerField("drug", .text(model.drug)), AnswerField("effect", .text(model.effect)),
          AnswerField("single", exposure(model.single)),
          AnswerField("continuous", exposure(model.continuous)),
          parameters(model, ends: ("from", "to"), number),
          AnswerField(
            "draws",
            .list(
              model.draws.map { draw in
                .list(draw.map { .number(ExactNumber($0).rounded(toSignificantDigits: 6)) })
              })),
          AnswerField("studies", .list(model.studies.map { .text($0) })),
        ])
      })
    let fields = [
      AnswerField("id", .text("fits")), AnswerField("version", .text("1")),
      AnswerField(
        "title", .text("Estimated from the counts: written by thecal risk fit --write, never by hand")),
      AnswerField("models", list),
    ]
    var writer = JSONWriter()
    writer.append(.object(fields))
    try writeWhole(writer.output.bytes, to: path)
  }
}
