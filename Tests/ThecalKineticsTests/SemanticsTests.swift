import Glibc
import Testing

@testable import ThecalKinetics

private let iv: [KineticParameter: Double] = [.CL: 2, .V: 20]

@Test func `what comes later in the table at the same time comes later`() throws {
  // A reading before the dose of its time sees nothing of it; additional doses come before every line of their time.
  var dose = DosingRecord.dose(20, at: 10)
  dose.interval_h = 5
  dose.additional = 1
  let values = try levels(
    "iv1", iv, [.observation(at: 10), dose, .observation(at: 10), .observation(at: 15)])
  #expect(values[0] == 0)
  #expect(abs(values[1] - 1) < 1e-15)
  #expect(abs(values[2] - (exp(-0.5) + 1)) < 1e-14)
}

@Test func `an additional dose meets the reading of a time that decimals only approach`() throws {
  // 3 × 0.1 is not 0.3 in binary: the dose counts all the same.
  var dose = DosingRecord.dose(20, at: 0)
  dose.interval_h = 0.1
  dose.additional = 3
  let value = try levels("iv1", iv, [dose, .observation(at: 0.3)])[0]
  #expect(abs(value - (1 + exp(-0.01) + exp(-0.02) + exp(-0.03))) < 1e-13)
}

@Test func `a lag moves the dose, its infusion and its repeats`() throws {
  var dose = DosingRecord.dose(20, at: 0)
  dose.lag_h = 1.5
  dose.delivery = .over(2)
  dose.interval_h = 10
  dose.additional = 1
  let late = try levels("iv1", iv, [dose, .observation(at: 1.5), .observation(at: 4), .observation(at: 14)])
  dose.lag_h = nil
  let prompt = try levels(
    "iv1", iv, [dose, .observation(at: 0), .observation(at: 2.5), .observation(at: 12.5)])
  #expect(late[0] == 0 && prompt[0] == 0)
  #expect(abs(late[1] - prompt[1]) < 1e-15 && abs(late[2] - prompt[2]) < 1e-15)
}

@Test func `a lag of the model holds for the depot alone, and a record's own stands in its place`() throws {
  let oral: [KineticParameter: Double] = [.CL: 2, .V: 20, .KA: 1]
  let into = { (compartment: Int, lag: Double?) -> [DosingRecord] in
    var dose = DosingRecord.dose(20, at: 0, into: compartment)
    dose.lag_h = lag
    return [dose, .observation(at: 1)]
  }
  #expect(try levels("oral1", oral, into(1, nil), lag_h: 2)[0] == 0)
  #expect(try levels("oral1", oral, into(1, 0.5), lag_h: 2)[0] > 0)
  #expect(try levels("oral1", oral, into(2, nil), lag_h: 2)[0] > 0)
}

@Test func `an absorbed share shortens an infusion of given rate and thins one of given duration`() throws {
  var dose = DosingRecord.dose(20, at: 0)
  dose.bioavailability = 0.5
  dose.delivery = .rate(10)
  let byRate = try levels("iv1", iv, [dose, .observation(at: 1), .observation(at: 2)])
  // 10 mg at 10 mg/h: one hour.
  #expect(abs(byRate[0] - 10 / 2.0 * (1 - exp(-0.1))) < 1e-14)
  #expect(abs(byRate[1] - byRate[0] * exp(-0.1)) < 1e-14)
  dose.delivery = .over(2)
  let byTime = try levels("iv1", iv, [dose, .observation(at: 2)])[0]
  #expect(abs(byTime - 5 / 2.0 * (1 - exp(-0.2))) < 1e-14)
}

@Test func `a dose of which nothing is absorbed leaves nothing`() throws {
  for delivery in [DosingRecord.Delivery.atOnce, .rate(5), .over(3)] {
    var dose = DosingRecord.dose(20, at: 0)
    dose.bioavailability = 0
    dose.delivery = delivery
    #expect(try levels("iv1", iv, [dose, .observation(at: 1)]) == [0])
  }
}

@Test func `the endless infusion is at its level when it ends`() throws {
  var dose = DosingRecord.dose(0, at: 3)
  dose.delivery = .rate(10)
  dose.steadyState = .replacing
  let values = try levels("iv1", iv, [.dose(500, at: 0), dose, .observation(at: 3), .observation(at: 5)])
  #expect(abs(values[0] - 5) < 1e-14)
  #expect(abs(values[1] - 5 * exp(-0.2)) < 1e-14)
}

@Test func `infusions longer than their interval overlap for ever`() throws {
  // 10 mg/h for 30 h, every 12 h: two or three run at once; mean level 300 / 12 / 2.
  var dose = DosingRecord.dose(300, at: 0)
  dose.delivery = .rate(10)
  dose.interval_h = 12
  dose.steadyState = .replacing
  dose.additional = 3
  let count = 1_200
  let values = try levels(
    "iv1", iv, [dose] + (0...count).map { .observation(at: Double($0) * 36 / Double(count)) })
  let mean = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 } / Double(count)
  #expect(abs(mean - 12.5) < 1e-4)
  #expect(abs(values[0] - values[400]) < 1e-12 && abs(values[100] - values[900]) < 1e-12)
}

@Test func `a steady state with a lag stands where the cycle is, and what waits still comes`() throws {
  var dose = DosingRecord.dose(20, at: 0)
  dose.interval_h = 6
  dose.steadyState = .replacing
  dose.lag_h = 8  // longer than the interval: two doses are on their way
  dose.additional = 5
  let late = try levels("iv1", iv, [dose] + (0...20).map { .observation(at: Double($0) + 0.5) })
  dose.lag_h = 0
  dose.additional = 8
  let prompt = try levels("iv1", iv, [dose] + (0...20).map { .observation(at: Double($0) + 4.5) })
  for (a, b) in zip(late, prompt) { #expect(abs(a - b) < 1e-14) }
}

@Test func `a steady state on top adds to what is there, infusions too`() throws {
  var infusion = DosingRecord.dose(100, at: 0)
  infusion.delivery = .over(10)
  var dose = DosingRecord.dose(20, at: 4)
  dose.interval_h = 6
  dose.steadyState = .adding
  let readings = [4.0, 7, 12].map { DosingRecord.observation(at: $0) }
  let both = try levels("iv1", iv, [infusion, dose] + readings)
  let one = try levels("iv1", iv, [infusion] + readings)
  let other = try levels("iv1", iv, [dose] + readings)
  for k in both.indices { #expect(abs(both[k] - one[k] - other[k]) < 1e-14) }
}

@Test func `a reset takes away amounts, infusions, and doses to come`() throws {
  var dose = DosingRecord.dose(100, at: 0)
  dose.delivery = .over(20)
  dose.interval_h = 8
  dose.additional = 10
  let values = try levels(
    "iv1", iv,
    [
      dose, .observation(at: 9), DosingRecord(line: 0, time_h: 10, event: .reset), .observation(at: 10),
      .observation(at: 50),
    ])
  #expect(values[0] > 0 && values[1] == 0 && values[2] == 0)
}

@Test func `a long washout ends at nothing, to the last bit`() throws {
  // Three infusions that overlap: sums of their rates leave no remainder.
  var dose = DosingRecord.dose(33.3, at: 0)
  dose.delivery = .over(7.7)
  dose.interval_h = 3.1
  dose.additional = 4
  let value = try levels("iv1", [.CL: 20, .V: 20], [dose, .observation(at: 800)])[0]
  #expect(value < 1e-300)
}

/// 54 intervals of 22.49 h are a last digit longer than the infusion, whose remainder then is a last digit longer than one.
@Test(arguments: [(1236.9499999999998, 22.49), (695.6529999999999, 14.197), (269.308, 10.358)])
func `an infusion that ends with an interval but for a last digit is followed`(
  length: Double, interval: Double
)
  throws
{
  var dose = DosingRecord.dose(10, at: 0)
  dose.delivery = .over(length)
  dose.interval_h = interval
  dose.steadyState = .replacing
  let level = try levels("iv1", iv, [dose, .observation(at: 0)])[0]
  // All infusions that run together give 10 mg an interval.
  #expect(abs(level / (10 / interval / 2) - 1) < 1e-2)
}

@Test func `what everybody is given is a share and a time`() throws {
  let model = try #require(KineticModel(named: "oral1"))
  for (share, lag) in [(-1, 0), (.nan, 0), (1, -1), (1, .infinity)] as [(Double, Double)] {
    #expect(throws: DosingError.self) {
      try DosingPlan([.dose(1, at: 0)], model: model, bioavailability: share, lag_h: lag)
    }
  }
}

@Test func `doses that settled before time began are followed or refused, however close or far apart`() throws
{
  let person = try KineticParameters(#require(KineticModel(named: "iv1")), iv)
  func given(every interval: Double, more: Int = 0) -> SystemicDosing {
    var dose = DosingRecord.dose(10, at: 0)
    (dose.interval_h, dose.steadyState, dose.additional) = (interval, .replacing, more)
    return SystemicDosing(person: person, records: [dose])
  }
  // A mean level is what is given in an hour over what is cleared in one.
  #expect(abs(try given(every: 12).settledMean() / (10 / 12.0 / 2) - 1) < 1e-9)
  #expect(try given(every: 1e30).settledMean() < 1e-3)
  for close in [given(every: 1e-300), given(every: 1e-300, more: .max)] {
    #expect(throws: DosingError.self) { try close.beginning(by: -1).levels(at: [0]) }
  }
}
