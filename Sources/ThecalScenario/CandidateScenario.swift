import ThecalQuantities
package import ThecalTitration

/// What `thecal candidate` reads: facts about a patient, each yes, no, unknown or a number.
package struct CandidateScenario: Hashable, Sendable {
  /// The facts.
  package let facts: CandidateFacts
  let places: InputPlaces

  /// Reads the facts from YAML; `file` is the name that errors show, `questions` the keys that may be answered, with
  /// their unit where a number answers too.
  package init(
    yaml: String, file: String, indications: [String], questions: [(key: String, unit: String?)]
  ) throws(ScenarioError) {
    let top = try ScenarioNode(yaml: yaml, file: file)
    let members = try top.members(.candidate(indications: indications, questions: questions))
    let indicationNode = members["indication"] ?? top
    let indication = try indicationNode.text().lowercased()
    guard indications.contains(indication) else {
      throw indicationNode.error(
        "unknown indication '\(indication)'; \(suggestion(for: indication, among: indications))")
    }
    let drug = try members["drug"]?.text().lowercased()
    var answers: [String: CandidateFacts.Answer] = [:]
    for (key, unit) in questions {
      guard let node = members[key] else { continue }
      answers[key] = try Self.answer(node, unit: unit)
    }
    facts = CandidateFacts(indication: indication, drug: drug, answers: answers)
    places = InputPlaces(top: top.place, drug: members["drug"]?.place, sites: [])
  }

  private static func answer(_ node: ScenarioNode, unit: String?) throws(ScenarioError)
    -> CandidateFacts.Answer
  {
    switch try node.text().lowercased() {
    case "yes", "true": return .yes
    case "no", "false": return .no
    case "unknown", "?": return .unknown
    default: break
    }
    guard let unit else { throw node.error("write yes, no or unknown, not '\(try node.text())'") }
    let amount = try amount(node, unit: unit)
    let mostYears = ScenarioNode.mostYears
    guard amount <= (unit == "year" ? mostYears : mostYears * 12) || unit == "%" else {
      throw node.error("must not be above \(Int(mostYears)) years, not \(try node.text())")
    }
    return .amount(amount)
  }

  private static func amount(_ node: ScenarioNode, unit: String) throws(ScenarioError) -> Double {
    let text = try node.text()
    guard text.last?.isNumber != true else {
      throw node.error("'\(text)' has no unit; write for example \(text) \(unit), or yes, no, unknown")
    }
    if unit == "%" { return try node.reading(as: .number(-1...1)).number() * 100 }
    let words = text.lowercased().split(separator: " ")
    let months = ["month", "months", "mo"].contains(words.last)
    if months, words.count == 2, let number = try? NumberReader().read(String(words[0])) {
      guard number >= 0 else { throw node.error("must be zero or more, not \(text)") }
      return number.double / (unit == "year" ? 12 : 1)
    }
    guard !months else { throw node.error("'\(text)' is no number of months") }
    let time: Time = try node.positive(orZero: true)
    let years = time.value(in: .years)
    return unit == "year" ? years : years * 12
  }
}
