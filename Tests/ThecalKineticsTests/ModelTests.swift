import Glibc
import Testing
import _CThecalAllocationCounter
import _ThecalTestSupport

@testable import ThecalKinetics

/// Levels of one person at the readings of `records`.
func levels(
  _ name: String, _ values: [KineticParameter: Double], _ records: [DosingRecord],
  bioavailability: Double = 1,
  lag_h: Double = 0
) throws -> [Double] {
  let model = try #require(KineticModel(named: name))
  let plan = try DosingPlan(records, model: model, bioavailability: bioavailability, lag_h: lag_h)
  var batch = KineticsBatch(plan)
  batch.run([try KineticParameters(model, values)].span)
  return plan.readings.indices.map { batch.level(reading: $0, person: 0) }
}

/// A dose that is repeated.
func course(
  _ amount: Double, every interval: Double, times: Int, over hours: Double? = nil, into compartment: Int = 1
) -> DosingRecord {
  var dose = DosingRecord.dose(amount, at: 0, into: compartment)
  dose.interval_h = interval
  dose.additional = times - 1
  if let hours { dose.delivery = .over(hours) }
  return dose
}

/// The parameters of PKPDsim's test of its ADVAN models.
private let advan: [KineticParameter: Double] = [
  .CL: 10, .V: 50, .KA: 0.5, .Q: 5, .V2: 100, .Q3: 3, .V3: 150,
]

/// Model, hours of infusion, and the level at 23 h of 100 mg every 12 h that PKPDsim's tests state to three decimals.
/// Source: InsightRX/PKPDsim, commit c8a0ef5, tests/testthat/test_advan.R.
private let advanLevels: [(String, Double?, Double)] = [
  ("iv1", nil, 0.242), ("iv1", 1, 0.268), ("oral1", nil, 0.389), ("iv2", nil, 0.212), ("iv2", 1, 0.225),
  ("oral2", nil, 0.302), ("iv3", nil, 0.169), ("iv3", 1, 0.177), ("oral3", nil, 0.236),
]

@Test(arguments: advanLevels)
func `the levels of PKPDsim are met`(name: String, hours: Double?, expected: Double) throws {
  let model = try #require(KineticModel(named: name))
  let values = advan.filter { model.parameters.contains($0.key) }
  let level = try levels(
    name, values, [course(100, every: 12, times: 10, over: hours), .observation(at: 23)])[0]
  #expect((level * 1_000).rounded() / 1_000 == expected, "\(level)")
}

@Test func `the areas of PKPDsim under ten days of infusions are met`() throws {
  // The same file of tests: 1,500 mg a day over 1 h; area of each day, three decimals.
  let areas = [299.084, 381.493, 427.152, 454.601, 471.194, 481.227, 487.294, 490.962, 493.181, 494.522]
  let values: [KineticParameter: Double] = [.CL: 3.02069794728, .V: 47.25, .Q: 2.28, .V2: 51.24]
  // AUC = (given − left in the body) / CL, from the amounts alone.
  let model = try #require(KineticModel(named: "iv2"))
  let records =
    [course(1_500, every: 24, times: 20, over: 1)] + (1...10).map { .observation(at: 24 * Double($0)) }
  var batch = KineticsBatch(try DosingPlan(records, model: model))
  batch.run([try KineticParameters(model, values)].span)
  var before = 0.0
  for (day, expected) in areas.enumerated() {
    let held = batch.amount(in: 1, reading: day, person: 0) + batch.amount(in: 2, reading: day, person: 0)
    let total = (1_500 * Double(day + 1) - held) / 3.02069794728
    #expect(abs(total - before - expected) < 5.1e-4, "day \(day + 1): \(total - before)")
    before = total
  }
}

@Test func `a bolus into two compartments falls as the textbook says`() throws {
  // reference: 100 mg, CL 10, V 50, Q 5, V2 100; two doses for the last value.
  let values = advan.filter { [.CL, .V, .Q, .V2].contains($0.key) }
  let once = try levels(
    "iv2", values, [.dose(100, at: 0), .observation(at: 1), .observation(at: 6), .observation(at: 11)])
  for (level, expected) in zip(once, [1.485671213, 0.3838659762, 0.1479840651]) {
    #expect(abs(level / expected - 1) < 1e-9)
  }
  let twice = try levels("iv2", values, [course(100, every: 12, times: 2), .observation(at: 23)])[0]
  #expect(abs(twice / 0.2121830688 - 1) < 1e-9)
}

@Test(arguments: [1e-9, 1e-4, 0.3])
func `absorption as fast as elimination is no special case`(gap: Double) throws {
  // κ = k (1 + gap) at CL/V = 0.2: the textbook's quotient cancels, D κ/V · t e^{−kt} is its limit.
  let level = try levels(
    "oral1", [.CL: 10, .V: 50, .KA: 0.2 * (1 + gap)], [.dose(100, at: 0), .observation(at: 7)])[0]
  let (k, ka) = (0.2, 0.2 * (1 + gap))
  let quotient = exp(-k * 7) * -expm1(-(ka - k) * 7) / (ka - k)
  #expect(abs(level / (100 * ka / 50 * quotient) - 1) < 1e-13)
}

@Test func `equal peripheral compartments act as one of their sum`() throws {
  let three = try levels(
    "iv3", [.CL: 4, .V: 20, .Q: 3, .V2: 30, .Q3: 3, .V3: 30],
    [.dose(100, at: 0), .observation(at: 0.7), .observation(at: 9), .observation(at: 60)])
  let two = try levels(
    "iv2", [.CL: 4, .V: 20, .Q: 6, .V2: 60],
    [.dose(100, at: 0), .observation(at: 0.7), .observation(at: 9), .observation(at: 60)])
  for (a, b) in zip(three, two) { #expect(abs(a / b - 1) < 1e-12) }
}

@Test(arguments: KineticModel.all)
func `what was given is held or cleared`(model: KineticModel) throws {
  var random = SeededGenerator(seed: 5)
  let person = try random.person(model)
  let end = 400.0
  let step = 0.02
  let count = Int(end / step)
  let records = [DosingRecord.dose(100, at: 0)] + (0...count).map { .observation(at: Double($0) * step) }
  var batch = KineticsBatch(try DosingPlan(records, model: model))
  batch.run([person].span)
  // Simpson's rule over the level, which is smooth after the dose.
  var area = 0.0
  for k in 0...count {
    let weight = k == 0 || k == count ? 1.0 : k % 2 == 1 ? 4 : 2
    area += weight * batch.level(reading: k, person: 0) * step / 3
  }
  let held = (1...model.compartments).reduce(0) { $0 + batch.amount(in: $1, reading: count, person: 0) }
  #expect(abs(held + area * person[.CL] - 100) < 1e-6)
}

@Test func `every lane gives what a person alone gives, to the last bit`() throws {
  var random = SeededGenerator(seed: 11)
  let model = try #require(KineticModel(named: "oral3"))
  let people = try (0..<8).map { _ in try random.person(model) }
  let plan = try DosingPlan(random.table(model), model: model)
  var together = KineticsBatch(plan)
  together.run(people.span)
  for (k, person) in people.enumerated() {
    var alone = KineticsBatch(plan)
    alone.run([person].span)
    for reading in plan.readings.indices {
      #expect(alone.level(reading: reading, person: 0) == together.level(reading: reading, person: k))
    }
  }
}

@Test func `a group of people is computed without asking for memory`() throws {
  var random = SeededGenerator(seed: 3)
  let model = try #require(KineticModel(named: "oral2"))
  let people = try (0..<8).map { _ in try random.person(model) }
  var batch = KineticsBatch(try DosingPlan(random.table(model), model: model))
  batch.run(people.span)
  let before = thecal_allocation_count_of_thread()
  for _ in 0..<20 { batch.run(people.span) }
  #expect(thecal_allocation_count_of_thread() == before)
}
