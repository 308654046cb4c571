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
    var lanes = MammillaryLanes(sides: model.peripherals, capacity: 1)
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
