package import ThecalQuantities

/// Effects that are looked for, in the order of the harm they can do, and where a window of doses ends.
package struct HarmRecords: Hashable, Sendable, Decodable {
  /// One effect.
  package struct Effect: Hashable, Sendable, Decodable {
    /// The id in counts and answers.
    package let id: String
    /// Whether too much of the drug brings it, too little, or either.
    package let direction: String
    /// Ids under which sources count it together with others.
    package let together: [String]?
  }

  /// What goes with masses at the catheter tip.
  package struct MassFactor: Hashable, Sendable, Decodable {
    /// `dose`, `yearly_rise`, `concentration`, `flow` or `months`.
    package let factor: String
    /// What was seen.
    package let statement: Statement

    private enum CodingKeys: String, CodingKey { case factor }

    /// Reads the factor and, from the same object, the statement.
    package init(from decoder: any Decoder) throws {
      factor = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .factor)
      statement = try Statement(from: decoder)
    }
  }

  /// What pooled trials and dose findings say after an injection, as context: no figure is computed from it.
  package struct Comparison: Hashable, Sendable, Decodable {
    /// The drug.
    package let drug: String
    /// The effects that it speaks of.
    package let effects: [String]
    /// What was found.
    package let statement: Statement

    private enum CodingKeys: String, CodingKey { case drug, effects }

    /// Reads drug and effects and, from the same object, the statement.
    package init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      effects = try entry.decode([String].self, forKey: .effects)
      statement = try Statement(from: decoder)
    }
  }

  /// Where a dose is too much for some and too little for others.
  package struct Window: Hashable, Sendable, Decodable {
    /// The largest share of patients with a toxic level, in percent.
    package let toxicPercent: Cited<ExactNumber>
    /// The largest share of patients without the wanted effect, in percent.
    package let inadequatePercent: Cited<ExactNumber>
    /// The relief below which it is inadequate, in percent.
    package let reliefPercent: Cited<ExactNumber>
    /// The Ashworth score above which the target is missed.
    package let ashworth: Cited<ExactNumber>
  }

  /// The effects, most harmful first.
  package let effects: [Effect]
  /// What goes with masses at the catheter tip.
  package let massFactors: [MassFactor]
  /// What pooled trials and dose findings say.
  package let comparisons: [Comparison]
  /// The concentration from which one source sees a risk of masses.
  package let massConcentration: Cited<ExactNumber>
  /// The yearly rise of the dose that calls for a look, in percent.
  package let massYearlyRise: Cited<ExactNumber>
  /// The limits of a window of doses.
  package let window: Window
}

extension Formulary {
  /// Effects that are looked for.
  package var harms: HarmRecords { rules.harms.value }
}
