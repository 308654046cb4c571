import ThecalQuantities

/// What `thecal candidate` reads: facts about a patient, each yes, no, unknown or a number.
package struct CandidateScenario: Hashable, Sendable {
  /// An answer to one question.
  package enum Answer: Hashable, Sendable {
    /// The fact holds.
    case yes
    /// It does not.
    case no
    /// Nobody knows yet.
    case unknown
    /// A number, in the unit of the question.
    case amount(Double)
  }

  /// What the pump is for.
  package let indication: String
  /// The drug that is meant for it; nil where none is chosen.
  package let drug: Placed<String>?
  /// The answers by key; a question without one is unknown.
  package let answers: [String: Answer]

  /// Reads the facts from YAML; `file` is the name that errors show, `questions` the keys that may be answered, with
  /// their unit where a number answers too.
  package init(
    yaml: String, file: String, indications: [String], questions: [(key: String, unit: String?)]
  ) throws(ScenarioError) {
    let top = try ScenarioNode(yaml: yaml, file: file)
    let keys = questions.map(\.key)
    let members = try top.members(known: ["indication", "drug"] + keys, required: ["indication"])
    let indicationNode = members["indication"] ?? top
    indication = try indicationNode.text().lowercased()
    guard indications.contains(indication) else {
      throw indicationNode.error(
        "unknown indication '\(indication)'; \(suggestion(for: indication, among: indications))")
    }
    drug = try members["drug"].map { node throws(ScenarioError) in
      Placed(try node.text().lowercased(), at: node.place)
    }
    var answers: [String: Answer] = [:]
    for (key, unit) in questions {
      guard let node = members[key] else { continue }
      answers[key] = try Self.answer(node, unit: unit)
    }
    self.answers = answers
  }

  private static func answer(_ node: ScenarioNode, unit: String?) throws(ScenarioError) -> Answer {
    switch try node.text().lowercased() {
    case "yes", "true": return .yes
    case "no", "false": return .no
    case "unknown", "?": return .unknown
    default: break
    }
    guard let unit else { throw node.error("write yes, no or unknown, not '\(try node.text())'") }
    return .amount(try amount(node, unit: unit))
  }

  private static func amount(_ node: ScenarioNode, unit: String) throws(ScenarioError) -> Double {
    let text = try node.text()
    guard text.last?.isNumber != true else {
      throw node.error("'\(text)' has no unit; write for example \(text) \(unit), or yes, no, unknown")
    }
    if unit == "%" { return try node.number(in: -1...1) * 100 }
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
