public import ThecalQuantities

/// Parameters of the transport model that a scenario sets; nil where the default holds.
public struct ScenarioParameters: Hashable, Sendable {
  /// Height of the person.
  public private(set) var height: Length?
  /// Factor on the canal area from T12 down.
  public private(set) var areaLumbosacral: Double?
  /// Factor on the canal area down to C7.
  public private(set) var areaCervical: Double?
  /// Production of CSF.
  public private(set) var production: Flow?
  /// Share of it absorbed along the canal.
  public private(set) var spinalFraction: Double?
  /// Dispersion at C1.
  public private(set) var dispersionC1: Diffusivity?
  /// Dispersion at the end of the sac.
  public private(set) var dispersionSac: Diffusivity?
  /// Volume of the cranial pool.
  public private(set) var cranialVolume: Volume?
  /// Loss along the canal.
  public private(set) var loss: RateConstant?
  /// Loss from the cranial pool as a multiple of it.
  public private(set) var cranialLossRatio: Double?
  /// Standard deviation of a bolus.
  public private(set) var bolusSigma: Length?
  /// Standard deviation of an infusion.
  public private(set) var rateSigma: Length?
  /// Heart rate, which modulates the dispersion.
  public private(set) var heartRate: RateConstant?
  /// CSF stroke volume at C2, which modulates the dispersion.
  public private(set) var strokeVolume: Volume?
  /// The cord as a compartment.
  public private(set) var cord: Tissue?
  /// The epidural space as a compartment.
  public private(set) var epidural: Tissue?
  /// The drift of a solution of other density.
  public private(set) var baricity: Baricity?

  /// A compartment beside the canal.
  public struct Tissue: Hashable, Sendable {
    /// Permeability times surface per length.
    public let permeability: Diffusivity
    /// Concentration there over that in CSF at equilibrium.
    public let partition: Double
    /// Loss from it into blood.
    public let loss: RateConstant
    /// Its cross-section; nil takes that of the cord.
    public let area: Area?
  }

  /// A drift that fades with the concentration.
  public struct Baricity: Hashable, Sendable {
    /// Flow of dilute solution; the direction is said by `towardHead`.
    public let flow: Flow
    /// Whether the solution rises toward the head.
    public let towardHead: Bool
    /// The concentration at which the drift has faded.
    public let limit: Concentration
  }

  /// The keys, as they stand in a file.
  static let keys = [
    "height", "area_lumbosacral", "area_cervical", "production", "spinal_fraction", "dispersion_c1",
    "dispersion_sac", "cranial_volume", "loss", "cranial_loss_ratio", "bolus_sigma", "rate_sigma",
    "heart_rate", "stroke_volume", "cord", "epidural", "baricity",
  ]

  /// The defaults.
  package init() {}

  init(_ node: ScenarioNode?) throws(ScenarioError) {
    guard let node else { return }
    let members = try node.members(known: Self.keys)
    height = try members["height"]?.positive()
    production = try members["production"]?.positive()
    dispersionC1 = try members["dispersion_c1"]?.positive()
    dispersionSac = try members["dispersion_sac"]?.positive()
    cranialVolume = try members["cranial_volume"]?.positive()
    loss = try members["loss"]?.positive(orZero: true)
    bolusSigma = try members["bolus_sigma"]?.positive()
    rateSigma = try members["rate_sigma"]?.positive()
    heartRate = try members["heart_rate"]?.positive()
    strokeVolume = try members["stroke_volume"]?.positive()
    areaLumbosacral = try members["area_lumbosacral"]?.number(in: Self.factors)
    areaCervical = try members["area_cervical"]?.number(in: Self.factors)
    spinalFraction = try members["spinal_fraction"]?.number(in: 0...1)
    cranialLossRatio = try members["cranial_loss_ratio"]?.number(in: 0...100)
    cord = try Self.tissue(members["cord"], needsArea: false)
    epidural = try Self.tissue(members["epidural"], needsArea: true)
    baricity = try Self.baricity(members["baricity"])
    try checkRanges(members)
  }

  /// A canal a hundred times wider or narrower is no canal.
  private static let factors = 0.01...100.0

  /// Legal values beyond which nobody has a canal, or the numbers lose their meaning.
  private func checkRanges(_ members: [String: ScenarioNode]) throws(ScenarioError) {
    func check<D>(_ key: String, _ value: Quantity<D>?, _ low: Quantity<D>, _ high: Quantity<D>)
      throws(ScenarioError)
    {
      guard let value, let node = members[key], !(low...high).contains(value) else { return }
      let unit = D.units[0]
      throw node.error(
        "must lie between \(low.exactValue(in: unit)) and \(high.exactValue(in: unit)) \(unit.symbol)")
    }
    try check("height", height, Length(40, .centimeters), Length(260, .centimeters))
    let diffusivities = (
      Diffusivity(ExactNumber(1) / 100_000, .squareCentimetersPerSecond),
      Diffusivity(10, .squareCentimetersPerSecond)
    )
    try check("dispersion_c1", dispersionC1, diffusivities.0, diffusivities.1)
    try check("dispersion_sac", dispersionSac, diffusivities.0, diffusivities.1)
    try check(
      "production", production, Flow(ExactNumber(1) / 1_000, .millilitersPerMinute),
      Flow(10, .millilitersPerMinute))
    try check("cranial_volume", cranialVolume, Volume(1, .milliliters), Volume(2_000, .milliliters))
    try check("loss", loss, .zero, RateConstant(1, .perSecond))
    let widths = (Length(ExactNumber(1) / 100, .centimeters), Length(50, .centimeters))
    try check("bolus_sigma", bolusSigma, widths.0, widths.1)
    try check("rate_sigma", rateSigma, widths.0, widths.1)
  }

  private static func tissue(_ node: ScenarioNode?, needsArea: Bool) throws(ScenarioError) -> Tissue? {
    guard let node else { return nil }
    let members = try node.members(
      known: ["permeability", "partition", "loss", "area"],
      required: ["permeability", "partition", "loss"] + (needsArea ? ["area"] : []))
    return Tissue(
      permeability: try (members["permeability"] ?? node).positive(),
      partition: try (members["partition"] ?? node).number(in: 1e-4...1e4),
      loss: try (members["loss"] ?? node).positive(orZero: true), area: try members["area"]?.positive())
  }

  private static func baricity(_ node: ScenarioNode?) throws(ScenarioError) -> Baricity? {
    guard let node else { return nil }
    let members = try node.members(
      known: ["flow", "toward", "limit"], required: ["flow", "toward", "limit"])
    let toward = members["toward"] ?? node
    let direction = try toward.text()
    guard ["head", "sac"].contains(direction) else { throw toward.error("write head or sac") }
    return Baricity(
      flow: try (members["flow"] ?? node).positive(), towardHead: direction == "head",
      limit: try (members["limit"] ?? node).positive())
  }
}
