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
}
