public import ThecalQuantities

/// A drug as the pump arithmetic sees it: its limits, how long it keeps, and what its absence does.
public struct PumpDrug: Sendable {
  /// A strength that is sold.
  public struct Supply: Hashable, Sendable {
    /// The strength.
    public let strength: Concentration
    /// The volume of a vial or ampoule, where known.
    public let vial: Volume?
    /// Who says so.
    public let source: String

    /// A strength in vials of `vial`.
    public init(strength: Concentration, vial: Volume?, source: String) {
      self.strength = strength
      self.vial = vial
      self.source = source
    }
  }

  /// The generic name in lower case.
  public let id: String
  /// The name for people, in tall-man letters.
  public let tallMan: String
  /// The unit in which its doses are usually written.
  public var unit = DoseUnit.milligrams
  /// The most that is given in a day.
  public var dailyMaximum: PumpFigure<DoseRateDimension>?
  /// The strongest solution.
  public var concentrationMaximum: PumpFigure<ConcentrationDimension>?
  /// The largest single bolus.
  public var bolusMaximum: PumpFigure<MassDimension>?
  /// How long a filling keeps in the pump.
  public var stability: PumpFigure<TimeDimension>?
  /// Every time on record with its condition, for people.
  public var stabilities: [String] = []
  /// What must be left in the reservoir at every refill.
  public var reserve: PumpFigure<VolumeDimension>?
  /// The largest fall in a day, as a fraction of the dose before it.
  public var largestDrop: PumpFigure<RatioDimension>?
  /// How soon withdrawal may begin after delivery ends.
  public var withdrawalOnset: PumpFigure<TimeDimension>?
  /// Whether withdrawal can kill.
  public var withdrawalIsDangerous = false
  /// What withdrawal looks like.
  public var withdrawalText: String?
  /// The daily dose at which someone without tolerance may begin.
  public var naiveStart: PumpFigure<DoseRateDimension>?
  /// The strengths that are sold.
  public var supply: [Supply] = []
  /// Whether it must never reach the cerebrospinal fluid.
  public var isForbidden = false
  /// Whether anything is known about it.
  public var isKnown = true

  /// A drug of which nothing is known yet.
  public init(id: String, tallMan: String) {
    self.id = id
    self.tallMan = tallMan
  }

  /// Takes `time` for how long a filling keeps, as the caller states it.
  public mutating func keep(for time: Time) {
    stability = PumpFigure(stated: time)
    stabilities = []
  }

  /// The volume of a vial of `strength`, where one is on record.
  public func vial(of strength: Concentration) -> Volume? {
    supply.first { $0.strength == strength && $0.vial != nil }?.vial
  }
}
