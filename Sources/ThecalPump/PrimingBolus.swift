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
  let settlement: PumpSettlement

  /// e⁻¹ to fifteen digits.
  private static let inverseE: ExactNumber = 0.367_879_441_171_442
  /// How many daily doses in one go are too many without a second look; a cut-off of this project.
  private static let dailyDoses = ExactNumber.one
  /// Dead volumes to draw back before anything is injected. Source: handed down; unverified.
  static let aspirated = ExactNumber(2)

  /// The volume for `path` filled with `concentration`, of which `mixing` of the volume mixes.
  public init(
    _ purpose: Purpose, path: FluidPath, concentration: Concentration, unit: DoseUnit,
    daily: DoseRate? = nil
  ) {
    precondition(concentration > .zero && path.volume > .zero)
    self.purpose = purpose
    self.path = path
    self.concentration = concentration
    self.unit = unit
    self.daily = daily
    var ledger = PumpLedger()
    mass = concentration * ledger.use(path)
    catheterMass = concentration * path.catheter.value
    // ∫ C (1 - e^-(v - p + m)/m) dv over the last m of the path p is C m / e: the mass that is early.
    let mixed = BridgePlan.assumedMixing.fraction * path.volume
    earlyMass = PrimingBolus.inverseE * (concentration * mixed)
    PrimingBolus.addConcerns(purpose, mass: mass, daily: daily, unit: unit, &ledger)
    settlement = ledger.settle()
  }

  private static func addConcerns(
    _ purpose: Purpose, mass: Mass, daily: DoseRate?, unit: DoseUnit, _ ledger: inout PumpLedger
  ) {
    ledger.add(
      "DEVICE_DECIDES", .note,
      "The pump's own software decides the volume it gives; compare it with this one before starting.")
    switch purpose {
    case .prime:
      ledger.cite("priming_recall_2013")
      ledger.add(
        "PRIME_ONLY_IF_EMPTY", .note,
        "Into a path that is already full the whole \(unit.text(mass)) reaches the patient: "
          + "prime the empty system, or the catheter alone after it was drawn empty, or not at all.")
    case .flush:
      ledger.add(
        "ASPIRATE_FIRST", .note,
        "Draw back at least twice the volume of the path first; if nothing comes back, inject nothing.")
    }
    guard let daily else { return }
    let days = mass / (daily * Time(1, .days))
    ledger.check(
      days <= dailyDoses, days <= dailyDoses ? "DAILY_DOSES" : "MULTIPLE_OF_DAILY_DOSE", .review,
      passed: "The path holds \(days.clinical) of a daily dose.",
      failed: "The path holds \(days.clinical) daily doses: given at once, they may be lethal.")
  }

  /// The bolus as a sheet and as data.
  public var answer: PumpAnswer {
    let millilitersToDraw = purpose == .flush ? (PrimingBolus.aspirated * path.volume).milliliters : nil
    return PumpAnswer(
      purpose == .prime ? "Priming bolus" : "Flush: what the path holds",
      inputs: [
        ("Tubing inside the pump", path.tubing.value.text),
        ("Catheter as implanted", path.catheter.value.text),
        ("Concentration", unit.text(concentration)), ("Daily dose", daily.map(unit.text)),
      ],
      formulas: ["volume = tubing + length x volume per length", "mass = volume x concentration"],
      fields: [
        .number("volume_mL", "Volume of the path", path.volume.milliliters, "mL"),
        .number("mass", "Drug in the path", mass.exactValue(in: unit.mass), unit.rawValue),
        .text("unit", "Unit of mass", unit.rawValue),
        .number("catheter_only_mL", "Catheter alone", path.catheter.value.milliliters, "mL"),
        .number(
          "catheter_only_mass", "Drug in the catheter alone", catheterMass.exactValue(in: unit.mass),
          unit.rawValue),
      ]
        + (purpose == .prime
          ? [
            .number(
              "early_mass", "Drug past the tip before the path is full (a tenth of it mixing)",
              earlyMass.exactValue(in: unit.mass).rounded(toSignificantDigits: 6), unit.rawValue)
          ] : [.number("aspirate_mL", "Draw back at least", millilitersToDraw, "mL")])
        + [.number("daily_doses", "As daily doses", daily.map { mass / ($0 * Time(1, .days)) })],
      settlement: settlement)
  }
}
