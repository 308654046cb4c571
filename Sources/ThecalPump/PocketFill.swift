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
  let settlement: PumpSettlement

  /// A filling of `volume` of which `fraction` went beside the pump.
  public init(
    volume: Volume, concentration: (value: Concentration, unit: DoseUnit),
    fraction: Ratio = Ratio(100, .percent),
    daily: DoseRate? = nil, formulary: Formulary = .embedded
  ) {
    precondition(
      volume > .zero && concentration.value > .zero && fraction >= .zero && fraction.fraction <= .one)
    self.volume = volume
    (self.concentration, unit) = concentration
    self.fraction = fraction
    self.daily = daily
    outside = fraction.fraction * (self.concentration * volume)
    var ledger = PumpLedger()
    let frequency = formulary.pumpRules.pocketFillPerRefill
    let refills = ClinicalText.number((ExactNumber.one / frequency.value).rounded(toSignificantDigits: 1))
    ledger.cite(frequency.citation.source)
    ledger.add(
      "POCKET_FILL", .review,
      "\(unit.text(outside)) outside the pump act at once and for hours: stop, draw back, watch, treat as overdose. "
        + "It is reported of about 1 refill in \(refills).")
    ledger.add(
      "DRAW_BACK", .note,
      "While filling, draw back part of the new drug to prove that the needle lies in the pump.")
    settlement = ledger.settle()
  }

  /// How many days of the daily dose lie outside.
  public var days: ExactNumber? { daily.map { (outside / $0).days } }

  /// The exposure as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Pocket fill: drug beside the pump",
      inputs: [
        ("Volume", volume.text), ("Concentration", unit.text(concentration)),
        ("Share beside the pump", fraction.text), ("Daily dose", daily.map(unit.text)),
      ],
      formulas: ["mass = volume x share x concentration", "days = mass / daily dose"],
      fields: [
        .number("mass", "Drug beside the pump", outside.exactValue(in: unit.mass), unit.rawValue),
        .number(
          "syringe_mass", "Drug in the syringe", (concentration * volume).exactValue(in: unit.mass),
          unit.rawValue),
        .text("unit", "Unit of mass", unit.rawValue),
        .number("days_of_dose", "As days of the daily dose", days),
      ], settlement: settlement)
  }
}
