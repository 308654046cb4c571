package import ArgumentParser
package import Thecal

/// `thecal pump refill`: alarm, true-empty band and plan date.
package struct PumpRefill: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "refill", abstract: "When to refill: alarm, true-empty band, plan date.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Volume after the filling.", transform: Volume.positive) var fill: Volume
  @Option(help: "Strength in the reservoir.", transform: Written<ConcentrationDimension>.init)
  var concentration: Written<ConcentrationDimension>
  @Option(help: "Programmed daily dose without boluses.", transform: DoseRate.positive) var dose: DoseRate
  @Option(help: "Day of the filling.", transform: civilDay) var date: CalendarDate
  @Option(help: "Volume at which the alarm is set.", transform: Volume.positive) var alarm: Volume?
  @Option(help: "Drug in one patient bolus.", transform: Mass.positive) var bolus: Mass?
  @Option(help: "Boluses allowed in a day.") var bolusesPerDay: Int?
  @Option(help: "The drug, for its limits, stability and reserve.") var drug: String?
  @Option(help: "Another drug of the reservoir: 'bupivacaine 20 mg/mL'.", transform: mixturePart)
  var also: [Admixture.Part] = []
  @Option(help: "first or later: which filling of the pump it is.") var filling: FillingOrder?
  @Option(help: "How long this filling keeps, instead of the drug's.", transform: daysOrTime) var stability:
    Time?
  @Option(help: "The longest interval that the clinic allows.", transform: daysOrTime) var maxInterval: Time?

  package mutating func validate() throws {
    if (bolus == nil) != (bolusesPerDay == nil) {
      throw ValidationError("--bolus and --boluses-per-day belong together.")
    }
    if let bolusesPerDay, !(0...1_440).contains(bolusesPerDay) {
      throw ValidationError("--boluses-per-day must lie between 0 and 1440.")
    }
  }

  package init() {}

  package func report() throws -> PumpReport { plan.report }

  /// The days of the filling.
  package var plan: RefillPlan {
    var request = RefillPlan.Request(
      device: options.pump, fill: fill, concentration: concentration.value, dose: dose, date: date)
    request.unit = concentration.unit
    request.alarm = alarm
    request.bolus = bolus ?? .zero
    request.bolusesPerDay = ExactNumber(bolusesPerDay ?? 0)
    request.drug = drug.map { PumpDrug(named: $0) }
    request.others = also
    request.isFirstFilling = filling.map { $0 == .first }
    if let stability { request.drug?.keep(for: stability) }
    request.longestInterval = [maxInterval, drug == nil ? stability : nil].compactMap { $0 }.min()
    return RefillPlan(request)
  }
}

/// Which filling of a pump it is.
enum FillingOrder: String, ExpressibleByArgument, CaseIterable {
  case first, later
}

/// `thecal pump choose`: strengths that last.
package struct PumpChoose: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "choose", abstract: "Which strengths give a dose for an interval.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "The drug.") var drug: String
  @Option(help: "Daily dose, boluses included.", transform: Written<DoseRateDimension>.init) var dose:
    Written<DoseRateDimension>
  @Option(help: "Interval wanted.", transform: daysOrTime) var interval: Time
  @Option(help: "Volume of the filling.", transform: Volume.positive) var reservoir: Volume
  @Option(help: "Volume at which the alarm is set.", transform: Volume.positive) var alarm: Volume?
  @Option(help: "How long the filling keeps, instead of the drug's.", transform: daysOrTime) var stability:
    Time?
  @Option(help: "first or later: which filling of the pump it is.") var filling: FillingOrder?

  package init() {}

  package func report() throws -> PumpReport {
    var found = PumpDrug(named: drug)
    if let stability { found.keep(for: stability) }
    var request = ConcentrationChoice.Request(
      device: options.pump, drug: found, dose: dose.value, interval: interval, reservoir: reservoir)
    request.unit = dose.unit
    request.alarm = alarm
    request.isFirstFilling = filling.map { $0 == .first }
    return ConcentrationChoice(request).report
  }
}

/// `thecal pump battery`: when to replace the pump.
package struct PumpBattery: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "battery", abstract: "When to replace the pump.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Day of implantation.", transform: civilDay) var implanted: CalendarDate
  @Option(help: "Mean flow; a high one shortens the life.", transform: Flow.positive) var flow: Flow?
  @Option(help: "Day on which the replacement alarm began.", transform: civilDay) var alarmed: CalendarDate?
  @Option(help: "The day of the question; today by the machine's clock.", transform: civilDay) var asOf:
    CalendarDate?

  package init() {}

  package func report() throws -> PumpReport {
    let plan = BatteryPlan(
      device: options.pump, implanted: implanted, flow: flow, alarmed: alarmed, asOf: asOf ?? .today)
    return plan.report
  }
}
