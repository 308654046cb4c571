package import ThecalQuantities

/// When a pain diary says enough, and what it may suggest.
package struct DiaryRules: Hashable, Sendable, Decodable {
  /// Where it stands below `Data/`.
  static let path = "protocols/diary.json"

  /// Ratings of an hour of the day below which nothing is said about it.
  package let minRatings: Cited<ExactNumber>
  /// Days below which no trend and no rhythm is shown.
  package let minDays: Cited<ExactNumber>
  /// Points by which an hour's pain must exceed the mean of its day.
  package let hourThreshold: Cited<ExactNumber>
  /// How far a rated hour speaks for the hours around it, h.
  package let reachHours: Cited<ExactNumber>
  /// More in the hours of more pain, percent.
  package let flexStep: Cited<ExactNumber>
  /// The most that the other hours give up, percent.
  package let flexDecreaseMax: Cited<ExactNumber>
  /// Confidence of every interval, percent.
  package let confidence: Cited<ExactNumber>
  /// Moderately important improvement, percent.
  package let moderateRelief: Cited<ExactNumber>
  /// Substantial improvement, percent.
  package let substantialRelief: Cited<ExactNumber>
  /// What to think of before a programme is changed.
  package let advice: [Statement]
}
