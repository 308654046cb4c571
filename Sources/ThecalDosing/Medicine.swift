public import ThecalFormulary
public import ThecalQuantities

/// How much of a drug is taken: an amount each time, or a rate.
public enum Amount: Hashable, Sendable {
  /// A mass, `frequency` times a day.
  case doses(Mass, Frequency)
  /// A rate; a patch in mcg/h, an infusion in mg/day.
  case rate(DoseRate)
}

/// One medicine as a patient takes it.
public struct Medicine: Hashable, Sendable {
  /// The drug's id in the formulary.
  public let drug: String
  /// How it is taken.
  public let route: AdministrationRoute
  /// How much of it.
  public let amount: Amount
  /// The line of the input it was read from, for findings; zero where there is none.
  public let line: Int

  /// A medicine.
  public init(drug: String, route: AdministrationRoute, amount: Amount, line: Int = 0) {
    self.drug = drug
    self.route = route
    self.amount = amount
    self.line = line
  }
}

/// A daily amount in the unit in which the tables of its route count: mg/day, or mcg/h for what is worn.
public struct DailyAmount: Hashable, Sendable {
  /// The number.
  public let value: ExactNumber
  /// `mg/day`, or `mcg/h` for a patch.
  public let unit: String

  /// The daily amount of `medicine`.
  public init(of medicine: Medicine) {
    switch medicine.amount {
    case .doses(let mass, let frequency):
      value = mass.exactValue(in: .milligrams) * frequency.timesPerDay
      unit = DailyAmount.perDay
    case .rate(let rate) where medicine.route == .transdermal:
      value = rate.exactValue(in: .microgramsPerHour)
      unit = DailyAmount.worn
    case .rate(let rate):
      value = rate.exactValue(in: .milligramsPerDay)
      unit = DailyAmount.perDay
    }
  }

  /// The daily amount of a dose that a pump gives.
  public init(_ dose: DoseRate) {
    value = dose.exactValue(in: .milligramsPerDay)
    unit = DailyAmount.perDay
  }

  /// The unit of a daily amount.
  public static let perDay = "mg/day"
  /// The unit of a patch.
  public static let worn = "mcg/h"

  /// The amount as evidence.
  public var evidence: Evidence { .amount(value, unit) }
}
