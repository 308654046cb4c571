import Testing
import ThecalDosing
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
  let plan = try bridge(cases[index].strengths, cases[index].doses)
  let unit = plan.request.unit
  let found: [ExactNumber?] = [
    unit.perDay(plan.bridgeDose), plan.bridgeFlow.exactValue(in: .millilitersPerDay),
    plan.bridgeTime.exactValue(in: .hours), plan.newFlow.exactValue(in: .millilitersPerDay),
    plan.unbridgedFraction.map { 100 * $0 }, plan.unbridgedTime.exactValue(in: .hours),
  ]
  #expect(found == cases[index].expected)
  #expect(plan.outcome.status == .ok)
}

@Test func `the mixing peak just before the switch stands among the checks, with its assumption`() throws {
  let plan = try bridge(("500 mcg/mL", "2000 mcg/mL"), ("200 mcg/day", "200 mcg/day"))
  let peak = try #require(plan.mixingPeak)
  #expect(rounded(DoseUnit.micrograms.perDay(peak.rate), 1) == 579.3 && peak.time == plan.bridgeTime)
  #expect(
    plan.outcome.evidence(.mixingPeak) == [
      .dose(peak.rate, .micrograms), .time(peak.time), .share(Ratio(10, .percent)),
    ])
  // Down in strength the peak follows the switch: (500 + 1500 / e) at the new flow of 0.4 mL/day.
  let down = try bridge(("2000 mcg/mL", "500 mcg/mL"), ("200 mcg/day", "200 mcg/day"))
  #expect(rounded(try #require(down.mixingPeak).rate.exactValue(in: .microgramsPerDay), 1) == 420.7)
  // The curve agrees with the closed form where it is sampled: no hour is above the peak, the last before the switch is near.
  let curve = plan.mixedCurve(.bridged).map { $0.rate_ug_per_h * 24 }
  #expect(curve.max()! <= 579.4 && curve.max()! > 450)
  var unmixed = plan.request
  unmixed.mixing = .zero
  #expect(BridgePlan(unmixed).mixingPeak == nil)
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
  #expect(plan.outcome.codes.contains(.drugChange))
  #expect(
    plan.unbridgedFraction == nil && !plan.outcome.finds(.bridgeNeeded) && !plan.outcome.finds(.mixingPeak))
}

@Test(arguments: ["331 mL", "3.31 mL", "2.001 mL"])
func `a path that no catheter holds is refused, with the slip where one explains it`(path: String) throws {
  var request = try bridge(("10 mg/mL", "20 mg/mL"), ("4 mg/day", "5 mg/day")).request
  request = BridgePlan.Request(
    device: request.device, strengths: (request.old, request.new), doses: (request.oldDose, request.newDose),
    path: FluidPath(stated: try q(path)))
  let outcome = BridgePlan(request).outcome
  #expect(outcome.status == .blocked && outcome.codes.contains(.typoSuspected) && outcome.alternative == nil)
}

@Test func `a path of two milliliters is the last that passes`() throws {
  let request = BridgePlan.Request(
    device: testPump(), strengths: (try q("10 mg/mL"), try q("20 mg/mL")),
    doses: (try q("4 mg/day"), try q("5 mg/day")), path: FluidPath(stated: try q("2 mL")))
  #expect(BridgePlan(request).outcome.status == .ok)
}

@Test func `a bridge below the minimum flow is offered the minimum itself, never less`() throws {
  let request = BridgePlan.Request(
    device: testPump(), strengths: (try q("17 mg/mL"), try q("1 mg/mL")),
    doses: (try q("0.5 mg/day"), try q("0.5 mg/day")), path: FluidPath(stated: try q("0.331 mL")))
  let outcome = BridgePlan(request).outcome
  #expect(outcome.status == .blocked && outcome.codes.contains(.flowOutOfRange))
  #expect(outcome.alternative?.isAbout(PumpTopic.bridgeAtLeast) == true)
  #expect(outcome.alternative?.evidence == [.flow(try q("0.048 mL/day"))])
}

@Test func `every dose and strength of a bridge is held against its drug`() throws {
  func outcome(_ change: (inout BridgePlan.Request) -> Void, new: String = "5 mg/day") throws -> PumpOutcome {
    var request = BridgePlan.Request(
      device: testPump(), strengths: (try q("10 mg/mL"), try q("20 mg/mL")),
      doses: (try q("4 mg/day"), try q(new)),
      path: FluidPath(stated: try q("0.331 mL")))
    change(&request)
    return BridgePlan(request).outcome
  }
  #expect(try outcome { $0.drug = PumpDrug(named: "morphine") }.status == .ok)
  #expect(try outcome({ $0.drug = PumpDrug(named: "morphine") }, new: "40 mg/day").codes.contains(.overLimit))
  #expect(try outcome { $0.drug = PumpDrug(named: "hydromorphone") }.codes.contains(.overConcentration))
  #expect(try outcome { $0.drug = PumpDrug(named: "vincristine") }.codes == [.neverIntrathecal])
  #expect(
    try outcome {
      ($0.drug, $0.changesDrug, $0.oldDrug) = (PumpDrug(named: "morphine"), true, PumpDrug(named: "baclofen"))
    }.codes.contains(.typoSuspected))
}
