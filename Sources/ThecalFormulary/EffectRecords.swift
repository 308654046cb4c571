package import ThecalQuantities

/// How effects follow the level in CSF, as published or calibrated.
package struct EffectRecords: Hashable, Sendable, Decodable {
  /// One effect of one drug.
  package struct Effect: Hashable, Sendable, Decodable {
    /// Where the level counts.
    package enum Site: String, Hashable, Sendable, Decodable {
      /// At the segment that is treated.
      case segment
      /// In the cranial pool.
      case cranial
    }

    /// How far patients lie apart: geometric standard deviations, where nothing else is said.
    package struct Spread: Hashable, Sendable, Decodable {
      /// Of the level at half effect; nil where the counts give it.
      package let ec50: Cited<ExactNumber>?
      /// Of the half-life of the lag.
      package let halfLife: Cited<ExactNumber>
      /// Of the score without drug: a standard deviation; nil where there is no score.
      package let baseline: Cited<ExactNumber>?
    }

    /// What a series reports as the mean effect in its people, those who do not respond among them.
    package struct Reported: Hashable, Sendable, Decodable {
      /// The mean, in its unit.
      package let mean: Cited<ExactNumber>
      /// The doses of the series.
      package let dose: IncidenceCount.Dose

      private enum CodingKeys: String, CodingKey { case dose }

      /// Reads the doses and, from the same object, the cited mean.
      package init(from decoder: any Decoder) throws {
        dose = try decoder.container(keyedBy: CodingKeys.self).decode(IncidenceCount.Dose.self, forKey: .dose)
        mean = try Cited(from: decoder)
      }
    }

    /// The drug.
    package let drug: String
    /// `relief`, `ashworth` or `respiratory_depression`.
    package let effect: String
    /// Where the level counts.
    package let site: Site
    /// Half-life of the lag between level and effect.
    package let halfLife: Cited<ExactNumber>
    /// The level at half of the largest effect; nil where the counts give it.
    package let ec50: Cited<ExactNumber>?
    /// The exponent of the level.
    package let steepness: Cited<ExactNumber>
    /// The largest effect: a share, or points of a score.
    package let largest: Cited<ExactNumber>
    /// Without drug: pain 0 … 10, Ashworth 0 … 4, or share of ventilation lost.
    package let baseline: Cited<ExactNumber>
    /// How far patients lie apart.
    package let spread: Spread
    /// Standard deviation of an observed score about its model; nil where none is observed.
    package let score: Cited<ExactNumber>?
    /// Means of series, which no prediction contradicts; nil where none is on record.
    package let reported: [Reported]?
    /// The effect that counts as toxic; nil where it is wanted.
    package let toxic: Cited<ExactNumber>?

    /// Every figure, with what it is.
    package var figures: [(name: String, value: Cited<ExactNumber>)] {
      let own = [
        ec50.map { ("level at half effect", $0) }, spread.ec50.map { ("spread between patients", $0) },
      ]
      return [("half-life of the effect", halfLife), ("steepness", steepness), ("largest effect", largest)]
        + own.compactMap(\.self)
    }
  }

  /// How fast tolerance to a drug follows its level.
  package struct Moderator: Hashable, Sendable, Decodable {
    /// The drug.
    package let drug: String
    /// Half-life of its approach.
    package let halfLife: Cited<ExactNumber>
    /// Geometric standard deviation of what is known of it.
    package let spread: Cited<ExactNumber>
  }

  /// The effects.
  package let effects: [Effect]
  /// How fast tolerance follows.
  package let moderator: [Moderator]

  /// One effect of a drug; nil where nothing is known.
  package func effect(_ effect: String, of drug: String) -> Effect? {
    effects.first { $0.drug == drug && $0.effect == effect }
  }
}

extension Formulary {
  /// How effects follow the level in CSF.
  package var effects: EffectRecords { rules.effects.value }
}
