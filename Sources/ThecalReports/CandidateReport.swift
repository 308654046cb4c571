import ThecalDosing
import ThecalFormulary
import ThecalQuantities
public import ThecalStudy
import ThecalTitration

/// The checklist for a candidate of a pump, as an answer.
public struct CandidateReport: Sendable {
  private let assessment: CandidateAssessment

  /// A report of `job`.
  public init(_ job: CandidateJob) { assessment = job.assessment }

  /// Whether something excludes a pump as things stand.
  public var isBlocked: Bool { assessment.findings.isRefused }

  /// The checklist as text and as one JSON object.
  public var answer: Answer {
    func ids(_ lines: [CandidateAssessment.Line]) -> AnswerValue { .list(lines.map { .text($0.item.id) }) }
    return Answer(
      text: text, status: status, codes: assessment.findings.codes.codes, message: message,
      sources: assessment.sources,
      fields: [
        AnswerField("indication", .text(assessment.indication)),
        AnswerField("drug", assessment.drug.map { .text($0.id) } ?? .null),
        AnswerField("checklist", .text(Formulary.embedded.candidateChecklist.version)),
        AnswerField("items", .list(assessment.lines.map(\.answerValue))),
        AnswerField("excluding", ids(assessment.excluding)), AnswerField("to_weigh", ids(assessment.toWeigh)),
        AnswerField("missing", ids(assessment.missing)),
        AnswerField("not_asked", .list(assessment.notAsked.map { .text($0) })),
      ])
  }

  private var status: Status { assessment.findings.status }

  private var message: String { assessment.findings.all.map(\.text).joined(separator: " ") }

  private var text: String {
    let drug = assessment.drug.map { ", \($0.tallMan)" } ?? ""
    let heading = [
      "Candidate for an intrathecal pump: \(assessment.indication)\(drug)",
      "Status: \(status.rawValue.uppercased())", "",
    ]
    let parts: [(String, CandidateAssessment.Verdict)] = [
      ("Not met", .notMet), ("Not known yet", .unknown), ("Met", .met),
    ]
    let body = parts.flatMap { title, verdict in
      let lines = assessment.lines.filter { $0.verdict == verdict }
      return lines.isEmpty ? [] : [title] + lines.flatMap(Self.shown) + [""]
    }
    return (heading + body + [message]).joined(separator: "\n")
  }

  private static func shown(_ line: CandidateAssessment.Line) -> [String] {
    let mark =
      line.item.ifNot == .excludes
      ? "must be \(line.item.expects.rawValue)" : "should be \(line.item.expects.rawValue)"
    let source = line.item.citation.source + (line.item.citation.verified ? "" : ", not verified")
    return [
      "  \(line.item.id.replacingUnderscores): \(line.answerText) (\(mark))",
      "      \(line.item.text) [\(source)]",
    ]
  }
}

extension CandidateAssessment.Line {
  /// The answer as a person wrote it.
  fileprivate var answerText: String {
    switch answer {
    case .yes: "yes"
    case .no: "no"
    case .unknown: "unknown"
    case .amount(let value):
      "\(ClinicalText.number(ExactNumber((value * 10).rounded() / 10))) \(item.atLeast?.unit ?? "")"
    }
  }

  fileprivate var answerValue: AnswerValue {
    .object([
      AnswerField("id", .text(item.id)), AnswerField("text", .text(item.text)),
      AnswerField("answer", .text(answerText)), AnswerField("expects", .text(item.expects.rawValue)),
      AnswerField("result", .text(verdict.rawValue)), AnswerField("if_not_met", .text(item.ifNot.rawValue)),
      AnswerField("advice", item.advice.map { .text($0) } ?? .null),
      AnswerField("source", .text(item.citation.source)),
      AnswerField("locator", .text(item.citation.locator)),
      AnswerField("verified", .flag(item.citation.verified)),
    ])
  }
}
