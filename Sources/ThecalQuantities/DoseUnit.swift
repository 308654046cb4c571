/// The unit of mass in which a drug is spoken of; clonidine in micrograms, morphine in milligrams.
public enum DoseUnit: String, Sendable, CaseIterable {
  /// Milligrams, mg.
  case milligrams = "mg"
  /// Micrograms, mcg.
  case micrograms = "mcg"
  /// Nanograms, ng.
  case nanograms = "ng"

  /// The unit of mass that a rate or a strength written in `symbol` speaks of, `mcg` for `mcg/mL`; a gram is spoken of in milligrams.
  public init(before symbol: String) {
    self = DoseUnit(rawValue: String(symbol.prefix { $0 != "/" })) ?? .milligrams
  }

  /// The unit of a mass.
  public var mass: Mass.Unit {
    switch self {
    case .milligrams: .milligrams
    case .micrograms: .micrograms
    case .nanograms: .nanograms
    }
  }

  /// The unit of a concentration.
  public var concentration: Concentration.Unit {
    switch self {
    case .milligrams: .milligramsPerMilliliter
    case .micrograms: .microgramsPerMilliliter
    case .nanograms: .nanogramsPerMilliliter
    }
  }

  /// The unit of a daily dose.
  public var dailyDose: DoseRate.Unit {
    switch self {
    case .milligrams: .milligramsPerDay
    case .micrograms: .microgramsPerDay
    case .nanograms: DoseRate.Unit(daily, Mass.Unit.nanograms.scale / 24)
    }
  }

  /// How a daily dose is written, `mg/day`.
  public var daily: String { rawValue + "/day" }

  /// `rate` as a number in this unit per day.
  public func perDay(_ rate: DoseRate) -> ExactNumber {
    (rate * Time(1, .days)).exactValue(in: mass)
  }

  /// `number` of this unit per day.
  public func rate(_ number: ExactNumber) -> DoseRate { Mass(number, mass) / Time(1, .days) }

  /// `rate` as a person reads it, `0.4 mg/day`.
  public func text(_ rate: DoseRate) -> String {
    "\(ClinicalText.number(perDay(rate).rounded(toSignificantDigits: 4))) \(daily)"
  }

  /// `amount` as a person reads it, `0.4 mg`.
  public func text(_ amount: Mass) -> String { ClinicalText.quantity(amount, in: mass) }

  /// `strength` as a person reads it, `25 mg/mL`.
  public func text(_ strength: Concentration) -> String { ClinicalText.quantity(strength, in: concentration) }
}
