import Testing
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
  let answer = try choice("5 mg/day", "90 day", "20 mL").answer
  #expect(answer.status == .blocked && answer.codes.contains("NOT_FEASIBLE"))
  #expect(answer.message.contains("25 mg/mL") && answer.message.contains("72 days at 20 mg/mL"))
  #expect(answer.message.contains("152 days with a reservoir of 40 mL"))
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
  #expect(least.concentration == (try q("9.48 mg/mL")))  // 360 / 38 = 9.4737, rounded up
}

@Test func `stability bounds the interval`() throws {
  let answer = try choice("100 mcg/day", "200 day", "20 mL", drug: "baclofen").answer
  #expect(answer.status == .blocked && answer.codes.contains("STABILITY"))
}

@Test func `twenty milliliters at half and at one milliliter a day, gross`() throws {
  // The published shape: about 40 and 20 days; residual and alarm shorten both.
  for (flow, gross) in [("0.5 mL/day", 40), ("1 mL/day", 20)] {
    let (volume, rate): (Volume, Flow) = (try q("20 mL"), try q(flow))
    #expect((volume / rate) == Time(ExactNumber(gross), .days))
  }
}
