import Testing

@testable import ThecalKinetics

/// The records of a table of `NonmemReference`, with a reading at each time, in the order of time.
private func records(_ lines: [NonmemReference.Line]) -> [DosingRecord] {
  var doses = lines.map { line in
    var record = DosingRecord(line: 0, time_h: line.0, event: .init(rawValue: line.1) ?? .other)
    record.amount_mg = line.2
    record.compartment = line.3
    record.steadyState = .init(rawValue: line.4) ?? .none
    record.interval_h = line.5
    record.additional = line.6
    record.delivery = line.7 > 0 ? .rate(line.7) : line.7 == -2 ? .over(line.10) : .atOnce
    record.lag_h = line.8
    record.bioavailability = line.9
    return record
  }[...]
  // NONMEM's tables read at a time after what happens then.
  var result: [DosingRecord] = []
  for time in NonmemReference.times {
    while let dose = doses.first, dose.time_h <= time { result.append(doses.removeFirst()); _ = dose }
    result.append(.observation(at: time))
  }
  return result
}

@Test(arguments: NonmemReference.tables.indices)
func `every digit that NONMEM prints is met`(index: Int) throws {
  let table = NonmemReference.tables[index]
  let model = try #require(KineticModel(named: "oral1"))
  let person = try KineticParameters(model, [.CL: 1.1, .V: 20, .KA: 1.5])
  var batch = KineticsBatch(try DosingPlan(records(table.lines), model: model))
  batch.run([person].span)
  for (reading, expected) in table.levels.enumerated() {
    let level = batch.level(reading: reading, person: 0) * 1_000
    // Half a unit of the fifth digit, and what NONMEM's own rounding of times may add.
    #expect(
      abs(level - expected) <= 6e-5 * expected + 1e-7,
      "table \(table.number) at \(NonmemReference.times[reading]) h: \(level), not \(expected)")
  }
}
