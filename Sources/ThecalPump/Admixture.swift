public import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// Several drugs in one reservoir: they share the flow, so the primary drug's dose fixes every other.
///
/// `dose_i = dose_primary x concentration_i / concentration_primary`.
public struct Admixture: Sendable {
  /// A drug of the mixture.
  public struct Part: Sendable {
    /// The drug and its limits.
    public let drug: PumpDrug
    /// Its strength in the mixture; above zero.
    public let concentration: Concentration
    /// The unit in which it is spoken of.
    public let unit: DoseUnit

    /// A drug at `concentration`.
    ///
    /// - Precondition: `concentration` is above zero.
    public init(_ drug: PumpDrug, _ concentration: Concentration, unit: DoseUnit) {
      precondition(concentration > .zero)
      self.drug = drug
      self.concentration = concentration
      self.unit = unit
    }
  }

  /// What a flow gives of one drug.
  public struct Share: Sendable {
    /// The drug.
    public let part: Part
    /// What the flow gives in a day.
    public let daily: DoseRate
    /// What one bolus gives.
    public let perBolus: Mass
    /// How it stands against its limits.
    public let status: Status
  }

  /// The pump.
  public let device: PumpDevice
  /// The drug that is programmed.
  public let primary: Part
  /// Its daily dose.
  public let dose: DoseRate
  /// Its dose in one bolus.
  public let bolus: Mass
  /// The flow that they share.
  public let flow: Flow
  /// Each drug's share, in the order given.
  public let shares: [Share]
  /// How long the mixture was shown to keep in a pump; nil where that is not on record.
  public let stability: Time?
  /// What was found.
  public let outcome: PumpOutcome

  /// The shares of `parts` when `parts[primary]` is programmed at the daily dose, with its boluses.
  ///
  /// - Precondition: `primary` is one of the parts, the daily dose is above zero, and the bolus not below it.
  public init(
    device: PumpDevice, parts: [Part], primary: Int, doses: (daily: DoseRate, bolus: Mass),
    formulary: Formulary = .embedded
  ) {
    precondition(parts.indices.contains(primary) && doses.daily > .zero && doses.bolus >= .zero)
    self.device = device
    self.primary = parts[primary]
    (dose, bolus) = (doses.daily, doses.bolus)
    let flow = dose / parts[primary].concentration
    self.flow = flow
    var checks = PumpChecks()
    checks.checkFlow(flow, on: device)
    let bolusVolume = bolus / parts[primary].concentration
    shares = parts.map { part in
      let (daily, perBolus) = (part.concentration * flow, part.concentration * bolusVolume)
      let status = checks.check(part.drug, dose: daily, strength: part.concentration, bolus: perBolus)
      return Share(part: part, daily: daily, perBolus: perBolus, status: status)
    }
    checks.checkLabel(of: parts.map(\.drug), on: device)
    stability = checks.isRefused ? nil : checks.stability(of: parts, in: formulary)
    outcome = checks.outcome(
      checks.concentrationAdvice(dose, flow, unit: self.primary.unit, on: device))
  }
}
