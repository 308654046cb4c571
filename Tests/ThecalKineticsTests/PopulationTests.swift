import Glibc
import Testing

@testable import ThecalKinetics

private func population(_ cv: [KineticParameter: Double], seed: UInt64 = 7) throws -> KineticPopulation {
  let model = try #require(KineticModel(named: "oral1"))
  let typical = try KineticParameters(model, [.CL: 10, .V: 80, .KA: 1.2, .F: 0.7, .ALAG: 0.3])
  return try KineticPopulation(typical: typical, cv: cv, seed: seed)
}

@Test func `a person is the same whatever else varies, whoever else is drawn`() throws {
  let key = SubjectKey("12")
  let alone = try population([.CL: 0.3]).person(5, of: key)
  let among = try population([.CL: 0.3, .V: 0.5, .KA: 0.4]).person(5, of: key)
  #expect(alone[.CL] == among[.CL] && alone[.V] == 80)
  #expect(try population([.CL: 0.3]).person(6, of: key)[.CL] != alone[.CL])
  #expect(try population([.CL: 0.3]).person(5, of: SubjectKey("13"))[.CL] != alone[.CL])
  #expect(try population([.CL: 0.3], seed: 8).person(5, of: key)[.CL] != alone[.CL])
}

@Test func `people scatter log-normally around the typical one, as widely as asked`() throws {
  let people = try population([.CL: 0.4])
  let logs = (1...20_000).map { log(people.person(UInt64($0), of: SubjectKey("1"))[.CL]) }
  let mean = logs.reduce(0, +) / 20_000
  let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
  // Four standard errors of a mean and of a variance of 20,000 normal numbers.
  #expect(abs(mean - log(10)) < 4 * (log1p(0.16) / 20_000).squareRoot())
  #expect(abs(variance / log1p(0.16) - 1) < 4 * (2 / 20_000.0).squareRoot())
}

@Test func `no one absorbs more than was given`() throws {
  let people = try population([.F: 0.8])
  let shares = (1...2_000).map { people.person(UInt64($0), of: SubjectKey("1"))[.F] }
  #expect(shares.allSatisfy { 0...1 ~= $0 } && shares.contains { $0 > 0.9 })
}

@Test func `what cannot vary is refused`() throws {
  #expect(throws: KineticProblem.self) { try population([.Q: 0.2]) }
  #expect(throws: KineticProblem.outOfRange(.CL, -0.1)) { try population([.CL: -0.1]) }
  #expect(throws: KineticProblem.outOfRange(.CL, 1e200)) { try population([.CL: 1e200]) }
  #expect(throws: KineticProblem.self) { try population([.CL: .nan]) }
}

@Test(arguments: [[KineticParameter.CL: 0.3, .V: 0.2], [.F: 0.4, .CL: 0.3], [.ALAG: 0.4, .KA: 0.5]])
func `each person of a study gets the levels of their own parameters`(cv: [KineticParameter: Double]) throws {
  let people = try population(cv)
  let study = KineticStudy(people, samples: 19)
  var dose = DosingRecord.dose(100, at: 0)
  dose.interval_h = 8
  dose.additional = 3
  let records = [dose] + (0...30).map { .observation(at: Double($0)) }
  var numbers: [Int] = []
  try study.run(subject: "7", records) { number, _, batch, place in
    numbers.append(number)
    let person = people.person(UInt64(number), of: SubjectKey("7"))
    let plan = try DosingPlan(
      records, model: person.model, bioavailability: person[.F], lag_h: person[.ALAG])
    var alone = KineticsBatch(plan)
    alone.run([person].span)
    for k in plan.readings.indices {
      #expect(batch.level(reading: k, person: place) == alone.level(reading: k, person: 0))
    }
  }
  #expect(numbers == Array(1...19))
}

@Test func `parameters that are missing, foreign or out of range are named`() throws {
  let model = try #require(KineticModel(named: "IV2"))
  #expect(throws: KineticProblem.missing(.Q, of: model)) {
    try KineticParameters(model, [.CL: 1, .V: 2, .V2: 3])
  }
  #expect(throws: KineticProblem.unknown(.KA, of: model)) {
    try KineticParameters(model, [.CL: 1, .V: 2, .Q: 1, .V2: 3, .KA: 1])
  }
  #expect(throws: KineticProblem.outOfRange(.V, 0)) {
    try KineticParameters(model, [.CL: 1, .V: 0, .Q: 1, .V2: 3])
  }
  #expect(KineticParameter(named: "v1") == .V && KineticParameter(named: "f1") == .F)
  #expect(KineticParameter(named: "V9") == nil && KineticModel(named: "iv4") == nil)
}
