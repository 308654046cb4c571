import ArgumentParser
import FoundationEssentials
import Thecal

/// `thecal pump refill`: alarm, true-empty band and plan date.
struct PumpRefill: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refill", abstract: "When to refill: alarm, true-empty band, plan date.")

  @OptionGroup var options: PumpOptions
  @Option(help: "Volume after the filling.", transform: Volume.positive) var fill: Volume
  @Option(help: "Strength in the reservoir.", transform: Written<ConcentrationDimension>.init)
  var concentration: Written<ConcentrationDimension>
  @Option(help: "Programmed daily dose without boluses.", transform: DoseRate.positive) var dose: DoseRate
  @Option(help: "Day of the filling.", transform: civilDay) var date: CalendarDate
  @Option(help: "Volume at which the alarm is set.", transform: Volume.positive) var alarm: Volume?
  @Option(help: "Drug in one patient bolus.", transform: Mass.positive) var bolus: Mass?
  @Option(help: "Boluses allowed in a day.") var bolusesPerDay: Int?
  @Option(help: "The drug, for stability and reserve.") var drug: String?
  @Option(help: "How long this filling keeps, instead of the drug's.", transform: daysOrTime) var stability:
    Time?
  @Option(help: "The longest interval that the clinic allows.", transform: daysOrTime) var maxInterval: Time?
  @Option(help: "Write a calendar file.") var ics: String?

  mutating func validate() throws {
    if (bolus == nil) != (bolusesPerDay == nil) {
      throw ValidationError("--bolus and --boluses-per-day belong together.")
    }
    if let bolusesPerDay, !(0...1_440).contains(bolusesPerDay) {
      throw ValidationError("--boluses-per-day must lie between 0 and 1440.")
    }
  }

  mutating func run() throws {
    var request = RefillPlan.Request(
      device: options.pump, fill: fill, concentration: concentration.value, dose: dose, date: date)
    request.unit = concentration.unit
    request.alarm = alarm
    request.bolus = bolus ?? .zero
    request.bolusesPerDay = ExactNumber(bolusesPerDay ?? 0)
    request.drug = drug.map { PumpDrug(named: $0) }
    if let stability { request.drug?.keep(for: stability) }
    request.longestInterval = [maxInterval, drug == nil ? stability : nil].compactMap { $0 }.min()
    let plan = RefillPlan(request)
    if let ics, let calendar = plan.calendar {
      try OutputGuard.refuseOverlap(outputs: [ics, "-"], inputs: [])
      do { try Data(calendar.utf8).write(to: URL(fileURLWithPath: ics), options: .atomic) } catch {
        Terminal.say("thecal: '\(ics)' cannot be created.")
        throw ExitCode(73)
      }
    }
    try options.show(plan.answer)
  }
}

/// `thecal pump choose`: strengths that last.
struct PumpChoose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "choose", abstract: "Which strengths give a dose for an interval.")

  @OptionGroup var options: PumpOptions
  @Option(help: "The drug.") var drug: String
  @Option(help: "Daily dose, boluses included.", transform: Written<DoseRateDimension>.init) var dose:
    Written<DoseRateDimension>
  @Option(help: "Interval wanted.", transform: daysOrTime) var interval: Time
  @Option(help: "Volume of the filling.", transform: Volume.positive) var reservoir: Volume
  @Option(help: "Volume at which the alarm is set.", transform: Volume.positive) var alarm: Volume?
  @Option(help: "How long the filling keeps, instead of the drug's.", transform: daysOrTime) var stability:
    Time?

  mutating func run() throws {
    var found = PumpDrug(named: drug)
    if let stability { found.keep(for: stability) }
    var request = ConcentrationChoice.Request(
      device: options.pump, drug: found, dose: dose.value, interval: interval, reservoir: reservoir)
    request.unit = dose.unit
    request.alarm = alarm
    try options.show(ConcentrationChoice(request).answer)
  }
}

/// `thecal pump battery`: when to replace the pump.
struct PumpBattery: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "battery", abstract: "When to replace the pump.")

  @OptionGroup var options: PumpOptions
  @Option(help: "Day of implantation.", transform: civilDay) var implanted: CalendarDate
  @Option(help: "Mean flow.", transform: Flow.positive) var flow: Flow
  @Option(help: "Day on which the replacement alarm began.", transform: civilDay) var alarmed: CalendarDate?

  mutating func run() throws {
    let plan = BatteryPlan(device: options.pump, implanted: implanted, flow: flow, alarmed: alarmed)
    try options.show(plan.answer)
  }
}
