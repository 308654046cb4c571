// Units of every dimension that the sources use, and only those; a factor is checked by a second route in the tests.
//
// Each is made once: a generic type cannot store statics, so a namespace beside it does.

private let unity = ExactNumber.one

extension Mass.Unit {
  /// Microgram, mcg.
  public static var micrograms: Self { MassUnits.micrograms }

  /// Milligram, mg.
  public static var milligrams: Self { MassUnits.milligrams }

  /// Gram, g.
  public static var grams: Self { MassUnits.grams }

  /// Nanogram, ng.
  public static var nanograms: Self { MassUnits.nanograms }
}

private enum MassUnits {
  static let micrograms = Mass.Unit("mcg", 1, aliases: ["ug", "microgram", "micrograms"])
  static let milligrams = Mass.Unit("mg", 1_000, aliases: ["milligram", "milligrams"])
  static let grams = Mass.Unit("g", 1_000_000, aliases: ["gram", "grams"])
  static let nanograms = Mass.Unit("ng", unity / 1_000, aliases: ["nanogram", "nanograms"])
}

extension Volume.Unit {
  /// Milliliter, mL.
  public static var milliliters: Self { VolumeUnits.milliliters }

  /// Microliter, mcL.
  public static var microliters: Self { VolumeUnits.microliters }

  /// Liter, L.
  public static var liters: Self { VolumeUnits.liters }
}

private enum VolumeUnits {
  static let milliliters = Volume.Unit(
    "mL", 1, aliases: ["milliliter", "milliliters", "millilitre", "millilitres", "cm3"])
  static let microliters = Volume.Unit(
    "mcL", unity / 1_000, aliases: ["ul", "microliter", "microliters", "microlitre", "microlitres", "mm3"])
  static let liters = Volume.Unit("L", 1_000, aliases: ["liter", "liters", "litre", "litres"])
}

extension Time.Unit {
  /// Hour, h.
  public static var hours: Self { TimeUnits.hours }

  /// Minute, min.
  public static var minutes: Self { TimeUnits.minutes }

  /// Second, s.
  public static var seconds: Self { TimeUnits.seconds }

  /// Day of 24 h, day.
  public static var days: Self { TimeUnits.days }

  /// Week, week.
  public static var weeks: Self { TimeUnits.weeks }

  /// Julian year of 365.25 days, year.
  public static var years: Self { TimeUnits.years }
}

private enum TimeUnits {
  static let hours = Time.Unit("h", 1, aliases: ["hr", "hrs", "hour", "hours"])
  static let minutes = Time.Unit("min", unity / 60, aliases: ["minute", "minutes", "mins"])
  static let seconds = Time.Unit("s", unity / 3_600, aliases: ["sec", "second", "seconds"])
  static let days = Time.Unit("day", 24, aliases: ["d", "days"])
  static let weeks = Time.Unit("week", 168, aliases: ["wk", "weeks"])
  static let years = Time.Unit("year", 8_766, aliases: ["a", "y", "yr", "years"])
}

extension Length.Unit {
  /// Centimeter, cm.
  public static var centimeters: Self { LengthUnits.centimeters }

  /// Millimeter, mm.
  public static var millimeters: Self { LengthUnits.millimeters }

  /// Meter, m.
  public static var meters: Self { LengthUnits.meters }
}

private enum LengthUnits {
  static let centimeters = Length.Unit(
    "cm", 1, aliases: ["centimeter", "centimeters", "centimetre", "centimetres"])
  static let millimeters = Length.Unit(
    "mm", unity / 10, aliases: ["millimeter", "millimeters", "millimetre", "millimetres"])
  static let meters = Length.Unit("m", 100, aliases: ["meter", "meters", "metre", "metres"])
}

extension Area.Unit {
  /// Square centimeter, cm2.
  public static var squareCentimeters: Self { AreaUnits.squareCentimeters }

  /// Square millimeter, mm2.
  public static var squareMillimeters: Self { AreaUnits.squareMillimeters }
}

private enum AreaUnits {
  static let squareCentimeters = Area.Unit("cm2", 1, aliases: ["cm^2", "cm²"])
  static let squareMillimeters = Area.Unit("mm2", unity / 100, aliases: ["mm^2", "mm²"])
}

extension Concentration.Unit {
  /// Microgram per milliliter, mcg/mL.
  public static var microgramsPerMilliliter: Self { ConcentrationUnits.microgramsPerMilliliter }

  /// Milligram per milliliter, mg/mL.
  public static var milligramsPerMilliliter: Self { ConcentrationUnits.milligramsPerMilliliter }

  /// Nanogram per milliliter, ng/mL.
  public static var nanogramsPerMilliliter: Self { ConcentrationUnits.nanogramsPerMilliliter }
}

private enum ConcentrationUnits {
  static let microgramsPerMilliliter = Concentration.Unit(
    "mcg/mL", 1, aliases: ["ug/ml", "mg/l", "mcg per ml", "ug per ml"])
  static let milligramsPerMilliliter = Concentration.Unit("mg/mL", 1_000, aliases: ["g/l", "mg per ml"])
  static let nanogramsPerMilliliter = Concentration.Unit(
    "ng/mL", unity / 1_000, aliases: ["ug/l", "mcg/l", "ng per ml"])
}

extension DoseRate.Unit {
  /// Microgram per hour, mcg/h.
  public static var microgramsPerHour: Self { DoseRateUnits.microgramsPerHour }

  /// Milligram per hour, mg/h.
  public static var milligramsPerHour: Self { DoseRateUnits.milligramsPerHour }

  /// Nanogram per hour, ng/h.
  public static var nanogramsPerHour: Self { DoseRateUnits.nanogramsPerHour }

  /// Microgram per day, mcg/day.
  public static var microgramsPerDay: Self { DoseRateUnits.microgramsPerDay }

  /// Milligram per day, mg/day.
  public static var milligramsPerDay: Self { DoseRateUnits.milligramsPerDay }

  /// Gram per day, g/day.
  public static var gramsPerDay: Self { DoseRateUnits.gramsPerDay }

  /// Microgram per minute, mcg/min.
  public static var microgramsPerMinute: Self { DoseRateUnits.microgramsPerMinute }
}

private enum DoseRateUnits {
  static let microgramsPerHour = DoseRate.Unit(
    "mcg/h", 1, aliases: ["mcg per hour", "mcg/hour", "mcg/hr", "ug per hour", "ug/h", "ug/hour", "ug/hr"])
  static let milligramsPerHour = DoseRate.Unit("mg/h", 1_000, aliases: ["mg per hour", "mg/hour", "mg/hr"])
  static let nanogramsPerHour = DoseRate.Unit(
    "ng/h", unity / 1_000, aliases: ["ng per hour", "ng/hour", "ng/hr"])
  static let microgramsPerDay = DoseRate.Unit(
    "mcg/day", unity / 24,
    aliases: [
      "mcg per day", "mcg/24 h", "mcg/24h", "mcg/d", "ug per day", "ug/24 h", "ug/24h", "ug/d", "ug/day",
    ])
  static let milligramsPerDay = DoseRate.Unit(
    "mg/day", ExactNumber(1_000) / 24, aliases: ["mg per day", "mg/24 h", "mg/24h", "mg/d"])
  static let gramsPerDay = DoseRate.Unit(
    "g/day", ExactNumber(1_000_000) / 24, aliases: ["g per day", "g/24 h", "g/24h", "g/d"])
  static let microgramsPerMinute = DoseRate.Unit("mcg/min", 60, aliases: ["ug/min"])
}

extension Flow.Unit {
  /// Milliliter per hour, mL/h.
  public static var millilitersPerHour: Self { FlowUnits.millilitersPerHour }

  /// Milliliter per day, mL/day.
  public static var millilitersPerDay: Self { FlowUnits.millilitersPerDay }

  /// Milliliter per minute, mL/min.
  public static var millilitersPerMinute: Self { FlowUnits.millilitersPerMinute }

  /// Microliter per hour, mcL/h.
  public static var microlitersPerHour: Self { FlowUnits.microlitersPerHour }

  /// Liter per hour, L/h.
  public static var litersPerHour: Self { FlowUnits.litersPerHour }

  /// Liter per day, L/day.
  public static var litersPerDay: Self { FlowUnits.litersPerDay }
}

private enum FlowUnits {
  static let millilitersPerHour = Flow.Unit("mL/h", 1, aliases: ["ml per hour", "ml/hour", "ml/hr"])
  static let millilitersPerDay = Flow.Unit(
    "mL/day", unity / 24, aliases: ["ml per day", "ml/24 h", "ml/24h", "ml/d"])
  static let millilitersPerMinute = Flow.Unit("mL/min", 60)
  static let microlitersPerHour = Flow.Unit(
    "mcL/h", unity / 1_000,
    aliases: ["mcl per hour", "mcl/hour", "mcl/hr", "ul per hour", "ul/h", "ul/hour", "ul/hr"])
  static let litersPerHour = Flow.Unit("L/h", 1_000, aliases: ["l per hour", "l/hour", "l/hr"])
  static let litersPerDay = Flow.Unit(
    "L/day", ExactNumber(1_000) / 24, aliases: ["l per day", "l/24 h", "l/24h", "l/d"])
}

extension Ratio.Unit {
  /// One in a hundred, %.
  public static var percent: Self { RatioUnits.percent }

  /// One, written without a unit.
  public static var one: Self { RatioUnits.one }
}

private enum RatioUnits {
  static let percent = Ratio.Unit("%", unity / 100, aliases: ["percent"])
  static let one = Ratio.Unit("", 1, aliases: ["1"])
}

extension RateConstant.Unit {
  /// Once an hour, 1/h.
  public static var perHour: Self { RateConstantUnits.perHour }

  /// Once a second, 1/s.
  public static var perSecond: Self { RateConstantUnits.perSecond }

  /// Once a minute, 1/min.
  public static var perMinute: Self { RateConstantUnits.perMinute }

  /// Once a day, 1/day.
  public static var perDay: Self { RateConstantUnits.perDay }
}

private enum RateConstantUnits {
  static let perHour = RateConstant.Unit("1/h", 1, aliases: ["/h", "1 per hour", "1/hour", "1/hr"])
  static let perSecond = RateConstant.Unit("1/s", 3_600, aliases: ["/s", "hz"])
  static let perMinute = RateConstant.Unit("1/min", 60, aliases: ["/min", "bpm"])
  static let perDay = RateConstant.Unit(
    "1/day", unity / 24, aliases: ["/d", "/day", "1/d", "1 per day", "1/24 h", "1/24h"])
}

extension Diffusivity.Unit {
  /// Square centimeter per second, cm2/s.
  public static var squareCentimetersPerSecond: Self { DiffusivityUnits.squareCentimetersPerSecond }

  /// Square millimeter per second, mm2/s.
  public static var squareMillimetersPerSecond: Self { DiffusivityUnits.squareMillimetersPerSecond }

  /// Square centimeter per hour, cm2/h.
  public static var squareCentimetersPerHour: Self { DiffusivityUnits.squareCentimetersPerHour }
}

private enum DiffusivityUnits {
  static let squareCentimetersPerSecond = Diffusivity.Unit("cm2/s", 3_600, aliases: ["cm^2/s", "cm²/s"])
  static let squareMillimetersPerSecond = Diffusivity.Unit("mm2/s", 36, aliases: ["mm^2/s", "mm²/s"])
  static let squareCentimetersPerHour = Diffusivity.Unit(
    "cm2/h", 1, aliases: ["cm^2/h", "cm²/h", "cm2 per hour", "cm2/hour", "cm2/hr"])
}

extension VolumePerLength.Unit {
  /// Milliliter per centimeter, mL/cm.
  public static var millilitersPerCentimeter: Self { VolumePerLengthUnits.millilitersPerCentimeter }

  /// Microliter per centimeter, mcL/cm.
  public static var microlitersPerCentimeter: Self { VolumePerLengthUnits.microlitersPerCentimeter }
}

private enum VolumePerLengthUnits {
  static let millilitersPerCentimeter = VolumePerLength.Unit("mL/cm", 1)
  static let microlitersPerCentimeter = VolumePerLength.Unit("mcL/cm", unity / 1_000, aliases: ["ul/cm"])
}

extension BodyWeight.Unit {
  /// Kilogram, kg.
  public static var kilograms: Self { BodyWeightUnits.kilograms }
}

private enum BodyWeightUnits {
  static let kilograms = BodyWeight.Unit("kg", 1, aliases: ["kilogram", "kilograms"])
}

extension MassPerBodyWeight.Unit {
  /// Microgram per kilogram, mcg/kg.
  public static var microgramsPerKilogram: Self { MassPerBodyWeightUnits.microgramsPerKilogram }

  /// Milligram per kilogram, mg/kg.
  public static var milligramsPerKilogram: Self { MassPerBodyWeightUnits.milligramsPerKilogram }
}

private enum MassPerBodyWeightUnits {
  static let microgramsPerKilogram = MassPerBodyWeight.Unit("mcg/kg", 1, aliases: ["ug/kg"])
  static let milligramsPerKilogram = MassPerBodyWeight.Unit("mg/kg", 1_000)
}
