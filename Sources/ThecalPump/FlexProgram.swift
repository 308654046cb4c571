public import ThecalDosing
import ThecalFormulary
public import ThecalQuantities

/// A programme by the clock: flows from times of day on, and boluses, on chosen days of the week.
///
/// `daily = sum of flow x hours + boluses`. The flow of the last step holds over midnight until the first.
public struct FlexProgram: Sendable {
  /// A flow from a time of day on.
  public struct Step: Hashable, Sendable {
    /// When it begins.
    public let start: FlexProgram.ClockTime
    /// The flow.
    public let flow: Flow

    /// A flow from `start` on.
    public init(start: FlexProgram.ClockTime, flow: Flow) {
      self.start = start
      self.flow = flow
    }
  }

  /// A programmed bolus at a time of day.
  public struct Bolus: Hashable, Sendable {
    /// When it begins.
    public let start: FlexProgram.ClockTime
    /// What it moves.
    public let volume: Volume
    /// How long it takes; above zero.
    public let length: Time

    /// A bolus of `volume` over `length`.
    ///
    /// - Precondition: `length` is above zero.
    public init(start: FlexProgram.ClockTime, volume: Volume, length: Time) {
      precondition(length > .zero)
      self.start = start
      self.volume = volume
      self.length = length
    }
  }

  /// The pump.
  public let device: PumpDevice
  /// The strength.
  public let concentration: Concentration
  /// The unit in which the drug is spoken of.
  public let unit: DoseUnit
  /// The steps in order of the clock.
  public let steps: [Step]
  /// The boluses in order of the clock.
  public let boluses: [Bolus]
  /// The days on which they run.
  public let days: [FlexProgram.Weekday]
  /// The flow on all other days; nil where nothing is said about them.
  public let otherwise: Flow?
  /// The drug; nil where not named.
  public let drug: PumpDrug?
  /// What was found.
  public let outcome: PumpOutcome

  /// A programme of `steps`, one at least, on `days`.
  ///
  /// - Precondition: There are steps and days, and the concentration is above zero.
  public init(
    device: PumpDevice, concentration: (value: Concentration, unit: DoseUnit),
    program: (steps: [Step], boluses: [Bolus]), days: [FlexProgram.Weekday] = FlexProgram.Weekday.allCases,
    otherwise: Flow? = nil, drug: PumpDrug? = nil
  ) {
    precondition(!program.steps.isEmpty && !days.isEmpty && concentration.value > .zero)
    self.device = device
    self.concentration = concentration.value
    unit = concentration.unit
    steps = program.steps.sorted { $0.start < $1.start }
    boluses = program.boluses.sorted { $0.start < $1.start }
    self.days = FlexProgram.Weekday.allCases.filter(days.contains)
    self.otherwise = otherwise
    self.drug = drug
    var checks = PumpChecks()
    let alternative = checks.checkFlex(device: device, steps: steps, boluses: boluses)
    let volume = FlexProgram.volume(steps, boluses)
    let largest = max(volume, (otherwise ?? .zero) * Time(1, .days))
    checks.check(
      drug, dose: (concentration.value * largest) / Time(1, .days), strength: concentration.value,
      bolus: boluses.map { concentration.value * $0.volume }.max())
    if let reservoir = device.largestReservoir {
      checks.checkSlip(ofFlow: largest / Time(1, .days), emptying: reservoir.value)
    }
    if self.days.count < 7, otherwise == nil { checks.add(.daysNotCovered, .daysNotCovered, .review) }
    outcome = checks.outcome(alternative)
  }

  /// How long step `i` holds on a day of 24 h.
  public func length(of i: Int) -> Time { FlexProgram.length(of: i, steps) }

  private static func length(of i: Int, _ steps: [Step]) -> Time {
    let next = i + 1 < steps.count ? steps[i + 1].start.time : steps[0].start.time + Time(1, .days)
    return next - steps[i].start.time
  }

  /// The volume of a day, boluses included.
  public var dailyVolume: Volume { FlexProgram.volume(steps, boluses) }

  private static func volume(_ steps: [Step], _ boluses: [Bolus]) -> Volume {
    let infused = steps.indices.reduce(Volume.zero) { $0 + steps[$1].flow * length(of: $1, steps) }
    return boluses.reduce(infused) { $0 + $1.volume }
  }

  /// How step `i` stands against the range of the pump.
  public func status(of i: Int) -> Status {
    var checks = PumpChecks()
    if steps[i].flow > .zero { checks.checkFlow(steps[i].flow, on: device) }
    return checks.outcome().status
  }

  /// The drug of a day.
  public var daily: Mass { concentration * dailyVolume }

  /// The drug of a week.
  public var weekly: Mass {
    let others = ExactNumber(7 - days.count) * ((otherwise ?? .zero) * Time(1, .days))
    return ExactNumber(days.count) * daily + concentration * others
  }

  /// The mean flow of the week, for the refill date.
  public var meanFlow: Flow { (weekly / concentration) / Time(7, .days) }

  /// The volume that the clock hours from 02:00 to 03:00 move: what a spring day of 23 h loses and an autumn
  /// day of 25 h gives twice, if the pump's clock follows the civil clock.
  public var changeHourVolume: Volume {
    let (from, to) = (Time(2, .hours), Time(3, .hours))
    return dayProgram.pumped(through: to) - dayProgram.pumped(through: from)
  }

  /// One day from midnight; of steps that begin together, which are refused, the first.
  public var dayProgram: PumpProgram {
    let distinct = steps.indices.filter { $0 == 0 || steps[$0].start != steps[$0 - 1].start }
    var day = distinct.map { PumpProgram.Step(start: steps[$0].start.time, flow: steps[$0].flow) }
    if let first = steps.first, let last = steps.last, first.start.minutes > 0 {
      day.insert(PumpProgram.Step(start: .zero, flow: last.flow), at: 0)
    }
    return PumpProgram(
      steps: day,
      boluses: boluses.map { .init(start: $0.start.time, length: $0.length, volume: $0.volume) })
  }

  /// The programme of `count` days from midnight of `date`, by the pump's clock.
  ///
  /// On days that are not programmed the other flow runs, or none where nothing is said.
  ///
  /// - Precondition: `count` is above zero.
  public func program(from date: CalendarDate, days count: Int) -> PumpProgram {
    precondition(count > 0)
    var (all, extra): ([PumpProgram.Step], [PumpProgram.Bolus]) = ([], [])
    for day in 0..<count {
      let midnight = Time(ExactNumber(day), .days)
      guard days.contains(FlexProgram.Weekday(of: date + day)) else {
        all.append(.init(start: midnight, flow: otherwise ?? .zero))
        continue
      }
      all += dayProgram.steps.map { .init(start: midnight + $0.start, flow: $0.flow) }
      extra += dayProgram.boluses.map {
        .init(start: midnight + $0.start, length: $0.length, volume: $0.volume)
      }
    }
    return PumpProgram(steps: all, boluses: extra)
  }
}

extension PumpChecks {
  /// Checks the steps of a day against the device; returns what would work where they cannot be.
  fileprivate mutating func checkFlex(
    device: PumpDevice, steps: [FlexProgram.Step], boluses: [FlexProgram.Bolus]
  ) -> Finding? {
    var alternative: Finding?
    for step in steps where step.flow > .zero {
      if !checkFlow(step.flow, on: device, as: "Step \(step.start.text)"),
        let least = device.minimumFlow?.value,
        let most = device.maximumFlow?.value
      {
        alternative = PumpChecks.instead(.stepsBetween, [.flow(least), .flow(most)])
      }
    }
    for step in steps where step.flow == .zero { add(.stopped, .stopped, .review, [.text(step.start.text)]) }
    for bolus in boluses {
      if !checkFlow(bolus.volume / bolus.length, on: device, as: "Bolus \(bolus.start.text)") {
        alternative = PumpChecks.instead(.longerBolus)
      }
    }
    if let fewer = checkStepCount(ExactNumber(steps.count), device) { alternative = fewer }
    let isCovered = Set(steps.map(\.start)).count == steps.count
    check(isCovered, passed: (.dayCovered, .covered), failed: (.stepsOverlap, .overlap), severity: .blocked)
    return isCovered ? alternative : PumpChecks.instead(.oneStepEach)
  }

  private mutating func checkStepCount(_ count: ExactNumber, _ device: PumpDevice) -> Finding? {
    guard let limit = device.stepsPerDay else { return nil }
    let most = use(limit, as: "steps in a day", count > limit.value ? .decides : .informs)
    let fits = check(
      count <= most, passed: (.stepsWithin, .steps), failed: (.tooManySteps, .tooManySteps),
      [.number(count), .number(most), .text(device.name)], severity: .blocked)
    return fits ? nil : PumpChecks.instead(.fewerSteps, [.number(most)])
  }
}
