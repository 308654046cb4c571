import Testing
import ThecalPump
import ThecalQuantities

private func path() throws -> FluidPath {
  FluidPath(
    tubing: PumpFigure(stated: try q("0.199 mL")), length: try q("60 cm"),
    bore: PumpFigure(stated: try q("0.0022 mL/cm")))
}

@Test func `priming fills tubing and catheter`() throws {
  let answer = PrimingBolus(.prime, path: try path(), concentration: try q("25 mg/mL"), unit: .milligrams)
    .answer
  #expect(answer.number("volume_mL") == 0.331)
  #expect(answer.number("mass") == 8.275)
  #expect(answer.number("catheter_only_mL") == 0.132)
  #expect(answer.number("catheter_only_mass") == 3.3)
  #expect(answer.text("unit") == "mg")
  #expect(answer.status == .ok)
}

@Test func `what a path holds is compared with the daily dose`() throws {
  let flush = PrimingBolus(
    .flush, path: try path(), concentration: try q("25 mg/mL"), unit: .milligrams, daily: try q("5 mg/day"))
  #expect(flush.answer.status == .review && flush.answer.codes.contains("MULTIPLE_OF_DAILY_DOSE"))
  #expect(flush.answer.number("daily_doses") == 1.655)
  #expect(flush.answer.number("aspirate_mL") == 0.662)
}

@Test func `a catheter by its number brings its mark`() throws {
  let bore = try #require(PumpFigure(catheterNamed: "11823"))
  #expect(bore.value == (try q("0.0026 mL/cm")))
  #expect(bore.isVerified)
  let tubing = try #require(synchroMed().tubing)
  let unread = FluidPath(
    tubing: tubing, length: try q("60 cm"), bore: try #require(PumpFigure(catheterNamed: "8780")))
  let answer = PrimingBolus(.prime, path: unread, concentration: try q("25 mg/mL"), unit: .milligrams).answer
  #expect(answer.codes.contains("DEVICE_DATA_UNVERIFIED"))
}

@Test func `three rinses leave seven percent`() throws {
  let washout = Washout(residual: PumpFigure(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 3)
  #expect(rounded(washout.answer.number("fraction_left"), 4) == 0.0698)
  #expect(washout.timesForOnePercent == 6)
}

@Test func `the next filling is diluted by what was left`() throws {
  // No rinse: C = (1.4 x 500 + 18 x 2000) / 19.4.
  let plain = Washout(residual: PumpFigure(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 0)
  let mixed = plain.strength(old: try q("500 mcg/mL"), filling: try q("2000 mcg/mL"), volume: try q("18 mL"))
  #expect(mixed.exactValue(in: .microgramsPerMilliliter) == ExactNumber(36_700) / 19.4)
  // The start of ziconotide: three rinses of 2 mL with the drug itself, then 16 mL.
  let start = Washout(residual: PumpFigure(stated: try q("1.4 mL")), rinse: try q("2 mL"), times: 3)
  let first = start.strength(
    old: .zero, filling: try q("25 mcg/mL"), volume: try q("16 mL"), rinseStrength: try q("25 mcg/mL"))
  #expect(rounded(first.exactValue(in: .microgramsPerMilliliter), 2) == 24.86)
}

@Test func `a pocket fill is counted in days of dose`() throws {
  let fill = PocketFill(
    volume: try q("20 mL"), concentration: (try q("25 mg/mL"), .milligrams), daily: try q("5 mg/day"))
  #expect(fill.answer.number("mass") == 500)
  #expect(fill.answer.number("days_of_dose") == 100)
  #expect(fill.answer.message.contains("1 refill in 10,000"))
}
