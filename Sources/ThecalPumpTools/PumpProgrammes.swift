package import ArgumentParser
package import Thecal

/// `thecal pump flex`.
package struct PumpFlex: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "flex", abstract: "Flows by the clock, on days of the week.",
    discussion: "A step is '06:00 0.030 mL/h' or '06:00 0.3 mg/h'; a bolus is '08:00 0.03 mL over 5 min'.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Strength.", transform: Written<ConcentrationDimension>.init) var concentration:
    Written<ConcentrationDimension>
  @Option(
    name: .customLong("step"), help: "A time of day and the flow or dose rate from then on.",
    transform: ClockEntry.init)
  var steps: [ClockEntry]
  @Option(
    name: .customLong("bolus"), help: "A time of day, a volume, and how long it takes.",
    transform: ClockBolus.init)
  var boluses: [ClockBolus] = []
  @Option(help: "Days of the week: mon,tue,…", transform: weekdays) var days = FlexProgram.Weekday.allCases
  @Option(help: "Flow on all other days.", transform: Flow.nonnegative) var otherwise: Flow?
  @Option(help: "The drug, for its limits.") var drug: String?

  package mutating func validate() throws {
    if steps.isEmpty { throw ValidationError("--step is needed, such as '00:00 0.010 mL/h'.") }
  }

  package init() {}

  package func report() throws -> PumpReport {
    let strength = concentration.value
    let flows = steps.map { FlexProgram.Step(start: $0.start, flow: $0.flow(at: strength)) }
    let program = FlexProgram(
      device: options.pump, concentration: (strength, concentration.unit),
      program: (flows, boluses.map(\.bolus)), days: days, otherwise: otherwise,
      drug: drug.map { PumpDrug(named: $0) })
    return program.report
  }
}

/// A time of day and what runs from then on.
struct ClockEntry {
  let start: FlexProgram.ClockTime
  private let amount: Amount

  private enum Amount {
    case flow(Flow)
    case dose(DoseRate)
  }

  @Sendable init(_ text: String) throws {
    let (start, rest) = try clock(text)
    self.start = start
    let isDose = (try? DoseRate(reading: rest)) != nil
    amount = isDose ? .dose(try DoseRate.nonnegative(rest)) : .flow(try Flow.nonnegative(rest))
  }

  /// The flow that gives it at `strength`.
  func flow(at strength: Concentration) -> Flow {
    switch amount {
    case .flow(let flow): flow
    case .dose(let dose): dose / strength
    }
  }
}

/// A bolus by the clock.
struct ClockBolus {
  let bolus: FlexProgram.Bolus

  @Sendable init(_ text: String) throws {
    let (start, rest) = try clock(text)
    let named = try NamedQuantities("bolus " + rest, words: ["over"])
    guard let volume = named.parts[""], let length = named.parts["over"] else {
      throw ValidationError("'\(text)' is not a bolus; write '08:00 0.03 mL over 5 min'")
    }
    bolus = FlexProgram.Bolus(
      start: start, volume: try Volume.positive(volume), length: try Time.positive(length))
  }
}

/// Cuts `06:00 0.030 mL/h` after the time of day.
private func clock(_ text: String) throws -> (FlexProgram.ClockTime, String) {
  let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
  guard parts.count == 2, let time = FlexProgram.ClockTime(reading: String(parts[0])) else {
    throw ValidationError(
      "'\(text)' does not begin with a time from 00:00 to 23:59; write '06:00 0.030 mL/h'")
  }
  return (time, String(parts[1]))
}

/// Days of the week, separated by commas.
@Sendable private func weekdays(_ text: String) throws -> [FlexProgram.Weekday] {
  let days = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
    let key = word.filter { !$0.isWhitespace }.lowercased()
    guard let day = FlexProgram.Weekday(rawValue: key) else {
      let known = FlexProgram.Weekday.allCases.map(\.rawValue).joined(separator: ",")
      throw ValidationError("'\(word)' is no day of the week; write \(known)")
    }
    return day
  }
  return FlexProgram.Weekday.allCases.filter(days.contains)
}

/// `thecal pump ptm`.
package struct PumpPTM: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "ptm", abstract: "Boluses that a patient may give: the most of a day.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "Daily dose without boluses.", transform: DoseRate.nonnegative) var dose: DoseRate
  @Option(help: "Strength.", transform: Written<ConcentrationDimension>.init) var concentration:
    Written<ConcentrationDimension>
  @Option(help: "Drug in one bolus.", transform: Mass.positive) var bolus: Mass
  @Option(help: "Time from one bolus to the next.", transform: Time.positive) var lockout: Time
  @Option(help: "Boluses allowed in a day.") var maxPerDay: Int
  @Option(help: "How long one bolus runs.", transform: Time.positive) var duration: Time
  @Option(help: "The drug that is programmed, for its limits.") var primary: String?
  @Option(
    name: .customLong("drug"), help: "Another drug of the mixture: 'bupivacaine 20 mg/mL'.",
    transform: mixturePart)
  var drugs: [Admixture.Part] = []

  package mutating func validate() throws {
    if !(0...1_440).contains(maxPerDay) {
      throw ValidationError("--max-per-day must lie between 0 and 1440.")
    }
    if lockout > Time(1, .days) { throw ValidationError("--lockout is at most 24 h.") }
  }

  package init() {}

  package func report() throws -> PumpReport {
    // A drug at the programmed strength is the programmed one, unless another is named.
    let own = drugs.first { $0.concentration == concentration.value }?.drug
    let first = primary.map { PumpDrug(named: $0) } ?? own ?? .unnamed
    let others = drugs.filter { $0.drug.id != first.id }
    let parts = [Admixture.Part(first, concentration.value, unit: concentration.unit)] + others
    let request = PatientBolusPlan.Request(
      device: options.pump, parts: parts, doses: (dose, bolus), maximum: maxPerDay, times: (lockout, duration)
    )
    return PatientBolusPlan(request).report
  }
}
