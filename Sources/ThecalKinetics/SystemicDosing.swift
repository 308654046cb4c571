package import ThecalSolvers

/// Drug that a person gets beside the pump: who they are to it, and what they get when.
public struct SystemicDosing: Hashable, Sendable {
  /// The person.
  public var person: KineticParameters
  /// Doses, resets, anything but readings.
  public var records: [DosingRecord]

  /// A person and what they get, in the order of time.
  public init(person: KineticParameters, records: [DosingRecord]) {
    self.person = person
    self.records = records
  }

  /// The doses of which the first stands for endless ones up to 0 h: they were taken before time began. Nil where they
  /// were not.
  private var settled: DosingRecord? {
    guard let first = records.first(where: { $0.event != .observation }), first.time_h <= 0,
      first.steadyState == .replacing
    else { return nil }
    return first
  }

  /// Whether what is given was given endlessly before 0 h, so that its levels have settled.
  package var isSettled: Bool { settled != nil }

  /// The same, with the doses that were given from `time` (h) on written out where they had settled before.
  package func beginning(by time: Double) -> SystemicDosing {
    guard let settled, settled.interval_h > 0, settled.time_h > time,
      let place = records.firstIndex(of: settled)
    else { return self }
    // More doses than anything follows are an error there, and need not be counted.
    let count = min(((settled.time_h - time) / settled.interval_h).rounded(.up), Self.mostCounted)
    let (sum, overflows) = settled.additional.addingReportingOverflow(Int(count))
    var other = self
    other.records[place].time_h -= count * settled.interval_h
    other.records[place].additional = overflows ? .max : sum
    return other
  }

  /// The mean of the levels before 0 h, mg/L, once they have settled; 0 where nothing was given.
  ///
  /// By Simpson's rule over one interval, in steps of at most three minutes; intervals beyond a year have as many as one of a
  /// year.
  package func settledMean() throws(DosingError) -> Double {
    guard let settled else { return 0 }
    guard settled.interval_h > 0 else { return try levels(at: [settled.time_h])[0] }
    let end = settled.time_h
    let half = Int(min((settled.interval_h / 0.1).rounded(.up), Self.mostSteps))
    let step = settled.interval_h / Double(2 * half)
    // Just before the dose at the end, which begins the next interval; less than this ulp would be lost in a sum with the interval.
    let last = end - max(abs(end), settled.interval_h).ulp
    let times = (0..<(2 * half)).map { end + (Double($0) - Double(2 * half)) * step } + [last]
    let levels = try beginning(by: end - settled.interval_h).levels(at: times)
    var sum = 0.0
    for k in 0..<half { sum += levels[2 * k] + 4 * levels[2 * k + 1] + levels[2 * k + 2] }
    return sum / Double(6 * half)
  }

  private static let mostCounted = 1e9
  private static let mostSteps = 87_660.0

  /// Levels in plasma, mg/L, at `times` (h, rising); what happens at a time counts at that time.
  ///
  /// - Throws: `DosingError` where a record cannot be followed.
  public func levels(at times: [Double]) throws(DosingError) -> [Double] {
    var table: [DosingRecord] = []
    table.reserveCapacity(records.count + times.count)
    var rest = records.filter { $0.event != .observation }[...]
    for time in times {
      while let next = rest.first, next.time_h <= time { table.append(rest.removeFirst()) }
      table.append(.observation(at: time))
    }
    let plan = try DosingPlan(
      table, model: person.model, bioavailability: person[.F], lag_h: person[.ALAG])
    var batch = KineticsBatch(plan, amounts: false)
    batch.run([person].span)
    return times.indices.map { batch.level(reading: $0, person: 0) }
  }
}

extension KineticParameters {
  /// What everything that leaves the CSF runs into: central and peripheral compartments as a sum of exponentials,
  /// in µg and mL.
  package var receiver: Receiver {
    var lanes = MammillaryLanes(sides: model.peripherals, capacity: 1, amounts: true)
    for lane in 0..<MammillaryLanes.width {
      lanes.set(
        lane: lane, depotRate: self[.KA], volume: self[.V], clearance: self[.CL],
        sides: ((self[.Q], self[.V2]), (self[.Q3], self[.V3])))
    }
    lanes.begin()
    let modes = lanes.impulse(lane: 0)
    let milliliters = 1_000.0  // per liter
    return Receiver(
      rates: modes.map { -$0.rate }, amounts: modes.map(\.held), levels: modes.map { $0.level / milliliters })
  }
}
