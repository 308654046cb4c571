package import ThecalQuantities

/// How an intrathecal drug is tried before a pump, and when a trial has succeeded.
package struct TrialRules: Hashable, Sendable, Decodable {
  /// Where it stands below `Data/`.
  static let path = "protocols/trials.json"

  /// A figure for one drug.
  package struct PerDrug: Hashable, Sendable, Decodable {
    /// The drug.
    package let drug: String
    /// The figure.
    package let figure: Cited<ExactNumber>

    private enum CodingKeys: String, CodingKey { case drug }

    /// Reads the drug and, from the same object, the figure.
    package init(from decoder: any Decoder) throws {
      drug = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .drug)
      figure = try Cited(from: decoder)
    }
  }

  /// Injections that follow each other until one works.
  package struct Series: Hashable, Sendable, Decodable {
    /// The drug.
    package let drug: String
    /// The doses, mcg.
    package let doses_mcg: [ExactNumber]
    /// Where it stands.
    package let citation: Citation

    private enum CodingKeys: String, CodingKey { case drug, dosesMcg }

    /// Reads the doses and, from the same object, the citation.
    package init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      doses_mcg = try entry.decode([ExactNumber].self, forKey: .dosesMcg)
      citation = try Citation(from: decoder)
    }
  }

  /// How trials went for real patients.
  package struct Seen: Hashable, Sendable, Decodable {
    /// `single`, `multiple` or `epidural`.
    package let method: String
    /// The drug.
    package let drug: String
    /// Patients for whom the trial succeeded.
    package let events: Int
    /// All patients.
    package let of: Int
    /// The same in words.
    package let text: String
    /// Where it stands.
    package let citation: Citation

    private enum CodingKeys: String, CodingKey { case method, drug, events, of, text }

    /// Reads the counts and, from the same object, the citation.
    package init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      method = try entry.decode(String.self, forKey: .method)
      drug = try entry.decode(String.self, forKey: .drug)
      events = try entry.decode(Int.self, forKey: .events)
      of = try entry.decode(Int.self, forKey: .of)
      text = try entry.decode(String.self, forKey: .text)
      citation = try Citation(from: decoder)
    }
  }

  /// Reduction of pain from which a trial counts as a success, percent.
  package let relief: Cited<ExactNumber>
  /// Points on Ashworth's scale from which it does.
  package let ashworthDrop: Cited<ExactNumber>
  /// How long an effect must last to be called sustained, h.
  package let sustainedHours: Cited<ExactNumber>
  /// How long an injection is followed, h.
  package let windowHours: Cited<ExactNumber>
  /// The shortest time from one injection to the next, h.
  package let intervalHours: Cited<ExactNumber>
  /// The time from one step of an infusion trial to the next, h.
  package let ladderHours: Cited<ExactNumber>
  /// Equal steps to the ceiling where nothing else is said.
  package let ladderSteps: Cited<ExactNumber>
  /// How long an infusion trial is followed, h.
  package let ladderWindowHours: Cited<ExactNumber>
  /// The drugs for which an infusion trial in steps of hours is described.
  package let ladderDrugs: [String]
  /// What an epidural dose is worth in the cerebrospinal fluid.
  package let epiduralFactors: [PerDrug]
  /// The strength of what is injected.
  package let injectionStrengths: [PerDrug]
  /// Series of injections beside that of the label of baclofen.
  package let series: [Series]
  /// Single injections, the low end of what is described.
  package let single: [PerDrug]
  /// How trials went for real patients.
  package let results: [Seen]
  /// The first daily dose of an opioid as a multiple of the bolus that worked.
  package let matchFactor: Cited<ExactNumber>
}
