import ThecalFormulary
import ThecalQuantities

extension CandidateAssessment {
  /// `blocked` where an item excludes, `review` where one is open or to be weighed or no drug is named, else `ok`.
  package var status: String {
    if !excluding.isEmpty { return "blocked" }
    return codes.isEmpty ? "ok" : "review"
  }

  /// What stands against a plain yes, for programs.
  package var codes: [String] {
    let acting = excluding + toWeigh
    return [
      excluding.isEmpty ? nil : "EXCLUDED", toWeigh.isEmpty ? nil : "NOT_MET",
      missing.isEmpty && drug != nil ? nil : "MISSING_FIELD",
      acting.contains { !$0.item.citation.verified } ? "UNVERIFIED_SOURCE" : nil,
    ].compactMap { $0 }
  }

  /// The same in words: first what excludes, then what to weigh, then what is missing.
  package var message: String {
    var sentences = (excluding + toWeigh).map { line in
      let head = line.item.ifNot == .excludes ? "Excludes a pump as things stand" : "To be weighed"
      return "\(head): \(line.item.id.replacingUnderscores). \(line.item.advice ?? line.plain)"
    }
    if !missing.isEmpty {
      sentences.append(
        "Not known yet: \(missing.map(\.item.id.replacingUnderscores).joined(separator: ", ")).")
    }
    if drug == nil { sentences.append("No drug is named: what its label asks was not asked.") }
    if !notAsked.isEmpty {
      sentences.append(
        "Answered, but not asked here: \(notAsked.map(\.replacingUnderscores).joined(separator: ", ")).")
    }
    if excluding.isEmpty && toWeigh.isEmpty && missing.isEmpty && drug != nil {
      sentences.append("No item of the checklist stands against a pump; the decision is the team's.")
    }
    return sentences.joined(separator: " ")
  }

  /// The documents behind the items, each once, in the order of the items.
  package var sources: [String] {
    lines.map(\.item.citation.source).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension CandidateAssessment.Line {
  /// What was found, where the list gives no advice.
  fileprivate var plain: String {
    item.expects == .yes ? "This does not hold: \(item.text)" : "This holds: \(item.text)"
  }

  /// The answer as a person wrote it.
  package var answerText: String {
    switch answer {
    case .yes: "yes"
    case .no: "no"
    case .unknown: "unknown"
    case .amount(let value): "\(rounded(value)) \(item.atLeast?.unit ?? "")"
    }
  }

  private func rounded(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }
}
