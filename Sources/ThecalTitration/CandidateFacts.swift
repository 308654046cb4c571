/// Facts about a candidate for a pump, each yes, no, unknown or a number.
package struct CandidateFacts: Hashable, Sendable {
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
  /// The drug that is meant for it, by any of its names; nil where none is chosen.
  package let drug: String?
  /// The answers by key; a question without one is unknown.
  package let answers: [String: Answer]

  /// Facts for an indication of the checklist.
  package init(indication: String, drug: String?, answers: [String: Answer]) {
    self.indication = indication
    self.drug = drug
    self.answers = answers
  }
}
