package import ArgumentParser
package import Thecal

/// The path from reservoir to tip, as lengths and volumes.
struct PathOptions: ParsableArguments {
  @Option(help: "Volume inside the pump.", transform: Volume.nonnegative) var tubing: Volume?
  @Option(help: "Implanted length of the catheter.", transform: Length.positive) var length: Length?
  @Option(help: "Volume per length of the catheter.", transform: VolumePerLength.positive) var perLength:
    VolumePerLength?
  @Option(help: "Catheter by id or model number, for its volume per length.") var catheter: String?

  package mutating func validate() throws {
    if let catheter, Formulary.embedded.catheter(named: catheter) == nil {
      let known = Formulary.embedded.catheters.map(\.id).joined(separator: ", ")
      throw ValidationError("The catheter '\(catheter)' is not known; known are \(known).")
    }
  }

  /// The path in `device`.
  func path(in device: PumpDevice) throws -> FluidPath {
    guard let length else {
      let range = Formulary.embedded.unknownCatheterLength
      throw ValidationError(
        "--length is needed: the implanted length, trimmed ends not counted. Where it was not recorded, compute "
          + "both ends, \(range.low) and \(range.high) \(range.unit).")
    }
    let bore = perLength.map { Cited(stated: $0) } ?? catheter.flatMap { FluidPath.bore(ofCatheterNamed: $0) }
    guard let bore else {
      throw ValidationError("--per-length or --catheter is needed, such as '0.0022 mL/cm'.")
    }
    let inside = tubing.map { Cited(stated: $0) } ?? device.tubing
    guard let inside else {
      throw ValidationError("The volume inside \(device.name) is not on record; state it with --tubing.")
    }
    return FluidPath(tubing: inside, length: length, bore: bore)
  }
}

/// `thecal pump prime`.
package struct PumpPrime: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "prime", abstract: "What it takes to fill an empty path.")

  @OptionGroup package var options: PumpOptions
  @OptionGroup var path: PathOptions
  @Option(help: "Strength that fills the path.", transform: Written<ConcentrationDimension>.init)
  var concentration: Written<ConcentrationDimension>
  @Option(help: "Daily dose, to compare with.", transform: DoseRate.positive) var dose: DoseRate?
  @Option(help: "The drug, for its limits.") var drug: String?

  package init() {}

  package func report() throws -> PumpReport {
    let path = try path.path(in: options.pump)
    let bolus = PrimingBolus(
      .prime, path: path, concentration: concentration.value, unit: concentration.unit, daily: dose,
      drug: drug.map { PumpDrug(named: $0) })
    return bolus.report
  }
}

/// `thecal pump flush`.
package struct PumpFlush: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "flush", abstract: "What a full path holds, before a dye study or rinse.")

  @OptionGroup package var options: PumpOptions
  @OptionGroup var path: PathOptions
  @Option(help: "Strength that fills the path.", transform: Written<ConcentrationDimension>.init)
  var concentration: Written<ConcentrationDimension>
  @Option(help: "Daily dose, to compare with.", transform: DoseRate.positive) var dose: DoseRate?
  @Option(help: "The drug, for its limits.") var drug: String?

  package init() {}

  package func report() throws -> PumpReport {
    let path = try path.path(in: options.pump)
    let bolus = PrimingBolus(
      .flush, path: path, concentration: concentration.value, unit: concentration.unit, daily: dose,
      drug: drug.map { PumpDrug(named: $0) })
    return bolus.report
  }
}

/// `thecal pump bridge`.
package struct PumpBridge: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "bridge", abstract: "From one concentration to another.")

  @OptionGroup package var options: PumpOptions
  @OptionGroup var parts: PathOptions
  @Option(help: "Strength that fills the path.", transform: Concentration.positive) var old: Concentration
  @Option(help: "Strength in the reservoir now.", transform: Concentration.positive) var new: Concentration
  @Option(help: "Daily dose so far.", transform: DoseRate.positive) var oldDose: DoseRate
  @Option(help: "Daily dose from now on.", transform: Written<DoseRateDimension>.init) var newDose:
    Written<DoseRateDimension>
  @Option(help: "Volume from reservoir to tip.", transform: Volume.positive) var path: Volume?
  @Option(help: "The drug in the reservoir, for its limits.") var drug: String?
  @Option(help: "The drug in the path, where it is another one.") var oldDrug: String?
  @Flag(help: "Keep the old dose during the bridge even where the new one is lower.") var keepOld = false
  @Flag(help: "The path holds another drug than the reservoir.") var otherDrug = false
  @Option(help: "Share of the path that mixes.", transform: Ratio.nonnegative) var mixing: Ratio?
  @Option(help: "The path that a wrong bridge was computed for.", transform: Volume.positive) var wrongPath:
    Volume?

  package mutating func validate() throws {
    if let mixing, mixing > Ratio(1, .one) { throw ValidationError("--mixing is at most 100 %.") }
  }

  package init() {}

  package func report() throws -> PumpReport {
    let whole = try path.map(FluidPath.init(stated:)) ?? parts.path(in: options.pump)
    guard whole.volume > .zero else { throw ValidationError("The path must hold something.") }
    var request = BridgePlan.Request(
      device: options.pump, strengths: (old, new), doses: (oldDose, newDose.value), path: whole)
    request.unit = newDose.unit
    request.keepsOldDose = keepOld
    request.drug = drug.map { PumpDrug(named: $0) }
    request.oldDrug = oldDrug.map { PumpDrug(named: $0) }
    request.changesDrug = otherDrug || (oldDrug != nil && request.oldDrug?.id != request.drug?.id)
    request.wrongPath = wrongPath
    if let mixing { request.mixing = mixing }
    return BridgePlan(request).report
  }
}
