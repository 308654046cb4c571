import ThecalDosing
import ThecalFormulary
public import ThecalPump
public import ThecalQuantities

extension PrimingBolus {
  /// The bolus for people and programs.
  public var report: PumpReport {
    PumpReport(
      purpose == .prime ? "Priming bolus" : "Flush: what the path holds",
      inputs: [
        ("Tubing inside the pump", .volume(path.tubing.value)),
        ("Catheter as implanted", .volume(path.catheter.value)),
        ("Concentration", .strength(concentration, unit)), ("Daily dose", daily.map { .dose($0, unit) }),
      ],
      formulas: ["volume = tubing + length x volume per length", "mass = volume x concentration"],
      figures: [
        .number("volume_mL", "Volume of the path", path.volume.exactValue(in: .milliliters), "mL", .answer),
        .number("mass", "Drug in the path", mass.exactValue(in: unit.mass), unit.rawValue, .answer),
        .program("unit", "Unit of mass", unit.rawValue),
        .number(
          "catheter_only_mL", "Catheter alone", path.catheter.value.exactValue(in: .milliliters), "mL"),
        .number(
          "catheter_only_mass", "Drug in the catheter alone", catheterMass.exactValue(in: unit.mass),
          unit.rawValue),
        purpose == .prime ? early : aspirate,
        .number("daily_doses", "As daily doses", dailyDoses),
      ], outcome)
  }

  private var early: PumpReport.Figure {
    .number(
      "early_mass", "Drug past the tip before the path is full (a tenth of it mixing)",
      earlyMass.exactValue(in: unit.mass).rounded(toSignificantDigits: 6), unit.rawValue)
  }

  private var aspirate: PumpReport.Figure {
    .number(
      "aspirate_mL", "Draw back at least",
      (PrimingBolus.aspirated * path.volume).exactValue(in: .milliliters), "mL")
  }
}

extension Washout {
  /// The rinsing for people and programs, with the strength `after` the next filling in its unit.
  public func report(after filling: (strength: Concentration, unit: DoseUnit)? = nil) -> PumpReport {
    PumpReport(
      "Wash-out of the reservoir",
      inputs: [
        ("Residual volume", .volume(residual)), ("Rinse", .volume(rinse)),
        ("Rinses", .number(ExactNumber(times))),
      ],
      formulas: ["fraction left = (residual / (residual + rinse)) ^ rinses"],
      figures: [
        .number("fraction_left", "Fraction left", fractionLeft),
        .number("percent_left", "Left", fractionLeft * 100, "%", .answer),
        .number("times_for_1_percent", "Rinses that leave at most 1 %", ExactNumber(timesForOnePercent)),
        .number(
          "concentration_after", "Strength after the filling",
          filling.map { $0.strength.exactValue(in: $0.unit.concentration) },
          filling.map { $0.unit.concentration.symbol } ?? ""),
      ], outcome)
  }
}

extension PocketFill {
  /// The exposure for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Pocket fill: drug beside the pump",
      inputs: [
        ("Volume", .volume(volume)), ("Concentration", .strength(concentration, unit)),
        ("Share beside the pump", .share(fraction)), ("Daily dose", daily.map { .dose($0, unit) }),
      ],
      formulas: ["mass = volume x share x concentration", "days = mass / daily dose"],
      figures: [
        .number("mass", "Drug beside the pump", outside.exactValue(in: unit.mass), unit.rawValue, .answer),
        .number(
          "syringe_mass", "Drug in the syringe", (concentration * volume).exactValue(in: unit.mass),
          unit.rawValue),
        .program("unit", "Unit of mass", unit.rawValue),
        .number("days_of_dose", "As days of the daily dose", days),
      ], outcome)
  }
}
