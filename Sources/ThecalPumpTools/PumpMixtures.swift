package import ArgumentParser
package import Thecal

/// `thecal pump admix`.
package struct PumpAdmix: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "admix", abstract: "Every drug of a mixture at one flow, or the strengths for doses wanted.",
    discussion: """
      With --drug: the flow from --primary and --dose, and what it gives of every drug. With --want: the strengths \
      that give every dose at --flow, or at the flow that --fill leaves for --interval.
      """)

  @OptionGroup package var options: PumpOptions
  @Option(
    name: .customLong("drug"), help: "A drug and its strength: 'morphine 10 mg/mL'.", transform: mixturePart)
  var drugs: [Admixture.Part] = []
  @Option(help: "The drug that is programmed; the first where not given.") var primary: String?
  @Option(help: "Its daily dose.", transform: DoseRate.positive) var dose: DoseRate?
  @Option(help: "Its dose in one bolus.", transform: Mass.positive) var bolus: Mass?
  @Option(
    name: .customLong("want"), help: "A drug and its daily dose: 'morphine 4 mg/day'.", transform: wantedDose)
  var wants: [Admixture.Design.WantedDose] = []
  @Option(help: "The flow wanted.", transform: Flow.positive) var flow: Flow?
  @Option(help: "Volume of the filling.", transform: Volume.positive) var fill: Volume?
  @Option(help: "Interval wanted.", transform: daysOrTime) var interval: Time?
  @Option(help: "Volume at which the alarm is set.", transform: Volume.positive) var alarm: Volume?

  package mutating func validate() throws {
    if drugs.isEmpty == wants.isEmpty {
      throw ValidationError("Give either --drug or --want, once for each drug.")
    }
    if wants.isEmpty, dose == nil {
      throw ValidationError("--dose is needed: the daily dose of the primary drug.")
    }
    if !wants.isEmpty, flow == nil, fill == nil || interval == nil {
      throw ValidationError("--want needs --flow, or --fill and --interval.")
    }
    let names = drugs.map(\.drug.id) + wants.map(\.drug.id)
    if Set(names).count < names.count { throw ValidationError("A drug is named twice.") }
    if let primary, wants.isEmpty, !names.contains(PumpDrug(named: primary).id) {
      throw ValidationError("--primary '\(primary)' is none of the drugs: \(names.joined(separator: ", ")).")
    }
  }

  package init() {}

  package func report() throws -> PumpReport {
    if let dose, wants.isEmpty {
      let id = primary.map { PumpDrug(named: $0).id } ?? drugs[0].drug.id
      let index = drugs.firstIndex { $0.drug.id == id } ?? 0
      let mixture = Admixture(
        device: options.pump, parts: drugs, primary: index, doses: (dose, bolus ?? .zero))
      return mixture.report
    }
    return try design().report
  }

  private func design() throws -> Admixture.Design {
    if let flow { return Admixture.Design(device: options.pump, wanted: wants, flow: flow) }
    guard let fill, let interval else {
      throw ValidationError("--want needs --flow, or --fill and --interval.")
    }
    return Admixture.Design(device: options.pump, wanted: wants, fill: fill, alarm: alarm, interval: interval)
  }
}

/// `thecal pump compound`.
package struct PumpCompound: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "compound", abstract: "Stock volumes, diluent, vials, and the strengths that really result.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Volume to fill.", transform: Volume.positive) var volume: Volume
  @Option(
    name: .customLong("drug"), help: "A drug and its stock: 'morphine 10 mg/mL from 25 mg/mL [in 20 mL]'.",
    transform: stockIngredient)
  var drugs: [CompoundingSheet.Ingredient]
  @Option(help: "Volume beyond the filling, for the refill set.", transform: Volume.nonnegative) var overfill:
    Volume = .zero
  @Option(help: "Volume beyond the filling, for a quality sample.", transform: Volume.nonnegative) var sample:
    Volume = .zero
  @Option(help: "Finest mark of the syringe.", transform: Volume.positive) var graduation = CompoundingSheet
    .finestMark

  package mutating func validate() throws {
    if drugs.isEmpty { throw ValidationError("--drug is needed, once for each drug.") }
  }

  package init() {}

  package func report() throws -> PumpReport {
    let sheet = CompoundingSheet(
      drugs, making: .init(filling: volume, overfill: overfill, sample: sample), graduation: graduation,
      device: options.pump)
    return sheet.report
  }
}

/// `thecal pump washout`.
package struct PumpWashout: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "washout", abstract: "How much of the old drug rinses leave.",
    discussion: "--residual is what stays in the reservoir after emptying; the device's own where not given.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Volume of one rinse.", transform: Volume.positive) var rinse: Volume
  @Option(help: "Number of rinses.") var times: Int
  @Option(help: "Strength before the first rinse, of the same drug.", transform: Concentration.positive)
  var old: Concentration?
  @Option(help: "Strength filled in afterwards.", transform: Written<ConcentrationDimension>.init) var new:
    Written<ConcentrationDimension>?
  @Option(help: "Volume filled in afterwards.", transform: Volume.positive) var fill: Volume?
  @Option(help: "The drug, for its limits.") var drug: String?
  @Option(help: "Strength of the rinse.", transform: Concentration.nonnegative) var rinseStrength:
    Concentration = .zero

  package mutating func validate() throws {
    if !(0...100).contains(times) { throw ValidationError("--times must lie between 0 and 100.") }
    if [old == nil, new == nil, fill == nil].contains(true), old != nil || new != nil || fill != nil {
      throw ValidationError("--old, --new and --fill belong together.")
    }
  }

  package init() {}

  package func report() throws -> PumpReport {
    let pump = options.pump
    guard let residual = pump.residual else {
      throw ValidationError("The residual volume of \(pump.name) is not on record; state it with --residual.")
    }
    var strengths = Washout.Strengths()
    (strengths.old, strengths.new, strengths.fill) = (old, new?.value, fill)
    strengths.drug = drug.map { PumpDrug(named: $0) }
    let washout = Washout(
      residual: residual, rinse: rinse, times: times, device: pump, strengths: strengths)
    guard let old, let new, let fill else { return washout.report() }
    let strength = washout.strength(old: old, filling: new.value, volume: fill, rinseStrength: rinseStrength)
    return washout.report(after: (strength, new.unit))
  }
}

/// `thecal pump pocket-fill`.
package struct PumpPocketFill: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "pocket-fill", abstract: "What a filling beside the pump exposes a patient to.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Volume in the syringe.", transform: Volume.positive) var volume: Volume
  @Option(help: "Its strength.", transform: Written<ConcentrationDimension>.init) var concentration:
    Written<ConcentrationDimension>
  @Option(help: "Share that went beside the pump.", transform: Ratio.positive) var fraction = Ratio(
    100, .percent)
  @Option(help: "Daily dose, to compare with.", transform: DoseRate.positive) var dose: DoseRate?
  @Option(help: "The drug, for its limits.") var drug: String?

  package mutating func validate() throws {
    if fraction > Ratio(1, .one) { throw ValidationError("--fraction is at most 100 %.") }
  }

  package init() {}

  package func report() throws -> PumpReport {
    let fill = PocketFill(
      volume: volume, concentration: (concentration.value, concentration.unit), fraction: fraction,
      daily: dose, drug: drug.map { PumpDrug(named: $0) }, device: options.pump)
    return fill.report
  }
}
