package import ThecalFormulary
import ThecalKinetics
public import ThecalQuantities
import ThecalSolvers

/// A drug given along a programme into one person's CSF, ready to be computed.
public struct Simulation: Sendable {
  /// The drug.
  public let drug: String
  /// What the pump gives.
  public private(set) var schedule: DeliverySchedule
  /// The sites that are shown, by column name.
  public let siteNames: [String]
  /// The ids of the sources of every number that went in.
  public let sources: [String]
  /// What a reader of the result should know.
  public let remarks: [TransportRemark]
  /// The errors that may be asked for, as shares of the peak: below, digits of doubles are left too few.
  public static let tolerances = 1e-12...1e-2
  /// Times of the rows, h.
  package let times: [Double]
  /// The end of what is shown, h.
  package let until: Double
  package private(set) var model: CanalModel
  /// Where the catheter ends, cm from C1.
  package private(set) var tip: Double
  private(set) var sites: [Site]
  private(set) var named: (tip: CanalSite, sites: [CanalSite])
  let plasma: Receiver?
  /// What comes from plasma, where something is given beside the pump.
  let uptake: PlasmaUptake?
  /// The different volumes in which boluses are given, mL, in the order of their first use.
  let bolusVolumes: [Double]

  /// A place whose concentration is shown.
  enum Site: Hashable, Sendable {
    case canal(Double)
    case cranial
    case plasma
  }

  /// The simulation that `input` describes.
  ///
  /// - Throws: `InputProblem` naming the part of it: an unknown drug or level, a tip outside the canal.
  public init(_ input: TransportInput) throws(InputProblem) {
    try self.init(input, formulary: .embedded)
  }

  package init(_ input: TransportInput, formulary: Formulary) throws(InputProblem) {
    let name = try Self.known(input.drug, input.parameters, formulary)
    guard Self.possibleCells.contains(input.cells) else {
      throw InputProblem(.whole, "the canal is cut into 2 to \(Self.possibleCells.upperBound) cells")
    }
    let parameters = try CanalParameters(input.parameters, drug: name, formulary)
    let anatomy = SpinalAnatomy(formulary)
    let model = CanalModel(CanalGrid(anatomy, cells: input.cells), parameters)
    guard model.network.isProper else {
      throw InputProblem(.drug, "these parameters are too extreme for this number of cells")
    }
    let locate = PositionFinder(grid: model.grid, height: parameters.height)
    let places = try locate.places(tip: input.tip, sites: input.sites)
    named = (input.tip, input.sites)
    (tip, sites) = (places.tip, places.sites)
    drug = name
    schedule = input.schedule
    bolusVolumes = input.schedule.boluses.reduce(into: []) { list, bolus in
      if !list.contains(bolus.volume.base) { list.append(bolus.volume.base) }
    }
    siteNames = input.sites.map(\.columnName)
    self.model = model
    times = input.times.map(\.base)
    until = input.until.base
    let kinetics = formulary.transport.plasma(name)
    plasma = input.plasma?.receiver ?? kinetics.flatMap(Self.receiver)
    let ratio = formulary.csfUptake(of: name)?.ratio
    uptake =
      input.systemic.isEmpty
      ? nil : try PlasmaUptake(input.systemic, ratio: ratio?.value.double ?? 0, times: times)
    var sources = Set(anatomy.sources)
    sources.formUnion(formulary.transport.parameters.map(\.value.citation.source))
    if let loss = formulary.transport.loss(name) { sources.insert(loss.value.citation.source) }
    if let kinetics, sites.contains(.plasma) { sources.insert(kinetics.clearance.citation.source) }
    if uptake != nil, let ratio { sources.insert(ratio.source) }
    self.sources = sources.sorted()
    remarks = Self.remarks(sites: sites, plasma: plasma, drug: name, uptake: uptake, ratio: ratio)
  }

  private static let possibleCells = 2...100_000

  /// The same programme given to another person. Named levels move with the height, distances in cm stay.
  ///
  /// - Throws: `InputProblem` where a distance lies outside the other person's canal, or the parameters are too
  ///   extreme for the number of cells.
  public func with(_ parameters: CanalParameters) throws(InputProblem) -> Simulation {
    let places = try places(for: TransportSample(parameters))
    var other = self
    (other.tip, other.sites) = (places.tip, places.sites)
    other.model = CanalModel(model.grid, parameters)
    guard other.model.network.isProper else {
      throw InputProblem(.drug, "these parameters are too extreme for this number of cells")
    }
    return other
  }

  /// Where tip and sites lie in a person, cm from C1.
  struct Places {
    let tip: Double
    let sites: [Site]
  }

  /// The same with another model of the same person.
  func replacing(_ model: CanalModel) -> Simulation {
    var other = self
    other.model = model
    return other
  }

  /// Where the catheter of a sample ends, cm from C1.
  package func tipPosition_cm(of sample: TransportSample) throws(InputProblem) -> Double {
    try places(for: sample).tip
  }

  /// Whether levels in plasma are known.
  package var knowsPlasma: Bool { plasma != nil || uptake != nil }

  /// Where the catheter ends, cm from C1.
  public var tipPosition_cm: Double { tip }

  /// Where the sites lie, cm from C1; nil for the cranial pool and plasma.
  package var sitePositions_cm: [Double?] {
    sites.map { if case .canal(let x) = $0 { x } else { nil } }
  }

  /// Where tip and sites lie in a sample.
  func places(for sample: TransportSample) throws(InputProblem) -> Places {
    try PositionFinder(grid: model.grid, height: sample.parameters.height).places(
      tip: sample.tip ?? named.tip, sites: named.sites)
  }

  /// The simulation of a sample; `varied` are the entries of which it gives the sizes.
  package func with(
    _ sample: TransportSample, varied: [TransportSample.Entry]
  ) throws(SimulationError) -> Simulation {
    var other = self
    other.schedule = schedule.replacing(varied, by: sample.amounts)
    other.named.tip = sample.tip ?? named.tip
    do throws(InputProblem) { return try other.with(sample.parameters) } catch { throw .input(error) }
  }

  /// The generic name of the drug, which must have a loss of its own or be given one.
  private static func known(
    _ drug: String, _ parameters: TransportParameters, _ formulary: Formulary
  ) throws(InputProblem) -> String {
    let name = formulary.drug(named: drug)?.id ?? drug
    let losses = formulary.transport.losses.map(\.drug)
    if losses.contains(name) || parameters[.loss] != nil { return name }
    throw InputProblem(
      .drug,
      "no loss from CSF is known for '\(drug)'; \(suggestion(for: drug, among: losses)), or set "
        + "parameters.loss")
  }

  /// One compartment: everything that leaves the CSF arrives in plasma and is cleared from there.
  private static func receiver(_ kinetics: Formulary.TransportData.Plasma) -> Receiver? {
    guard let clearance = kinetics.clearance.quantity(FlowDimension.self)?.base,
      let volume = kinetics.volume.quantity(VolumeDimension.self)?.base
    else { return nil }
    return Receiver(rates: [-clearance / volume], amounts: [1], levels: [1 / volume])
  }

  private static func remarks(
    sites: [Site], plasma: Receiver?, drug: String, uptake: PlasmaUptake?, ratio: Cited<ExactNumber>?
  ) -> [TransportRemark] {
    var remarks: [TransportRemark] = []
    if sites.contains(.plasma), plasma == nil {
      remarks.append(.noPlasmaKinetics(drug: drug))
    }
    guard uptake != nil else { return remarks }
    guard let ratio else { return remarks + [.noUptake(drug: drug)] }
    if !ratio.verified { remarks.append(.uptakeNotRead(drug: drug, ratio: ratio)) }
    return remarks
  }
}

/// Finds named positions on a person's canal.
struct PositionFinder {
  let grid: CanalGrid
  let height: Double

  /// Where a catheter ends and levels are read.
  func places(tip: CanalSite, sites: [CanalSite]) throws(InputProblem) -> Simulation.Places {
    let end = try distance(tip)
    var found: [Simulation.Site] = []
    for site in sites {
      switch site {
      case .tip: found.append(.canal(end))
      case .cranial: found.append(.cranial)
      case .plasma: found.append(.plasma)
      case .level, .dermatome, .distance: found.append(.canal(try distance(site)))
      }
    }
    return Simulation.Places(tip: end, sites: found)
  }

  /// The distance from C1, cm.
  func distance(_ site: CanalSite) throws(InputProblem) -> Double {
    let anatomy = grid.anatomy
    let (stretch, length) = (grid.stretch(height), grid.length(height))
    switch site {
    case .level(let name):
      guard let midpoint = anatomy.midpoint(of: name) else {
        throw InputProblem(
          .site(site), "unknown level '\(name)'; \(suggestion(for: name, among: anatomy.levels))")
      }
      return midpoint * stretch
    case .dermatome(let name):
      guard let middle = anatomy.middle(ofSegment: name) else {
        throw InputProblem(
          .site(site),
          "unknown dermatome '\(name)'; \(suggestion(for: name, among: anatomy.segmentNames))")
      }
      return middle * stretch
    case .distance(let distance):
      guard distance >= .zero, distance.base <= length else {
        throw InputProblem(
          .site(site),
          "\(distance.value(in: .centimeters)) cm lies outside the canal, which is "
            + "\((length * 100).rounded() / 100) cm long")
      }
      return distance.base
    case .tip, .cranial, .plasma:
      throw InputProblem(.site(site), "this is no position along the canal")
    }
  }
}
