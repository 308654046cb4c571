package import ThecalFormulary
public import ThecalQuantities

/// What is asked: a drug, a dose, and what else bears on the risk.
public struct RiskRequest: Hashable, Sendable {
  /// A dose once or every day.
  public enum Dose: Hashable, Sendable {
    /// One injection.
    case single(Mass)
    /// An infusion.
    case continuous(DoseRate)

    /// Whether it is given once.
    public var isSingle: Bool { if case .single = self { true } else { false } }

    /// In µg or µg/h.
    package var base: Double {
      switch self {
      case .single(let mass): mass.base
      case .continuous(let rate): rate.base
      }
    }

    /// The same way of giving with another dose, in µg or µg/h.
    package func with(base: Double) -> Dose {
      isSingle ? .single(Mass(base: base)) : .continuous(DoseRate(base: base))
    }

    /// The dose as a number in a unit of the counts; nil where the unit is of another kind.
    package func amount(in unit: String?) -> Double? {
      guard let unit else { return nil }
      switch self {
      case .single(let mass): return Mass.unit(named: unit).map { mass.value(in: $0) }
      case .continuous(let rate): return DoseRate.unit(named: unit).map { rate.value(in: $0) }
      }
    }
  }

  /// Whether the patient is used to opioids.
  public enum Tolerance: String, CaseIterable, Hashable, Sendable {
    /// No opioid was taken regularly.
    case naive
    /// Opioids have been taken regularly, or the infusion has gone on for weeks.
    case tolerant
    /// Nobody says: both states are shown.
    case unknown

    /// The states that may hold; both where nothing is known.
    package var states: [IncidenceCount.ToleranceState] {
      switch self {
      case .naive: [.naive]
      case .tolerant: [.tolerant]
      case .unknown: [.naive, .tolerant]
      }
    }
  }

  /// The name of the drug.
  public var drug: String
  /// The dose.
  public var dose: Dose
  /// Whether the patient is used to opioids.
  public var tolerance = Tolerance.unknown
  /// The infusion to which the patient is used; nil where it is the one asked for, or not known.
  public var previous: DoseRate?
  /// How long the delivery has stopped; nil where it has not.
  public var interruption: Time?
  /// Oral morphine equivalent that goes on beside the pump.
  public var residualMorphine: DoseRate?
  /// Facts about the patient that raise a risk, by the names of the table of conversions' columns.
  public var facts: Set<String> = []
  /// Age, years.
  public var age_years: Double?
  /// The concentration in the pump.
  public var concentration: Concentration?
  /// Time on the drug.
  public var months: Double?
  /// Yearly rise of the dose, as a share.
  public var yearlyRise: Double?
  /// The vertebral level at which the catheter ends and the drug is to act; nil for L3 where injections are given and T10 for
  /// a catheter.
  public var tip: String?
  /// The largest share of patients with a toxic level in the window of doses, 0 to 1; nil takes that of the data.
  public var mostToxic: Double?
  /// The largest share of patients without the wanted effect there, 0 to 1; nil takes that of the data.
  public var mostInadequate: Double?
  /// Number of virtual patients; zero leaves the models out.
  public var patients = 400
  /// The seed from which they are drawn.
  public var seed: UInt64 = 1

  /// A request.
  public init(drug: String, dose: Dose) {
    self.drug = drug
    self.dose = dose
  }

  /// Where an injection is given, and where a catheter ends, if nothing is said.
  package static func usualTip(isSingle: Bool) -> String { isSingle ? "L3" : "T10" }

  /// The vertebral level of the request.
  package var place: String { (tip ?? Self.usualTip(isSingle: dose.isSingle)).uppercased() }
}
