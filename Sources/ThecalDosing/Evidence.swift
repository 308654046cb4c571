public import ThecalFormulary
public import ThecalQuantities

/// A value that a finding or a step of a calculation names.
///
/// Never a sentence: words come in as names of the input or the data, and go out in the style of `ThecalReports`.
public enum Evidence: Hashable, Sendable {
  /// A pure number.
  case number(ExactNumber)
  /// A number in a unit that the source or the input wrote.
  case amount(ExactNumber, String)
  /// Two numbers between which something lies, in one unit; one number where they are the same.
  case range(ExactNumber, ExactNumber, String)
  /// A daily dose in the unit in which its drug is spoken of.
  case dose(DoseRate, DoseUnit)
  /// An amount of drug in the unit in which its drug is spoken of; nil for the unit that fits its size.
  case mass(Mass, DoseUnit?)
  /// The strength of a solution in the unit in which its drug is spoken of.
  case strength(Concentration, DoseUnit)
  case volume(Volume)
  case flow(Flow)
  case time(Time)
  case share(Ratio)
  case length(Length)
  case date(CalendarDate)
  /// A drug by its id; printed in tall-man letters.
  case drug(String)
  /// A name or what an input says, printed as it is.
  case text(String)
  /// A single slip of a pen and what it would have meant.
  case slip(Slip, ExactNumber, String)
  /// Several values, printed with commas.
  case list([Evidence])
  /// Several values of which one holds, printed with «or».
  case either([Evidence])

  /// A published number with its unit.
  public static func figure(_ figure: Cited<ExactNumber>) -> Evidence {
    .amount(figure.value, figure.unit ?? "")
  }
}

/// One step of a calculation, so that a person can repeat it on paper.
public struct DerivationStep: Hashable, Sendable {
  /// What is computed.
  public let topic: Topic
  /// The numbers, in the order of the places in its sentence.
  public let evidence: [Evidence]
  /// The figures that enter, with source and locator.
  public let figures: [Cited<ExactNumber>]

  /// A step.
  public init(_ topic: some FindingTopic, _ evidence: [Evidence], _ figures: [Cited<ExactNumber>] = []) {
    self.topic = Topic(topic)
    self.evidence = evidence
    self.figures = figures
  }
}
