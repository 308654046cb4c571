import Testing
import ThecalDosing
import ThecalPump
import ThecalQuantities

private func choice(_ dose: String, _ interval: String, _ reservoir: String, drug: String = "morphine") throws
  -> ConcentrationChoice
{
  var request = ConcentrationChoice.Request(
    device: testPump(), drug: PumpDrug(named: drug), dose: try q(dose), interval: try q(interval),
    reservoir: try q(reservoir))
  request.unit = PumpDrug(named: drug).unit
  return ConcentrationChoice(request)
}

@Test func `five milligrams a day for ninety days do not fit twenty milliliters`() throws {
  let outcome = try choice("5 mg/day", "90 day", "20 mL").outcome
  #expect(outcome.status == .blocked && outcome.codes.contains(.notFeasible))
  let needed = ((try q("5 mg/day") as DoseRate) * (try q("90 day") as Time)) / usable(20)
  #expect(
    outcome.evidence(.intervalNotFeasible) == [
      .time(try q("90 day")), .strength(needed, .milligrams), .strength(try q("20 mg/mL"), .milligrams),
    ])
  // (20 - 1.4) / 1.145 at 0.25 mL/day is 64.98 days, (40 - 1.4) / 1.145 is 134.8.
  #expect(
    outcome.alternative?.evidence
      == [.number(64), .strength(try q("20 mg/mL"), .milligrams), .number(134), .volume(try q("40 mL"))])
}

/// What the fast edge of the test pump leaves of a filling in milliliters.
private func usable(_ fill: Int) -> Volume { Volume((ExactNumber(fill) - 1.4) / 1.145, .milliliters) }

@Test(
  arguments: ["morphine", "baclofen", "ziconotide", "hydromorphone"],
  ["14 day", "40 day", "60 day", "84 day", "120 day"])
func `choice and refill agree on every interval`(drug: String, interval: String) throws {
  let dose = drug == "baclofen" ? "200 mcg/day" : drug == "ziconotide" ? "4 mcg/day" : "1 mg/day"
  for isFirst in [true, false, nil] as [Bool?] {
    var request = try choice(dose, interval, "20 mL", drug: drug).request
    request.isFirstFilling = isFirst
    for option in ConcentrationChoice(request).options {
      var refill = RefillPlan.Request(
        device: request.device, fill: request.reservoir, concentration: option.concentration,
        dose: request.dose,
        date: try day("2026-01-01"))
      (refill.drug, refill.isFirstFilling) = (request.drug, isFirst)
      let plan = RefillPlan(refill)
      #expect(plan.binding?.after == option.interval && plan.binding?.kind == option.bound)
      #expect(plan.refillBy == refill.date + option.planDays)
      #expect(option.interval >= request.interval)
    }
  }
}

@Test(arguments: [(true, 14), (false, 84)])
func `ziconotide keeps for fourteen days at first, later for forty diluted and eighty-four as sold`(
  isFirst: Bool, longest: Int
) throws {
  func request(_ days: Int) throws -> ConcentrationChoice.Request {
    var request = try choice("4 mcg/day", "\(days) day", "40 mL", drug: "ziconotide").request
    request.isFirstFilling = isFirst
    return request
  }
  #expect(!ConcentrationChoice(try request(longest)).options.isEmpty)
  let beyond = ConcentrationChoice(try request(longest + 1))
  #expect(beyond.options.isEmpty && beyond.outcome.codes.contains(.stability))
  #expect(beyond.outcome.alternative?.evidence == [.time(Time(ExactNumber(longest), .days))])
  if !isFirst {
    let diluted = ConcentrationChoice(try request(40)).options.filter { option in
      option.concentration != Concentration(25, .microgramsPerMilliliter)
        && option.concentration != Concentration(100, .microgramsPerMilliliter)
    }
    #expect(diluted.allSatisfy { $0.interval <= Time(40, .days) })
  }
}

@Test(arguments: [
  ("4 mg/day", "90 day", "40 mL"), ("1 mg/day", "120 day", "20 mL"), ("0.5 mg/day", "30 day", "20 mL"),
])
func `every option lasts, runs, keeps within the limits and is beaten by none`(
  dose: String, interval: String, reservoir: String
) throws {
  let found = try choice(dose, interval, reservoir)
  let (wanted, rate): (Time, DoseRate) = (try q(interval), try q(dose))
  #expect(!found.options.isEmpty)
  for option in found.options {
    #expect(option.interval >= wanted && option.concentration * option.flow == rate)
    #expect(option.flow >= (try q("0.048 mL/day")))
    #expect(option.concentration <= (try q("20 mg/mL")))
    #expect(
      !found.options.contains { other in
        other.concentration < option.concentration && other.interval >= option.interval
          && (other.vials ?? 0) <= (option.vials ?? 0)
      })
  }
}

@Test func `the least strength is the dose times the interval over the usable volume`() throws {
  let least = try #require(try choice("4 mg/day", "90 day", "40 mL").options.first)
  // 360 mg over (40 - 1.4) / 1.145 = 33.71 mL is 10.68 mg/mL, rounded up to three digits.
  #expect(try least.concentration == (try q("10.7 mg/mL")) && least.interval >= (try q("90 day")))
}

@Test func `stability bounds the interval`() throws {
  let outcome = try choice("100 mcg/day", "181 day", "40 mL", drug: "baclofen").outcome
  #expect(outcome.status == .blocked && outcome.codes.contains(.stability))
  #expect(try choice("100 mcg/day", "180 day", "40 mL", drug: "baclofen").outcome.status == .ok)
}

@Test(arguments: [("96 mg/day", Code.typoSuspected), ("21 mg/day", .overLimit)])
func `a dose that the rules refuse is not chosen for`(dose: String, code: Code) throws {
  let refused = try choice(dose, "30 day", "40 mL")
  #expect(
    refused.options.isEmpty && refused.outcome.codes.contains(code) && refused.outcome.alternative == nil)
}

@Test func `twenty milliliters at half and at one milliliter a day, gross`() throws {
  // The published shape: about 40 and 20 days; residual and alarm shorten both.
  for (flow, gross) in [("0.5 mL/day", 40), ("1 mL/day", 20)] {
    let (volume, rate): (Volume, Flow) = (try q("20 mL"), try q(flow))
    #expect((volume / rate) == Time(ExactNumber(gross), .days))
  }
}
