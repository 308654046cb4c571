public import ThecalDosing
public import ThecalResponse

/// Turns what was found into words; made in `ThecalReports` and given to a batch, which writes none itself.
public protocol ResultWording: Sendable {
  /// Appends the sentence of `finding` in UTF-8.
  func write(_ finding: Finding, to bytes: inout [UInt8])
  /// What made a start as low as it is.
  func text(_ basis: StartBasis) -> String
  /// What a step computes, and its arithmetic with the numbers in place.
  func text(_ step: DerivationStep) -> (quantity: String, arithmetic: String)
  /// How likely an effect is, in whom, and who counted it.
  func text(_ entry: RiskAssessment.Entry) -> String
}
