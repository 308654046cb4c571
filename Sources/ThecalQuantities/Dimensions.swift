/// Mass of a drug.
public enum MassDimension: Dimension {
  public static let name = "mass"
  public static let example = "0.4 mg"
  public static let units = [Mass.Unit.milligrams, .micrograms, .grams, .nanograms]
}

/// Volume of a fluid.
public enum VolumeDimension: Dimension {
  public static let name = "volume"
  public static let example = "40 mL"
  public static let units = [Volume.Unit.milliliters, .microliters, .liters]
}

/// A span of time.
public enum TimeDimension: Dimension {
  public static let name = "time"
  public static let example = "6 h"
  public static let units = [Time.Unit.hours, .minutes, .seconds, .days, .weeks, .years]
}

/// A distance.
public enum LengthDimension: Dimension {
  public static let name = "length"
  public static let example = "60 cm"
  public static let units = [Length.Unit.centimeters, .millimeters, .meters]
}

/// A cross-section.
public enum AreaDimension: Dimension {
  public static let name = "area"
  public static let example = "2 cm2"
  public static let units = [Area.Unit.squareCentimeters, .squareMillimeters]
}

/// Mass of drug in a volume of fluid.
public enum ConcentrationDimension: Dimension {
  public static let name = "concentration"
  public static let example = "10 mg/mL"
  public static let units = [
    Concentration.Unit.milligramsPerMilliliter, .microgramsPerMilliliter, .nanogramsPerMilliliter,
  ]
}

/// Mass of drug given in a time.
public enum DoseRateDimension: Dimension {
  public static let name = "dose rate"
  public static let example = "0.4 mg/day"
  public static let units = [
    DoseRate.Unit.milligramsPerDay, .microgramsPerDay, .milligramsPerHour, .microgramsPerHour,
    .nanogramsPerHour, .gramsPerDay, .microgramsPerMinute,
  ]
}

/// Volume moved in a time: pump flow, CSF production, clearance.
public enum FlowDimension: Dimension {
  public static let name = "flow"
  public static let example = "0.4 mL/day"
  public static let units = [
    Flow.Unit.millilitersPerDay, .millilitersPerHour, .millilitersPerMinute, .microlitersPerHour,
    .litersPerHour, .litersPerDay,
  ]
}

/// A number without dimension.
public enum RatioDimension: Dimension {
  public static let name = "ratio"
  public static let example = "14.5 %"
  public static let units = [Ratio.Unit.percent, .one]
}

/// How fast something happens: an elimination constant, a heart rate.
public enum RateConstantDimension: Dimension {
  public static let name = "rate constant"
  public static let example = "3.0e-5 1/s"
  public static let units = [RateConstant.Unit.perSecond, .perMinute, .perHour, .perDay]
}

/// How fast something spreads.
public enum DiffusivityDimension: Dimension {
  public static let name = "dispersion"
  public static let example = "0.67 cm2/s"
  public static let units = [
    Diffusivity.Unit.squareCentimetersPerSecond, .squareMillimetersPerSecond, .squareCentimetersPerHour,
  ]
}

/// Volume held by a length of catheter.
public enum VolumePerLengthDimension: Dimension {
  public static let name = "volume per length"
  public static let example = "0.0022 mL/cm"
  public static let units = [VolumePerLength.Unit.millilitersPerCentimeter, .microlitersPerCentimeter]
}

/// Weight of a person; never added to the mass of a drug.
public enum BodyWeightDimension: Dimension {
  public static let name = "body weight"
  public static let example = "70 kg"
  public static let units = [BodyWeight.Unit.kilograms]
}

/// Mass of drug per weight of a person.
public enum MassPerBodyWeightDimension: Dimension {
  public static let name = "mass per body weight"
  public static let example = "0.05 mg/kg"
  public static let units = [MassPerBodyWeight.Unit.milligramsPerKilogram, .microgramsPerKilogram]
}

/// Mass of a drug.
public typealias Mass = Quantity<MassDimension>
/// Volume of a fluid.
public typealias Volume = Quantity<VolumeDimension>
/// A span of time.
public typealias Time = Quantity<TimeDimension>
/// A distance.
public typealias Length = Quantity<LengthDimension>
/// A cross-section.
public typealias Area = Quantity<AreaDimension>
/// Mass of drug in a volume of fluid.
public typealias Concentration = Quantity<ConcentrationDimension>
/// Mass of drug given in a time.
public typealias DoseRate = Quantity<DoseRateDimension>
/// Volume moved in a time.
public typealias Flow = Quantity<FlowDimension>
/// A number without dimension.
public typealias Ratio = Quantity<RatioDimension>
/// How fast something happens.
public typealias RateConstant = Quantity<RateConstantDimension>
/// How fast something spreads.
public typealias Diffusivity = Quantity<DiffusivityDimension>
/// Volume held by a length of catheter.
public typealias VolumePerLength = Quantity<VolumePerLengthDimension>
/// Weight of a person.
public typealias BodyWeight = Quantity<BodyWeightDimension>
/// Mass of drug per weight of a person.
public typealias MassPerBodyWeight = Quantity<MassPerBodyWeightDimension>
