// Units of every dimension that the sources use, and only those; a factor is checked by a second route in the tests.

private let unity = ExactNumber.one

extension Mass.Unit {
  /// Microgram, mcg.
  public static var micrograms: Self { Self("mcg", 1, aliases: ["ug", "microgram", "micrograms"]) }

  /// Milligram, mg.
  public static var milligrams: Self { Self("mg", 1_000, aliases: ["milligram", "milligrams"]) }

  /// Gram, g.
  public static var grams: Self { Self("g", 1_000_000, aliases: ["gram", "grams"]) }

  /// Nanogram, ng.
  public static var nanograms: Self { Self("ng", unity / 1_000, aliases: ["nanogram", "nanograms"]) }
}

extension Volume.Unit {
  /// Milliliter, mL.
  public static var milliliters: Self {
    Self(
      "mL", 1,
      aliases: ["milliliter", "milliliters", "millilitre", "millilitres", "cm3"])
  }

  /// Microliter, mcL.
  public static var microliters: Self {
    Self(
      "mcL", unity / 1_000,
      aliases: ["ul", "microliter", "microliters", "microlitre", "microlitres", "mm3"])
  }

  /// Liter, L.
  public static var liters: Self { Self("L", 1_000, aliases: ["liter", "liters", "litre", "litres"]) }
}

extension Time.Unit {
  /// Hour, h.
  public static var hours: Self { Self("h", 1, aliases: ["hr", "hrs", "hour", "hours"]) }

  /// Minute, min.
  public static var minutes: Self { Self("min", unity / 60, aliases: ["minute", "minutes", "mins"]) }

  /// Second, s.
  public static var seconds: Self { Self("s", unity / 3_600, aliases: ["sec", "second", "seconds"]) }

  /// Day of 24 h, day.
  public static var days: Self { Self("day", 24, aliases: ["d", "days"]) }

  /// Week, week.
  public static var weeks: Self { Self("week", 168, aliases: ["wk", "weeks"]) }

  /// Julian year of 365.25 days, year.
  public static var years: Self { Self("year", 8_766, aliases: ["a", "y", "yr", "years"]) }
}

extension Length.Unit {
  /// Centimeter, cm.
  public static var centimeters: Self {
    Self(
      "cm", 1,
      aliases: ["centimeter", "centimeters", "centimetre", "centimetres"])
  }

  /// Millimeter, mm.
  public static var millimeters: Self {
    Self(
      "mm", unity / 10,
      aliases: ["millimeter", "millimeters", "millimetre", "millimetres"])
  }

  /// Meter, m.
  public static var meters: Self { Self("m", 100, aliases: ["meter", "meters", "metre", "metres"]) }
}

extension Area.Unit {
  /// Square centimeter, cm2.
  public static var squareCentimeters: Self { Self("cm2", 1, aliases: ["cm^2", "cm²"]) }

  /// Square millimeter, mm2.
  public static var squareMillimeters: Self { Self("mm2", unity / 100, aliases: ["mm^2", "mm²"]) }
}

extension Concentration.Unit {
  /// Microgram per milliliter, mcg/mL.
  public static var microgramsPerMilliliter: Self {
    Self(
      "mcg/mL", 1,
      aliases: ["ug/ml", "mg/l", "mcg per ml", "ug per ml"])
  }

  /// Milligram per milliliter, mg/mL.
  public static var milligramsPerMilliliter: Self { Self("mg/mL", 1_000, aliases: ["g/l", "mg per ml"]) }

  /// Nanogram per milliliter, ng/mL.
  public static var nanogramsPerMilliliter: Self {
    Self(
      "ng/mL", unity / 1_000,
      aliases: ["ug/l", "mcg/l", "ng per ml"])
  }
}

extension DoseRate.Unit {
  /// Microgram per hour, mcg/h.
  public static var microgramsPerHour: Self {
    Self(
      "mcg/h", 1,
      aliases: ["mcg per hour", "mcg/hour", "mcg/hr", "ug per hour", "ug/h", "ug/hour", "ug/hr"])
  }

  /// Milligram per hour, mg/h.
  public static var milligramsPerHour: Self {
    Self(
      "mg/h", 1_000,
      aliases: ["mg per hour", "mg/hour", "mg/hr"])
  }

  /// Nanogram per hour, ng/h.
  public static var nanogramsPerHour: Self {
    Self(
      "ng/h", unity / 1_000,
      aliases: ["ng per hour", "ng/hour", "ng/hr"])
  }

  /// Microgram per day, mcg/day.
  public static var microgramsPerDay: Self {
    Self(
      "mcg/day", unity / 24,
      aliases: [
        "mcg per day", "mcg/24 h", "mcg/24h", "mcg/d", "ug per day", "ug/24 h", "ug/24h", "ug/d",
        "ug/day",
      ])
  }

  /// Milligram per day, mg/day.
  public static var milligramsPerDay: Self {
    Self(
      "mg/day", ExactNumber(1_000) / 24,
      aliases: ["mg per day", "mg/24 h", "mg/24h", "mg/d"])
  }

  /// Gram per day, g/day.
  public static var gramsPerDay: Self {
    Self(
      "g/day", ExactNumber(1_000_000) / 24,
      aliases: ["g per day", "g/24 h", "g/24h", "g/d"])
  }

  /// Microgram per minute, mcg/min.
  public static var microgramsPerMinute: Self { Self("mcg/min", 60, aliases: ["ug/min"]) }
}

extension Flow.Unit {
  /// Milliliter per hour, mL/h.
  public static var millilitersPerHour: Self {
    Self(
      "mL/h", 1,
      aliases: ["ml per hour", "ml/hour", "ml/hr"])
  }

  /// Milliliter per day, mL/day.
  public static var millilitersPerDay: Self {
    Self(
      "mL/day", unity / 24,
      aliases: ["ml per day", "ml/24 h", "ml/24h", "ml/d"])
  }

  /// Milliliter per minute, mL/min.
  public static var millilitersPerMinute: Self { Self("mL/min", 60) }

  /// Microliter per hour, mcL/h.
  public static var microlitersPerHour: Self {
    Self(
      "mcL/h", unity / 1_000,
      aliases: ["mcl per hour", "mcl/hour", "mcl/hr", "ul per hour", "ul/h", "ul/hour", "ul/hr"])
  }

  /// Liter per hour, L/h.
  public static var litersPerHour: Self { Self("L/h", 1_000, aliases: ["l per hour", "l/hour", "l/hr"]) }

  /// Liter per day, L/day.
  public static var litersPerDay: Self {
    Self(
      "L/day", ExactNumber(1_000) / 24,
      aliases: ["l per day", "l/24 h", "l/24h", "l/d"])
  }
}

extension Ratio.Unit {
  /// One in a hundred, %.
  public static var percent: Self { Self("%", unity / 100, aliases: ["percent"]) }

  /// One, written without a unit.
  public static var one: Self { Self("", 1, aliases: ["1"]) }
}

extension RateConstant.Unit {
  /// Once an hour, 1/h.
  public static var perHour: Self { Self("1/h", 1, aliases: ["/h", "1 per hour", "1/hour", "1/hr"]) }

  /// Once a second, 1/s.
  public static var perSecond: Self { Self("1/s", 3_600, aliases: ["/s", "hz"]) }

  /// Once a minute, 1/min.
  public static var perMinute: Self { Self("1/min", 60, aliases: ["/min", "bpm"]) }

  /// Once a day, 1/day.
  public static var perDay: Self {
    Self(
      "1/day", unity / 24,
      aliases: ["/d", "/day", "1/d", "1 per day", "1/24 h", "1/24h"])
  }
}

extension Diffusivity.Unit {
  /// Square centimeter per second, cm2/s.
  public static var squareCentimetersPerSecond: Self { Self("cm2/s", 3_600, aliases: ["cm^2/s", "cm²/s"]) }

  /// Square millimeter per second, mm2/s.
  public static var squareMillimetersPerSecond: Self { Self("mm2/s", 36, aliases: ["mm^2/s", "mm²/s"]) }

  /// Square centimeter per hour, cm2/h.
  public static var squareCentimetersPerHour: Self {
    Self(
      "cm2/h", 1,
      aliases: ["cm^2/h", "cm²/h", "cm2 per hour", "cm2/hour", "cm2/hr"])
  }
}

extension VolumePerLength.Unit {
  /// Milliliter per centimeter, mL/cm.
  public static var millilitersPerCentimeter: Self { Self("mL/cm", 1) }

  /// Microliter per centimeter, mcL/cm.
  public static var microlitersPerCentimeter: Self { Self("mcL/cm", unity / 1_000, aliases: ["ul/cm"]) }
}

extension BodyWeight.Unit {
  /// Kilogram, kg.
  public static var kilograms: Self { Self("kg", 1, aliases: ["kilogram", "kilograms"]) }
}

extension MassPerBodyWeight.Unit {
  /// Microgram per kilogram, mcg/kg.
  public static var microgramsPerKilogram: Self { Self("mcg/kg", 1, aliases: ["ug/kg"]) }

  /// Milligram per kilogram, mg/kg.
  public static var milligramsPerKilogram: Self { Self("mg/kg", 1_000) }
}
