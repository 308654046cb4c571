import Testing
import ThecalPump
import ThecalQuantities

private func bridge(
  _ strengths: (String, String), _ doses: (String, String), keepOld: Bool = false
) throws -> BridgePlan {
  var request = BridgePlan.Request(
    device: testPump(), strengths: (old: try q(strengths.0), new: try q(strengths.1)),
    doses: (old: try q(doses.0), new: try q(doses.1)), path: FluidPath(stated: try q("0.331 mL")))
  request.unit = doses.0.hasSuffix("mcg/day") ? .micrograms : .milligrams
  request.keepsOldDose = keepOld
  return BridgePlan(request)
}

/// The three cases of the reference: doses, and what happens with and without a bridge.
private let cases: [(strengths: (String, String), doses: (String, String), expected: [ExactNumber])] = [
  (("500 mcg/mL", "2000 mcg/mL"), ("200 mcg/day", "200 mcg/day"), [200, 0.4, 19.86, 0.1, 25, 79.44]),
  (("2000 mcg/mL", "500 mcg/mL"), ("200 mcg/day", "200 mcg/day"), [200, 0.1, 79.44, 0.4, 400, 19.86]),
  (("10 mg/mL", "20 mg/mL"), ("4 mg/day", "5 mg/day"), [4, 0.4, 19.86, 0.25, 50, 31.776]),
]

@Test(arguments: cases.indices)
func `a bridge and its absence, as published`(index: Int) throws {
  let answer = try bridge(cases[index].strengths, cases[index].doses).answer
  let keys = [
    "bridge_dose", "bridge_flow_mL_per_day", "bridge_hours", "new_flow_mL_per_day", "unbridged_percent",
    "unbridged_hours",
  ]
  #expect(keys.map(answer.number) == cases[index].expected)
  #expect(answer.status == .ok)
}

@Test func `the bridge takes the lower dose unless the old one is kept`() throws {
  let down = try bridge(("20 mg/mL", "10 mg/mL"), ("5 mg/day", "4 mg/day"))
  #expect(down.bridgeDose == (try q("4 mg/day")))
  #expect(
    try bridge(("20 mg/mL", "10 mg/mL"), ("5 mg/day", "4 mg/day"), keepOld: true).bridgeDose == q("5 mg/day"))
}

@Test func `the curve shows the dose held, the dip without a bridge, and the wrong length`() throws {
  let plan = try bridge(("500 mcg/mL", "2000 mcg/mL"), ("200 mcg/day", "200 mcg/day"))
  let held: DoseRate = try q("200 mcg/day")
  let dip: DoseRate = try q("50 mcg/day")
  #expect(plan.curve(.bridged).allSatisfy { $0.rate == held })
  for point in plan.curve(.unbridged) {
    #expect(point.rate == (point.time < plan.unbridgedTime ? dip : held))
  }
  let wrong = plan.curve(.wrongLength).map(\.rate)
  #expect(wrong.first == held && wrong.contains(dip) && wrong.last == held)
}

@Test func `a bridge that is too long floods the patient with the new strength`() throws {
  var request = BridgePlan.Request(
    device: testPump(), strengths: (old: try q("500 mcg/mL"), new: try q("2000 mcg/mL")),
    doses: (old: try q("200 mcg/day"), new: try q("200 mcg/day")), path: FluidPath(stated: try q("0.331 mL")))
  request.wrongPath = try q("0.5 mL")
  let rates = BridgePlan(request).curve(.wrongLength).map(\.rate)
  #expect(rates.contains(try q("800 mcg/day")))
}

@Test func `mixing moves drug in time and loses none`() throws {
  let plan = try bridge(("500 mcg/mL", "2000 mcg/mL"), ("200 mcg/day", "200 mcg/day"))
  // Unbridged, the flow is constant, so that the sum over hours is the integral but for its ends.
  let mixed = plan.mixedCurve(.unbridged).map(\.rate_ug_per_h).reduce(0, +)
  let plug = plan.curve(.unbridged).map { $0.rate.value(in: .microgramsPerHour) }.reduce(0, +)
  #expect(abs(mixed - plug) / plug < 0.01)
  #expect(plan.mixedCurve(.unbridged).first?.rate_ug_per_h == 50.0 / 24)
}

@Test func `a new drug keeps the old dose while the path runs out`() throws {
  var request = BridgePlan.Request(
    device: testPump(), strengths: (old: try q("500 mcg/mL"), new: try q("10 mg/mL")),
    doses: (old: try q("200 mcg/day"), new: try q("1 mg/day")), path: FluidPath(stated: try q("0.331 mL")))
  request.changesDrug = true
  let plan = BridgePlan(request)
  #expect(plan.bridgeFlow == (try q("0.4 mL/day")))
  #expect(plan.answer.codes.contains("DRUG_CHANGE"))
}
