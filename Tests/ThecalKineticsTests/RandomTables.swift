import _ThecalTestSupport

@testable import ThecalKinetics

extension SeededGenerator {
  /// A number between `low` and `high` with two decimals.
  mutating func hundredths(_ low: Int, _ high: Int) -> Double {
    Double(Int.random(in: low...high, using: &self)) / 100
  }

  /// Parameters that spread over an order of magnitude.
  mutating func person(_ model: KineticModel) throws -> KineticParameters {
    var values: [KineticParameter: Double] = [:]
    for name in model.parameters {
      values[name] =
        switch name {
        case .V, .V2, .V3: hundredths(1_000, 9_000)
        case .KA: hundredths(10, 300)
        default: hundredths(200, 2_000)
        }
    }
    return try KineticParameters(model, values)
  }

  /// A dose of any kind into any compartment; `steady` may make it stand for endless ones.
  mutating func dose(_ model: KineticModel, at time: Double, steady: DosingRecord.SteadyState) -> DosingRecord
  {
    var record = DosingRecord.dose(
      hundredths(1_000, 20_000), at: time, into: Int.random(in: 1...model.compartments, using: &self))
    switch Int.random(in: 0..<4, using: &self) {
    case 0, 1: break
    case 2: record.delivery = .rate(hundredths(200, 5_000))
    default: record.delivery = .over(hundredths(50, 3_000))
    }
    record.steadyState = steady
    if steady != .none || Bool.random(using: &self) {
      record.interval_h = hundredths(600, 2_400)
      record.additional = Int.random(in: steady == .none ? 1...4 : 0...3, using: &self)
    }
    if Int.random(in: 0..<3, using: &self) == 0 { record.bioavailability = hundredths(30, 150) }
    if Int.random(in: 0..<3, using: &self) == 0 { record.lag_h = hundredths(10, 3_000) }
    return record
  }

  /// A table of one person: doses of every kind, readings between them, and sometimes a reset.
  mutating func table(_ model: KineticModel) -> [DosingRecord] {
    var records: [DosingRecord] = []
    var time = 0.0
    for index in 0..<6 {
      let kind = Int.random(in: 0..<10, using: &self)
      switch kind {
      case 0 where index > 0: records.append(DosingRecord(line: 0, time_h: time, event: .reset))
      case 1 where index > 0:
        var record = dose(model, at: time, steady: .none)
        record.event = .resetAndDose
        records.append(record)
      case 2, 3: records.append(dose(model, at: time, steady: .replacing))
      case 4: records.append(dose(model, at: time, steady: .adding))
      default: records.append(dose(model, at: time, steady: .none))
      }
      for _ in 0..<4 {
        records.append(.observation(at: time))
        time += hundredths(10, 900)
      }
    }
    return records
  }
}

/// The same table taken literally: every dose that it stands for, one by one, and when it counts. Written without a
/// line of the module: steady states are hundreds of doses, not a limit.
struct LiteralTable {
  struct Arrival {
    var time: Double
    var node: Int
    var amount: Double
    var duration: Double
  }

  struct Stage {
    var start: Double
    var arrivals: [Arrival] = []
    var readings: [(time: Double, order: Int)] = []
  }

  /// From one thing that takes everything away to the next; endless doses that are added make one of their own, and
  /// what holds at a reading is the sum of those that have it.
  var stages: [Stage] = []

  /// - Parameter memory: How long a dose leaves a trace, h.
  init(_ records: [DosingRecord], _ model: KineticModel, memory: Double) {
    var open = [Stage(start: records[0].time_h)]
    var order = 0
    for record in records {
      let empties =
        record.event == .reset || record.event == .resetAndDose || record.steadyState == .replacing
      if empties {
        stages += open
        open = [Stage(start: record.time_h)]
      }
      if record.steadyState == .adding { open.append(Stage(start: record.time_h)) }
      if record.event == .observation {
        for index in open.indices { open[index].readings.append((record.time_h, order)) }
        order += 1
      }
      guard record.event == .dose || record.event == .resetAndDose else { continue }
      let arrival = record.time_h + (record.lag_h ?? 0)
      let amount = record.amount_mg * (record.bioavailability ?? 1)
      let duration: Double
      switch record.delivery {
      case .atOnce: duration = 0
      case .rate(let rate): duration = amount / rate
      case .over(let hours): duration = hours
      }
      let before =
        record.steadyState == .none ? 0 : Int((memory + duration + (record.lag_h ?? 0)) / record.interval_h)
      for k in -before...record.additional {
        open[record.steadyState == .adding ? open.count - 1 : 0].arrivals.append(
          Arrival(
            time: arrival + Double(k) * record.interval_h,
            node: model.hasDepot ? record.compartment - 1 : record.compartment, amount: amount,
            duration: duration))
      }
    }
    stages += open
  }
}
