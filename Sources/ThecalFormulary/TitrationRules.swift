package import ThecalQuantities

/// How far and how often an intrathecal dose is changed, where the drug's own file does not say.
package struct TitrationRules: Hashable, Sendable, Decodable {
  /// A figure for one drug in one setting.
  package struct Entry: Hashable, Sendable, Decodable {
    /// The drug.
    package let drug: String
    /// An indication, or `any`.
    package let setting: String
    /// The figure.
    package let figure: CitedRange

    private enum CodingKeys: String, CodingKey { case drug, setting }

    /// Reads whom it is for and, from the same object, the figure.
    package init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      setting = try entry.decode(String.self, forKey: .setting)
      figure = try CitedRange(from: decoder)
    }
  }

  /// The shortest time between two increases, in hours.
  package let intervals: [Entry]
  /// A longer one that is advised, in hours.
  package let recommendedIntervals: [Entry]
  /// The largest increase, in percent.
  package let steps: [Entry]
  /// The largest decrease, in percent per day.
  package let decreases: [Entry]
  /// The first day on which the ceiling may be given.
  package let ceilingNotBefore: [Entry]
  /// The share of a target at which it counts as reached.
  package let reachedPercent: Cited<ExactNumber>
  /// By how much a planned level may pass its target.
  package let overshootPercent: Cited<ExactNumber>
  /// What stops a titration, or turns it round.
  package let stopRules: [Statement]

  /// The entry of `list` for a drug: that of the setting, else the one for any.
  package static func figure(_ list: [Entry], drug: String, setting: String) -> CitedRange? {
    let own = list.filter { $0.drug == drug }
    return (own.first { $0.setting == setting } ?? own.first { $0.setting == "any" })?.figure
  }
}

extension Formulary {
  /// How far and how often doses are changed.
  package var titration: TitrationRules { rules.titration.value }
}
