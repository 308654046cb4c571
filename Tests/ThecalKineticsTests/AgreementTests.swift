import Testing
import ThecalSolvers
import _CThecalODE
import _ThecalTestSupport

@testable import ThecalKinetics

/// Amounts at the readings, compartment by compartment, of a table taken literally and integrated by CVODE.
private func integrated(_ table: LiteralTable, _ person: KineticParameters) -> [[Double]] {
  let model = person.model
  let n = 4
  var K = [Double](repeating: 0, count: n * n)
  func move(_ from: Int, _ to: Int?, _ rate: Double) {
    K[from * n + from] -= rate
    if let to { K[to * n + from] += rate }
  }
  if model.hasDepot { move(0, 1, person[.KA]) }
  move(1, nil, person[.CL] / person[.V])
  for (k, q, v) in [(2, KineticParameter.Q, KineticParameter.V2), (3, .Q3, .V3)]
  where model.parameters.contains(q) {
    move(1, k, person[q] / person[.V])
    move(k, 1, person[q] / person[v])
  }
  var readings: [Int: [Double]] = [:]
  for stage in table.stages {
    var y = [Double](repeating: 0, count: n)
    var feed = y
    var changes: [(time: Double, order: Int, act: (inout [Double], inout [Double]) -> Void)] = []
    for arrival in stage.arrivals {
      if arrival.duration == 0 {
        changes.append((arrival.time, 0, { y, _ in y[arrival.node] += arrival.amount }))
      } else {
        let rate = arrival.amount / arrival.duration
        changes.append((arrival.time, 0, { _, feed in feed[arrival.node] += rate }))
        changes.append((arrival.time + arrival.duration, 0, { _, feed in feed[arrival.node] -= rate }))
      }
    }
    for reading in stage.readings {
      changes.append(
        (
          reading.time, 1,
          { y, _ in
            readings[reading.order] = zip(readings[reading.order] ?? [0, 0, 0, 0], y).map { $0 + $1 }
          }
        ))
    }
    changes.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    var now = changes.first?.time ?? 0
    for change in changes where change.time <= (stage.readings.last?.time ?? -1) {
      if change.time > now + 1e-9 {
        #expect(thecal_linear_ode(n, K, feed, change.time - now, 1e-11, 1e-11, &y) == 0)
        now = change.time
      }
      change.act(&y, &feed)
    }
  }
  return readings.sorted { $0.key < $1.key }.map(\.value)
}

/// How long it takes until e⁻³⁰ of a dose is left, h.
private func memory(_ person: KineticParameters) -> Double {
  var lanes = MammillaryLanes(sides: person.model.peripherals, capacity: 1, amounts: true)
  for lane in 0..<MammillaryLanes.width {
    lanes.set(
      lane: lane, depotRate: person[.KA], volume: person[.V], clearance: person[.CL],
      sides: ((person[.Q], person[.V2]), (person[.Q3], person[.V3])))
  }
  lanes.begin()
  return 30
    / min(lanes.rates(lane: 0).reduce(.infinity, min), person.model.hasDepot ? person[.KA] : .infinity)
}

@Test(arguments: KineticModel.all, 0..<4 as Range<UInt64>)
func `the closed form and CVODE agree on random tables`(model: KineticModel, seed: UInt64) throws {
  var random = SeededGenerator(seed: seed &* 7 &+ UInt64(model.compartments))
  let person = try random.person(model)
  let records = random.table(model)
  var batch = KineticsBatch(try DosingPlan(records, model: model))
  batch.run([person].span)
  let expected = integrated(LiteralTable(records, model, memory: memory(person)), person)
  #expect(expected.count == batch.plan.readings.count && !expected.isEmpty)
  let size = expected.joined().reduce(1, max)
  for (reading, amounts) in expected.enumerated() {
    for number in 1...model.compartments {
      let amount = batch.amount(in: number, reading: reading, person: 0)
      let other = amounts[model.node(number)]
      #expect(
        abs(amount - other) < 2e-8 * size, "reading \(reading), compartment \(number): \(amount), \(other)")
    }
    let level = batch.level(reading: reading, person: 0)
    #expect(abs(level - amounts[1] / person[.V]) < 2e-8 * size / person[.V])
  }
}

/// The same system as a network of the transport core: depot, central and first peripheral node in a row, the second
/// beside the central one. What the model does not have hardly exchanges.
private func network(_ person: KineticParameters) -> LinearNetwork {
  let model = person.model
  let tiny = 1e-9
  let has = { (name: KineticParameter) in model.parameters.contains(name) }
  return LinearNetwork(
    volume: [1, person[.V], person[.V2]],
    onward: [has(.KA) ? person[.KA] : tiny, has(.Q) ? person[.Q] : tiny],
    back: [tiny, has(.Q) ? person[.Q] : tiny], loss: [0, person[.CL], 0],
    sides: [
      SideLayer(
        volume: [1, person[.V3], 1], into: [tiny, has(.Q3) ? person[.Q3] : tiny, tiny],
        out: [tiny, has(.Q3) ? person[.Q3] : tiny, tiny], loss: [0, 0, 0])
    ])
}

@Test(arguments: KineticModel.all, 0..<3 as Range<UInt64>)
func `the closed form and the spectral path of the transport core agree`(model: KineticModel, seed: UInt64)
  throws
{
  var random = SeededGenerator(seed: seed &+ 40)
  let person = try random.person(model)
  let central = model.hasDepot ? 2 : 1
  var records: [DosingRecord] = []
  for k in 0..<5 {
    var dose = random.dose(model, at: Double(k) * 11, steady: .none)
    dose.compartment = Int.random(in: 1...central, using: &random)
    records.append(dose)
  }
  // Readings between all doses: what comes at the same time is not the question here.
  let times = stride(from: 0.503, to: 150, by: 3.1).map { $0 }
  let all = (records + times.map { .observation(at: $0) }).enumerated().sorted {
    ($0.element.time_h, $0.offset) < ($1.element.time_h, $1.offset)
  }.map(\.element)
  let plan = try DosingPlan(all, model: model)
  var batch = KineticsBatch(plan, amounts: false)
  batch.run([person].span)
  let arrivals = LiteralTable(all, model, memory: 0).stages.flatMap(\.arrivals)
  let events = arrivals.flatMap { arrival -> [Experiment.Event] in
    guard arrival.duration > 0 else {
      return [.init(time: arrival.time, source: arrival.node, amount: arrival.amount)]
    }
    let rate = arrival.amount / arrival.duration
    return [
      .init(time: arrival.time, source: arrival.node, rateChange: rate),
      .init(time: arrival.time + arrival.duration, source: arrival.node, rateChange: -rate),
    ]
  }
  let experiment = Experiment(
    sources: [[1, 0, 0], [0, 1, 0]], events: events, probes: [Probe(nodes: [1], weights: [1])], times: times)
  let course = try SpectralPropagator(network(person)).run(experiment)
  let peak = course.values[0].reduce(0, max)
  for reading in times.indices {
    #expect(abs(batch.level(reading: reading, person: 0) - course.values[0][reading]) < 1e-7 * peak)
  }
}
