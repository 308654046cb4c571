import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

private func path() throws -> FluidPath {
  FluidPath(
    tubing: Cited(stated: try q("0.199 mL")), length: try q("60 cm"),
    bore: Cited(stated: try q("0.0022 mL/cm")))
}

@Test func `priming fills tubing and catheter`() throws {
  let prime = PrimingBolus(.prime, path: try path(), concentration: try q("25 mg/mL"), unit: .milligrams)
  #expect(try prime.path.volume == (try q("0.331 mL")) && prime.path.catheter.value == (try q("0.132 mL")))
  #expect(try prime.mass == (try q("8.275 mg")) && prime.catheterMass == (try q("3.3 mg")))
  #expect(prime.outcome.status == .ok)
}

@Test func `what a path holds is compared with the daily dose`() throws {
  let flush = PrimingBolus(
    .flush, path: try path(), concentration: try q("25 mg/mL"), unit: .milligrams, daily: try q("5 mg/day"))
  #expect(flush.outcome.status == .review && flush.outcome.codes.contains(.multipleOfDailyDose))
  #expect(flush.dailyDoses == 1.655)
  let even = PrimingBolus(
    .flush, path: try path(), concentration: try q("25 mg/mL"), unit: .milligrams,
    daily: try q("8.275 mg/day"))
  #expect(even.outcome.status == .ok)  // exactly one daily dose
}

@Test func `a catheter by its number brings its mark`() throws {
  let bore = try #require(FluidPath.bore(ofCatheterNamed: "11823"))
  #expect(bore.value == (try q("0.0026 mL/cm")))
  #expect(bore.verified)
  let tubing = try #require(synchroMed().tubing)
  let unread = FluidPath(
    tubing: tubing, length: try q("60 cm"), bore: try #require(FluidPath.bore(ofCatheterNamed: "8780")))
  let outcome = PrimingBolus(.prime, path: unread, concentration: try q("25 mg/mL"), unit: .milligrams)
    .outcome
  #expect(outcome.codes.contains(.deviceDataUnverified) && outcome.unread.count == 2)
}

@Test func `three rinses leave seven percent`() throws {
  let washout = Washout(residual: Cited(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 3)
  #expect(rounded(washout.fractionLeft, 4) == 0.0698)
  #expect(washout.timesForOnePercent == 6)
}

@Test func `the next filling is diluted by what was left`() throws {
  // No rinse: C = (1.4 x 500 + 18 x 2000) / 19.4.
  let plain = Washout(residual: Cited(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 0)
  let mixed = plain.strength(old: try q("500 mcg/mL"), filling: try q("2000 mcg/mL"), volume: try q("18 mL"))
  #expect(mixed.exactValue(in: .microgramsPerMilliliter) == ExactNumber(36_700) / 19.4)
  // The start of ziconotide: three rinses of 2 mL with the drug itself, then 16 mL.
  let start = Washout(residual: Cited(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 3)
  let first = start.strength(
    old: .zero, filling: try q("25 mcg/mL"), volume: try q("16 mL"), rinseStrength: try q("25 mcg/mL"))
  #expect(rounded(first.exactValue(in: .microgramsPerMilliliter), 2) == 24.86)
}

@Test func `a pocket fill is counted in days of dose`() throws {
  let fill = PocketFill(
    volume: try q("20 mL"), concentration: (try q("25 mg/mL"), .milligrams), daily: try q("5 mg/day"))
  #expect(fill.outside == (try q("500 mg")) && fill.days == 100)
  #expect(fill.outcome.evidence(.pocketFill) == [.number(10_000), .mass(try q("500 mg"), .milligrams)])
}

@Test(arguments: [
  ("60 m", "0.0022 mL/cm", Code.typoSuspected), ("151 cm", "0.0022 mL/cm", .typoSuspected),
  ("60 mm", "0.0022 mL/cm", .typoSuspected), ("60 cm", "2.2 mL/cm", .typoSuspected),
  ("60 cm", "0.022 mL/cm", .typoSuspected),
])
func `a length or bore that no catheter has is refused, with the slip named`(
  length: String, bore: String, code: Code
) throws {
  let path = FluidPath(
    tubing: Cited(stated: try q("0.199 mL")), length: try q(length), bore: Cited(stated: try q(bore)))
  for purpose in [PrimingBolus.Purpose.prime, .flush] {
    let outcome = PrimingBolus(purpose, path: path, concentration: try q("25 mg/mL"), unit: .milligrams)
      .outcome
    #expect(outcome.status == .blocked && outcome.codes.contains(code) && outcome.finds(.slipOfSize))
  }
}

@Test(arguments: ["10 cm", "150 cm"])
func `the shortest and the longest catheter that can be meant pass`(length: String) throws {
  let path = FluidPath(
    tubing: Cited(stated: try q("0.199 mL")), length: try q(length),
    bore: Cited(stated: try q("0.0022 mL/cm")))
  #expect(
    PrimingBolus(.prime, path: path, concentration: try q("10 mg/mL"), unit: .milligrams).outcome.status
      == .ok)
}

@Test func `primes, flushes, rinses and pocket fills ask about their drug`() throws {
  let (vinca, morphine) = (PumpDrug(named: "vincristine"), PumpDrug(named: "morphine"))
  func prime(_ drug: PumpDrug, _ strength: String) throws -> PumpOutcome {
    PrimingBolus(.prime, path: try path(), concentration: try q(strength), unit: .milligrams, drug: drug)
      .outcome
  }
  #expect(try prime(vinca, "1 mg/mL").codes == [.neverIntrathecal])
  #expect(try prime(morphine, "25 mg/mL").codes.contains(.overConcentration))
  #expect(try prime(morphine, "20 mg/mL").status == .ok)
  var strengths = Washout.Strengths()
  (strengths.old, strengths.new, strengths.drug) = (try q("10 mg/mL"), try q("21 mg/mL"), morphine)
  let washout = Washout(
    residual: Cited(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 3, strengths: strengths)
  #expect(washout.outcome.codes.contains(.overConcentration))
  let pocket = PocketFill(
    volume: try q("20 mL"), concentration: (try q("25 mg/mL"), .milligrams), daily: try q("5 mg/h"),
    drug: morphine)
  #expect(pocket.outcome.codes.contains(.typoSuspected) && pocket.outcome.codes.contains(.overConcentration))
}

@Test(arguments: [(5, false), (6, true)])
func `one percent is the border of washed`(times: Int, isWashed: Bool) throws {
  let washout = Washout(residual: Cited(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: times)
  #expect(
    washout.outcome.finds(.washed) == isWashed && washout.outcome.codes.contains(.oldDrugLeft) != isWashed)
  // Exactly one percent: a rinse of 99 times the residual.
  #expect(
    Washout(residual: Cited(stated: try q("1 mL")), rinse: try q("99 mL"), times: 1).outcome.finds(.washed))
}
