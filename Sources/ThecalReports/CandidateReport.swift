import ThecalFormulary
import ThecalQuantities
import ThecalScenario
import ThecalTitration

/// The checklist for a candidate of a pump, from a file of facts to an answer.
public struct CandidateReport: Sendable {
  private let assessment: CandidateAssessment
  private let version: String

  /// Reads the facts at `path` (`-` for standard input) and holds them against the checklist.
  public init(path: String) throws(SimulationProblem) {
    try self.init(yaml: readText(path), named: path == "-" ? "standard input" : path)
  }

  /// Holds the facts of `yaml`, which errors call `name`, against the checklist.
  public init(yaml: String, named name: String) throws(SimulationProblem) {
    let formulary = Formulary.embedded
    let checklist = formulary.candidateChecklist
    version = checklist.version
    let scenario: CandidateScenario
    do throws(ScenarioError) {
      scenario = try CandidateScenario(
        yaml: yaml, file: name, indications: checklist.indications,
        questions: checklist.questions)
    } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
    if let drug = scenario.facts.drug { try SimulationProblem.refuseForbidden(drug) }
    do throws(ScenarioError) { assessment = try CandidateAssessment(scenario, formulary: formulary) } catch {
      throw SimulationProblem(message: "\(error)", exitCode: 65)
    }
  }

  /// Whether something excludes a pump as things stand.
  public var isBlocked: Bool { assessment.status == "blocked" }

  /// The checklist as text and as one JSON object.
  public var answer: Answer {
    func ids(_ lines: [CandidateAssessment.Line]) -> AnswerValue { .list(lines.map { .text($0.item.id) }) }
    return Answer(
      text: text, status: assessment.status, codes: assessment.codes, message: assessment.message,
      sources: assessment.sources,
      fields: [
        AnswerField("indication", .text(assessment.indication)),
        AnswerField("drug", assessment.drug.map { .text($0.id) } ?? .null),
        AnswerField("checklist", .text(version)),
        AnswerField("items", .list(assessment.lines.map(\.answerValue))),
        AnswerField("excluding", ids(assessment.excluding)), AnswerField("to_weigh", ids(assessment.toWeigh)),
        AnswerField("missing", ids(assessment.missing)),
        AnswerField("not_asked", .list(assessment.notAsked.map { .text($0) })),
      ])
  }

  private var text: String {
    let drug = assessment.drug.map { ", \($0.tallMan)" } ?? ""
    let heading = [
      "Candidate for an intrathecal pump: \(assessment.indication)\(drug)",
      "Status: \(assessment.status.uppercased())", "",
    ]
    let parts: [(String, CandidateAssessment.Verdict)] = [
      ("Not met", .notMet), ("Not known yet", .unknown), ("Met", .met),
    ]
    let body = parts.flatMap { title, verdict in
      let lines = assessment.lines.filter { $0.verdict == verdict }
      return lines.isEmpty ? [] : [title] + lines.flatMap(Self.shown) + [""]
    }
    return (heading + body + [assessment.message]).joined(separator: "\n")
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
