package import ThecalQuantities

/// What leaflets, labels and selection lists ask before a pump is implanted.
package struct CandidateChecklist: Hashable, Sendable, Decodable {
  /// Where it stands below `Data/`.
  static let path = "protocols/candidate.json"

  /// The answer that speaks for a pump.
  package enum Expectation: String, Hashable, Sendable, Decodable {
    /// The fact must hold.
    case yes
    /// The fact must not hold.
    case no
  }

  /// What it means when an item is not met.
  package enum Consequence: String, Hashable, Sendable, Decodable {
    /// No pump as things stand.
    case excludes
    /// A decision for the team.
    case review
  }

  /// The number from which on the answer is yes.
  package struct Threshold: Hashable, Sendable, Decodable {
    /// The number.
    package let value: ExactNumber
    /// Its unit: `%`, `month` or `year`.
    package let unit: String
  }

  /// One fact that is asked for.
  package struct Item: Hashable, Sendable, Decodable, Identifiable {
    /// The key under which a file answers it.
    package let id: String
    /// The fact, as a sentence.
    package let text: String
    /// The answer that speaks for a pump.
    package let expects: Expectation
    /// The indications that it is asked for.
    package let indications: [String]
    /// The drugs that it is asked for; nil for all.
    package let drugs: [String]?
    /// Where a number answers it too, the number from which on the answer is yes.
    package let atLeast: Threshold?
    /// What it means when it is not met.
    package let ifNot: Consequence
    /// What to do when it is not met.
    package let advice: String?
    /// Where it stands.
    package let citation: Citation

    private enum CodingKeys: String, CodingKey {
      case id, text, expects, indications, drugs, atLeast, ifNot, advice
    }

    /// Reads the item and, from the same object, the citation.
    package init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      id = try entry.decode(String.self, forKey: .id)
      text = try entry.decode(String.self, forKey: .text)
      expects = try entry.decode(Expectation.self, forKey: .expects)
      indications = try entry.decode([String].self, forKey: .indications)
      drugs = try entry.decodeIfPresent([String].self, forKey: .drugs)
      atLeast = try entry.decodeIfPresent(Threshold.self, forKey: .atLeast)
      ifNot = try entry.decode(Consequence.self, forKey: .ifNot)
      advice = try entry.decodeIfPresent(String.self, forKey: .advice)
      citation = try Citation(from: decoder)
    }
  }

  /// The version of the list.
  package let version: String
  /// Its items, in the order in which they are shown.
  package let items: [Item]

  /// The items for an indication and a drug, each question once: what a drug's own label asks comes before what
  /// is asked for every drug. Without a drug, what is asked for every drug.
  package func items(indication: String, drug: String?) -> [Item] {
    let fitting = items.filter { $0.indications.contains(indication) }
    let own = fitting.filter { item in drug.map { item.drugs?.contains($0) ?? false } ?? false }
    let ownKeys = Set(own.map(\.id))
    return fitting.filter { item in
      item.drugs == nil ? !ownKeys.contains(item.id) : own.contains(item)
    }
  }

  /// The indications that the list knows.
  package var indications: [String] {
    items.flatMap(\.indications).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The keys that a file may answer, with the unit where a number answers too.
  package var questions: [(key: String, unit: String?)] {
    items.reduce(into: []) { known, item in
      if !known.contains(where: { $0.key == item.id }) { known.append((item.id, item.atLeast?.unit)) }
    }
  }
}
