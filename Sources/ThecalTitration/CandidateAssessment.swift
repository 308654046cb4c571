package import ThecalDosing
package import ThecalFormulary
import ThecalQuantities
package import ThecalTransport

/// The checklist for one patient: each item met, not met or unknown, what is missing, what excludes. It counts
/// nothing and weighs nothing: there is no score.
package struct CandidateAssessment: Sendable {
  /// What the answer to an item means.
  package enum Verdict: String, Sendable {
    /// The answer speaks for a pump.
    case met
    /// It speaks against it.
    case notMet = "not_met"
    /// There is no answer yet.
    case unknown
  }

  /// An item with its answer.
  package struct Line: Sendable {
    /// What is asked, and where that stands.
    package let item: CandidateChecklist.Item
    /// The answer.
    package let answer: CandidateFacts.Answer
    /// What it means.
    package let verdict: Verdict
  }

  /// What the pump is for.
  package let indication: String
  /// The drug; nil where none is chosen.
  package let drug: Drug?
  /// The items that are asked for this indication and drug.
  package let lines: [Line]
  /// Answers in the file that nobody asked for with this indication and drug.
  package let notAsked: [String]
  /// What stands against a plain yes: first what excludes, then what to weigh, then what is missing; where nothing does, that.
  package private(set) var findings = Findings()

  /// Holds the facts of `facts` against the checklist of `formulary`.
  package init(_ facts: CandidateFacts, formulary: Formulary) throws(InputProblem) {
    indication = facts.indication
    drug = try facts.drug.map { name throws(InputProblem) in
      guard let drug = formulary.drug(named: name) else {
        throw InputProblem(
          .drug, "unknown drug; \(suggestion(for: name, among: formulary.drugs.filter(\.target).map(\.id)))")
      }
      guard drug.target else { throw InputProblem(.drug, "\(drug.tallMan) is no drug of a pump") }
      return drug
    }
    let items = formulary.candidateChecklist.items(indication: indication, drug: drug?.id)
    lines = items.map { item in
      let answer = facts.answers[item.id] ?? .unknown
      return Line(item: item, answer: answer, verdict: Self.verdict(item, answer))
    }
    let asked = Set(items.map(\.id))
    notAsked = facts.answers.keys.filter { !asked.contains($0) }.sorted()
    judge()
  }

  private mutating func judge() {
    for line in excluding + toWeigh {
      let excludes = line.item.ifNot == .excludes
      let topic: TitrationTopic =
        line.item.advice != nil
        ? excludes ? .excludes : .toWeigh
        : line.item.expects == .yes
          ? excludes ? .excludesNotHolding : .toWeighNotHolding
          : excludes ? .excludesHolding : .toWeighHolding
      findings.add(
        Finding(
          topic, excludes ? .excluded : .notMet, nil,
          [.text(line.item.id.replacingUnderscores), .text(line.item.advice ?? line.item.text)],
          citing: [line.item.citation]))
    }
    if !missing.isEmpty {
      findings.add(Self.listing(.notKnown, .missingField, .review, missing.map(\.item.id)))
    }
    if drug == nil { findings.add(Finding(TitrationTopic.noDrugOfPump, .missingField, .review)) }
    if !notAsked.isEmpty { findings.add(Self.listing(.notAsked, nil, .note, notAsked)) }
    if (excluding + toWeigh).contains(where: { !$0.item.citation.verified }) {
      findings.add(Finding(TitrationTopic.itemsNotRead, .unverifiedSource, .review))
    }
    if findings.status == .ok { findings.add(Finding(TitrationTopic.nothingAgainst, nil, .note)) }
  }

  private static func listing(
    _ topic: TitrationTopic, _ code: Code?, _ severity: Severity, _ ids: [String]
  ) -> Finding {
    Finding(topic, code, severity, [.list(ids.map { .text($0.replacingUnderscores) })])
  }

  private static func verdict(
    _ item: CandidateChecklist.Item, _ answer: CandidateFacts.Answer
  ) -> Verdict {
    let holds: Bool
    switch answer {
    case .unknown: return .unknown
    case .yes: holds = true
    case .no: holds = false
    case .amount(let value): holds = item.atLeast.map { value >= $0.value.double } ?? false
    }
    return holds == (item.expects == .yes) ? .met : .notMet
  }

  /// The items that speak against a pump as things stand.
  package var excluding: [Line] { lines.filter { $0.verdict == .notMet && $0.item.ifNot == .excludes } }

  /// The items that are not met and that the team must weigh.
  package var toWeigh: [Line] { lines.filter { $0.verdict == .notMet && $0.item.ifNot == .review } }

  /// The items without an answer.
  package var missing: [Line] { lines.filter { $0.verdict == .unknown } }

  /// The documents behind the items, each once, in the order of the items.
  package var sources: [String] {
    lines.map(\.item.citation.source).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
