import ThecalDosing
import ThecalEstimation
import ThecalKinetics
import ThecalQuantities
public import ThecalStudy
import ThecalTransport

extension SimulationProblem {
  /// What happened and what to do, in one line.
  public var message: String {
    switch cause {
    case .fault(let words): words
    case .refused(let findings):
      findings.filter { $0.severity >= .blocked }.map(\.text).joined(separator: " ")
    case .events(let table, let error): "\(table):\(error.line): \(error.reason.sentence)"
    case .kinetics(let problem): problem.sentence
    case .estimation(let problem): problem.sentence
    }
  }

  /// The refusal as an answer.
  public var answer: Answer {
    let refused = Findings(findings)
    return Answer(
      text: "Status: BLOCKED\n"
        + findings.map { "  \($0.code.map { "\($0.name): " } ?? "")\($0.text)" }.joined(separator: "\n"),
      status: refused.status, codes: refused.codes.codes, message: message,
      sources: refused.sources, fields: [])
  }
}

extension EstimationProblem {
  /// What is wrong, in words.
  var sentence: String {
    func of(_ subject: String) -> String { subject.isEmpty ? "" : "subject \(subject): " }
    switch self {
    case .input(let subject, let problem): return of(subject) + problem.message
    case .noLevel(let subject, let time, let site):
      return
        "\(of(subject))a level was measured at \(site) at \(plainDecimal(time)) h, where the model has none: is the time that since the dose, "
        + "and the site right?"
    case .failed(let subject, let reason):
      return "\(of(subject))the model cannot be computed at the middle of the priors: \(reason)"
    case .correlations: return "no parameters can be correlated like this"
    }
  }
}
