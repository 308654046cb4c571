import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// What it takes to fill tubing and catheter, or to push out what they hold.
///
/// `volume = tubing + length x volume per length`; `mass = volume x concentration`. A priming volume given
/// into a path that is already full reaches the patient at once, so three cases are told apart: an empty
/// system, the catheter alone, and none.
public struct PrimingBolus: Sendable {
  /// What is done with the volume.
  public enum Purpose: Sendable {
    /// The path is empty and is filled.
    case prime
    /// The path holds drug and is pushed clear, for a dye study or a rinse.
    case flush
  }

  /// What is done.
  public let purpose: Purpose
  /// The path.
  public let path: FluidPath
  /// The strength of what fills it.
  public let concentration: Concentration
  /// The unit in which the drug is spoken of.
  public let unit: DoseUnit
  /// The daily dose, to compare with; nil where unknown.
  public let daily: DoseRate?
  /// The drug in the whole path.
  public let mass: Mass
  /// The drug in the catheter alone.
  public let catheterMass: Mass
  /// The drug that leaves the tip while an empty path fills, where a share of it mixes.
  public let earlyMass: Mass
  /// What was found.
  public private(set) var outcome: PumpOutcome

  /// How many daily doses in one go are too many without a second look; a cut-off of this project.
  private static let mostDailyDoses = ExactNumber.one
  /// Dead volumes to draw back before anything is injected. Source: handed down; unverified.
  public static let aspirated = ExactNumber(2)

  /// The volume for `path` filled with `concentration`.
  ///
  /// - Precondition: `concentration`, `daily` and the volume of the path are above zero.
  public init(
    _ purpose: Purpose, path: FluidPath, concentration: Concentration, unit: DoseUnit,
    daily: DoseRate? = nil, drug: PumpDrug? = nil, formulary: Formulary = .embedded
  ) {
    precondition(concentration > .zero && path.volume > .zero)
    self.purpose = purpose
    self.path = path
    self.concentration = concentration
    self.unit = unit
    self.daily = daily
    var checks = PumpChecks()
    checks.check(drug, dose: daily, strength: concentration)
    mass = concentration * checks.use(path, formulary.pumpRules)
    catheterMass = concentration * path.catheter.value
    // ∫ C (1 - e^-(v - p + m)/m) dv over the last m of the path p is C m / e: the mass that is early.
    let mixed = BridgePlan.assumedMixing.fraction * path.volume
    earlyMass = BridgePlan.inverseE * (concentration * mixed)
    outcome = checks.outcome()
    addConcerns(&checks)
    outcome = checks.outcome()
  }

  /// The path as a number of daily doses; nil where the dose is unknown.
  public var dailyDoses: ExactNumber? { daily.map { mass / ($0 * Time(1, .days)) } }

  private func addConcerns(_ checks: inout PumpChecks) {
    checks.add(.deviceDecides, .deviceDecides, .note)
    switch purpose {
    case .prime: checks.add(.primeOnlyIfEmpty, .primeOnlyIfEmpty, .note, [.mass(mass, unit)])
    case .flush: checks.add(.aspirateFirst, .aspirateFirst, .note)
    }
    guard let dailyDoses else { return }
    checks.check(
      dailyDoses <= PrimingBolus.mostDailyDoses, passed: (.pathWithinDailyDose, .dailyDoses),
      failed: (.pathAboveDailyDose, .multipleOfDailyDose), [.number(dailyDoses)], severity: .review)
  }
}
