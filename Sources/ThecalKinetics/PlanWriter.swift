import ThecalSolvers

/// Follows the records of one person and writes down what to do.
///
/// Doses that wait or repeat and infusions that end are kept in a queue and come before the records of the same time.
struct PlanWriter {
  let model: KineticModel
  let bioavailability: Double
  let lag: Double
  var program = PlanProgram()
  var queue = DoseQueue()
  /// Infusions that run.
  var running = 0
  /// Doses of series so far.
  private var repeated = 0
  /// Where time stands, h.
  private var now: Double?

  init(model: KineticModel, bioavailability: Double, lag: Double) {
    self.model = model
    self.bioavailability = bioavailability
    self.lag = lag
  }

  /// Goes on to the time of `record` and does what it says.
  mutating func follow(_ record: DosingRecord) throws(DosingError) {
    try record.check(model)
    let resets = record.event == .reset || record.event == .resetAndDose
    if resets {
      forget()
      now = record.time_h
    } else if let now, record.time_h < now {
      throw record.fault(.unorderedTime(previous_h: now))
    } else {
      try work(until: record.time_h, before: record)
    }
    if record.event == .observation { program.read() }
    if record.isDose { try give(record) }
  }

  /// Takes everything away: amounts, infusions, and what was to come.
  mutating func forget() {
    program.append(.clear)
    queue.removeAll()
    running = 0
  }

  /// A dose each hour for a hundred years is less.
  private static var mostRepeated: Int { 1_000_000 }

  /// Lets time pass until `record`, with what comes in it.
  private mutating func work(until time: Double, before record: DosingRecord) throws(DosingError) {
    // A time that a sum of decimals misses by its last place is the time that was meant.
    let end = time + 4 * time.ulp
    while let item = queue.removeFirst(until: end) {
      pass(to: min(item.time, time))
      start(item)
      guard repeated <= Self.mostRepeated else { throw record.fault(.tooManyDoses) }
      guard Double(running) <= Self.mostAtOnce else { throw record.fault(.tooManyAtOnce) }
    }
    pass(to: time)
  }

  private mutating func pass(to time: Double) {
    if let now, time > now { program.advance(time - now, near: time) }
    now = now.map { max($0, time) } ?? time
  }

  /// A dose begins, or an infusion ends.
  private mutating func start(_ item: DoseQueue.Item) {
    switch item.act {
    case .stop(let node, let rate): stop(node: node, rate: rate)
    case .dose(let dose):
      apply(dose, at: item.time)
      guard item.interval > 0 else { return }
      repeated += 1
      if item.repeats > 0 { queue.insert(item.next) }
    }
  }

  /// Puts a dose in, or starts its infusion, at `time`.
  mutating func apply(_ dose: PlannedDose, at time: Double) {
    guard let duration = dose.duration else {
      if dose.size != 0 { program.append(.give, at: dose.node, dose.size) }
      return
    }
    program.append(.feed, at: dose.node, dose.size)
    running += 1
    queue.insert(.init(time: time + duration, act: .stop(node: dose.node, rate: dose.size)))
  }

  private mutating func stop(node: Int, rate: Double) {
    running -= 1
    // The last one to end takes the rounding of the sums before with it.
    if running == 0 { program.append(.rest) } else { program.append(.feed, at: node, -rate) }
  }

  /// What a record gives: the dose itself, those that it stands for, and those that follow.
  private mutating func give(_ record: DosingRecord) throws(DosingError) {
    let dose = PlannedDose(record, model: model, bioavailability: bioavailability)
    let wait = record.lag_h ?? (model.node(record.compartment) == 0 ? lag : 0)
    if record.steadyState != .none {
      try settle(record, dose, wait: wait)
    } else if wait == 0 {
      apply(dose, at: record.time_h)
    } else {
      queue.insert(.init(time: record.time_h + wait, act: .dose(dose)))
    }
    guard record.additional > 0 else { return }
    queue.insert(
      .init(
        time: record.time_h + wait + record.interval_h, act: .dose(dose), origin: record.time_h + wait,
        interval: record.interval_h, number: 1, repeats: record.additional - 1))
  }
}

/// A dose as the solver takes it.
struct PlannedDose: Hashable, Sendable {
  /// Where it goes.
  let node: Int
  /// The amount, mg, or the rate of an infusion, mg/h.
  let size: Double
  /// How long an infusion lasts, h; nil for a dose at once.
  let duration: Double?

  init(_ record: DosingRecord, model: KineticModel, bioavailability: Double) {
    node = model.node(record.compartment)
    let amount = record.amount_mg * (record.bioavailability ?? (node == 0 ? bioavailability : 1))
    switch record.delivery {
    case _ where amount == 0, .atOnce:
      size = amount
      duration = nil
    case .rate(let rate):
      size = rate
      duration = amount / rate
    case .over(let hours):
      size = amount / hours
      duration = hours
    }
  }
}
