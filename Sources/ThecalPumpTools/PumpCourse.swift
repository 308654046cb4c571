package import ArgumentParser
package import Thecal

/// `thecal pump discrepancy`.
package struct PumpDiscrepancy: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "discrepancy", abstract: "Expected against found volume at a refill.",
    discussion: """
      --history reads earlier visits from a CSV with the columns previous, flow, days, found and optionally extra, \
      cells with units ('20 mL', '0.25 mL/day'); the visit of the flags comes last.
      """)

  @OptionGroup package var options: PumpOptions
  @Option(help: "Volume after the filling before.", transform: Volume.positive) var previous: Volume?
  @Option(help: "Programmed flow.", transform: Flow.positive) var flow: Flow?
  @Option(help: "Days since then.", transform: daysOrTime) var days: Time?
  @Option(help: "Volume found.", transform: Volume.nonnegative) var found: Volume?
  @Option(help: "Volume of boluses and priming.", transform: Volume.nonnegative) var extra: Volume = .zero
  @Option(help: "Earlier visits, a CSV file.") var history: String?
  @Option(help: "The cause that was found; an unknown one lists all.") var cause: String?
  @Option(help: "The drug, for how to start again.") var drug: String?
  @Option(help: "Its daily dose.", transform: DoseRate.positive) var dose: DoseRate?

  package mutating func validate() throws {
    let given = [previous != nil, flow != nil, days != nil, found != nil]
    if given.contains(true), given.contains(false) {
      throw ValidationError("--previous, --flow, --days and --found belong together.")
    }
    if let cause, knownCause == nil {
      let known = RefillDiscrepancy.causes.map(\.id).joined(separator: ", ")
      throw ValidationError("'\(cause)' is no cause; known are \(known).")
    }
    if dose != nil, drug == nil { throw ValidationError("--dose needs --drug.") }
    if history == nil, !given.contains(true) {
      throw ValidationError("Give --previous, --flow, --days and --found, or --history.")
    }
  }

  private var knownCause: PumpRules.Discrepancy.Cause? { RefillDiscrepancy.causes.first { $0.id == cause } }

  package init() {}

  package func report() throws -> PumpReport {
    var visits: [RefillDiscrepancy.Visit] = []
    if let history {
      do { visits = try RefillHistory(path: history).visits } catch let problem as RefillHistory.Problem {
        let column = problem.column.isEmpty ? "" : ", column '\(problem.column)'"
        throw PumpToolProblem(
          message: "\(history), line \(problem.line)\(column): \(problem.explanation)", exitCode: 65)
      }
    }
    if let previous, let flow, let days, let found {
      visits.append(
        RefillDiscrepancy.Visit(previous: previous, flow: flow, elapsed: days, found: found, extra: extra))
    }
    let content = drug.map { RefillDiscrepancy.Content(PumpDrug(named: $0), dose: dose) }
    return RefillDiscrepancy(device: options.pump, visits: visits, cause: knownCause, content: content).report
  }
}

/// `thecal pump wean`.
package struct PumpWean: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "wean", abstract: "A taper in steps, and when the pump can no longer run slowly enough.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "The drug.") var drug: String
  @Option(help: "Daily dose to begin with.", transform: Written<DoseRateDimension>.init) var from:
    Written<DoseRateDimension>
  @Option(help: "Daily dose to end with.", transform: DoseRate.nonnegative) var to: DoseRate
  @Option(help: "Share that each step takes.", transform: Ratio.positive) var perStep: Ratio?
  @Option(help: "Time from one step to the next.", transform: daysOrTime) var every: Time?
  @Option(help: "A published taper instead of --per-step and --every.") var preset: String?
  @Option(help: "geometric: of the dose in force; linear: of the first dose.") var shape = "geometric"
  @Option(help: "Strength in the pump.", transform: Concentration.positive) var concentration: Concentration?
  @Option(help: "Day of the first dose.", transform: civilDay) var date: CalendarDate?

  package mutating func validate() throws {
    if Weaning.Shape(rawValue: shape) == nil { throw ValidationError("--shape is geometric or linear.") }
    if let perStep, perStep > Ratio(1, .one) { throw ValidationError("--per-step is at most 100 %.") }
    if preset != nil, chosenPreset == nil {
      throw ValidationError("'\(preset ?? "")' is no taper for \(drug); known are \(presetNames).")
    }
  }

  private var presets: [Weaning.Preset] { Weaning.Preset.all(for: PumpDrug(named: drug)) }
  private var chosenPreset: Weaning.Preset? { presets.first { $0.id == preset } }
  private var presetNames: String {
    presets.isEmpty ? "none for \(drug)" : presets.map(\.id).joined(separator: ", ")
  }

  package init() {}

  package func report() throws -> PumpReport {
    let chosen = chosenPreset
    guard let step = perStep ?? chosen?.step.value, let interval = every ?? chosen?.interval else {
      throw ValidationError("--per-step and --every are needed, or --preset: \(presetNames).")
    }
    var request = Weaning.Request(
      device: options.pump, drug: PumpDrug(named: drug), doses: (from.value, to), step: step,
      interval: interval)
    request.unit = from.unit
    request.shape = Weaning.Shape(rawValue: shape) ?? .geometric
    request.preset = chosen
    request.concentration = concentration
    request.date = date
    return Weaning(request).report
  }
}

/// `thecal pump interruption`.
package struct PumpInterruption: PumpTool {
  package static let configuration = CommandConfiguration(
    commandName: "interruption", abstract: "What a stop of delivery means, and how to start again.")

  @OptionGroup package var options: PumpOptions
  @Option(help: "The drug.") var drug: String
  @Option(help: "Daily dose.", transform: Written<DoseRateDimension>.init) var dose:
    Written<DoseRateDimension>
  @Option(name: .customLong("for"), help: "How long the pump stood still.", transform: Time.positive)
  var stopped: Time
  @Option(help: "How long it took to run again.", transform: Time.nonnegative) var delay: Time = .zero
  @Option(help: "mri, stall, empty or other.") var reason = "other"

  package mutating func validate() throws {
    if Interruption.Reason(rawValue: reason) == nil {
      let known = Interruption.Reason.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(reason)' is no reason; known are \(known).")
    }
  }

  package init() {}

  package func report() throws -> PumpReport {
    let stop = Interruption.Stop(
      stopped, delay: delay, reason: Interruption.Reason(rawValue: reason) ?? .other, device: options.pump)
    let interruption = Interruption(drug: PumpDrug(named: drug), dose: (dose.value, dose.unit), stop: stop)
    return interruption.report
  }
}
