import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// What a patient is exposed to when a filling goes beside the pump.
///
/// `mass = volume x fraction x concentration`, as days of the daily dose. Source: `pocket_fill_2011`.
public struct PocketFill: Sendable {
  /// The volume in the syringe.
  public let volume: Volume
  /// Its strength.
  public let concentration: Concentration
  /// The unit in which the drug is spoken of.
  public let unit: DoseUnit
  /// The share that went beside the pump.
  public let fraction: Ratio
  /// The daily dose, to compare with.
  public let daily: DoseRate?
  /// The drug beside the pump.
  public let outside: Mass
  /// What was found.
  public let outcome: PumpOutcome

  /// A filling of `volume` of which `fraction` went beside the pump; where `device` is named it is one that fits.
  ///
  /// - Precondition: Volume, concentration and `daily` are above zero, and `fraction` lies between 0 and 1.
  public init(
    volume: Volume, concentration: (value: Concentration, unit: DoseUnit),
    fraction: Ratio = Ratio(100, .percent),
    daily: DoseRate? = nil, drug: PumpDrug? = nil, device: PumpDevice? = nil, formulary: Formulary = .embedded
  ) {
    precondition(
      volume > .zero && concentration.value > .zero && fraction >= .zero && fraction.fraction <= .one)
    self.volume = volume
    (self.concentration, unit) = concentration
    self.fraction = fraction
    self.daily = daily
    outside = fraction.fraction * (self.concentration * volume)
    var checks = PumpChecks()
    checks.check(drug, dose: daily, strength: self.concentration)
    if let device { checks.checkReservoir(volume, on: device) }
    let frequency = formulary.pumpRules.pocketFillPerRefill
    let refills = (ExactNumber.one / frequency.value).rounded(toSignificantDigits: 1)
    // The mass of a filling that is refused is no result; what to do about drug beside the pump holds for any.
    let topic: PumpTopic = checks.isRefused ? .besidePump : .pocketFill
    checks.add(
      topic, .pocketFill, .review,
      checks.isRefused ? [.number(refills)] : [.number(refills), .mass(outside, unit)],
      citing: [frequency.citation])
    checks.add(.drawBack, .drawBack, .note)
    outcome = checks.outcome()
  }

  /// How many days of the daily dose lie outside.
  public var days: ExactNumber? { daily.map { (outside / $0).days } }
}
