import ThecalDosing
import ThecalEstimation
import ThecalQuantities
public import ThecalStudy

extension ModelJob {
  /// What the model is: drug, sources, bounds of the errors, findings, and what is free.
  public var answer: Answer {
    let free = model.parameters.map { parameter -> AnswerValue in
      .object([
        AnswerField("key", .text(parameter.key)), AnswerField("unit", .text(parameter.unit)),
        AnswerField("value", .number(ExactNumber(parameter.value))),
      ])
    }
    let message = findings.all.map(\.text).joined(separator: "; ")
    return Answer(
      text: message, status: findings.status, codes: findings.codes.codes,
      message: message, sources: model.sources,
      fields: [
        AnswerField("drug", .text(model.drug)), AnswerField("parameters", .list(free)),
        AnswerField("error_bound", .number(ExactNumber(model.tolerance + model.gridError))),
        AnswerField("time_error", .number(ExactNumber(model.tolerance))),
        AnswerField("grid_error", .number(ExactNumber(model.gridError))),
      ])
  }
}
