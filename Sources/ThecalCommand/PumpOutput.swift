import Thecal

extension PumpAnswer {
  /// The answer in the form in which every command answers.
  var commandAnswer: Answer {
    let nearest: PumpAnswer.Value =
      status == .blocked ? alternative.map(PumpAnswer.Value.text) ?? .none : .none
    let extra = [
      PumpAnswer.Part("alternative", nearest),
      PumpAnswer.Part("formulas", .list(formulas.map(PumpAnswer.Value.text))),
    ]
    let figures = shownFields.map { PumpAnswer.Part($0.key, $0.value) } + extra
    return Answer(
      text: sheet, status: status.rawValue, codes: codes, message: message, sources: sources,
      fields: figures.map { AnswerField($0.key, $0.value.answerValue) })
  }
}

extension PumpAnswer.Value {
  /// The value as every command writes it.
  fileprivate var answerValue: AnswerValue {
    switch self {
    case .none: .null
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .flag(let yes): .flag(yes)
    case .list(let items): .list(items.map(\.answerValue))
    case .record(let parts): .object(parts.map { AnswerField($0.key, $0.value.answerValue) })
    }
  }
}
