import Testing
import ThecalPump
import ThecalQuantities

private func visit(_ found: String, flow: String = "0.25 mL/day") throws -> RefillDiscrepancy.Visit {
  RefillDiscrepancy.Visit(
    previous: try q("20 mL"), flow: try q(flow), elapsed: try q("60 day"), found: try q(found))
}

@Test func `expected, ratio and difference as published, and both rules fire`() throws {
  let answer = RefillDiscrepancy(device: testPump(), visits: [try visit("8.5 mL")]).answer
  #expect(answer.number("expected_mL") == 5 && answer.number("delta_mL") == 3.5)
  #expect(rounded(answer.number("ratio"), 3) == 0.767)
  #expect(answer.codes.starts(with: ["VOLUME_DISCREPANCY", "OUTSIDE_ACCURACY"]))
  #expect(answer.codes.contains("CAUSE_FIRST") && answer.status == .review)
  #expect(answer.records("causes").contains { $0["cause"] == .text("kink") })
}

@Test func `a pump that hardly delivered is refused until the cause is known`() throws {
  let stuck = RefillDiscrepancy(device: testPump(), visits: [try visit("19 mL")])
  #expect(stuck.answer.status == .blocked && !stuck.mayRestart)
  #expect(stuck.answer.number("expected_mL") == 5)  // it explains the refusal
  let known = RefillDiscrepancy(
    device: testPump(), visits: [try visit("19 mL")], explained: "kink found and mended")
  #expect(known.answer.status == .review && known.mayRestart)
}

@Test func `a volume that fits clears neither the catheter nor the patient`() throws {
  let answer = RefillDiscrepancy(device: testPump(), visits: [try visit("5.5 mL")]).answer
  #expect(answer.status == .ok)
  #expect(answer.records("causes").contains { $0["cause"] == .text("disconnection") })
}

@Test func `a drift shows over visits that each pass`() throws {
  let visits = try (0..<8).map { _ in try visit("3.2 mL") }  // 12 % too much every time
  #expect(
    !RefillDiscrepancy(device: testPump(), visits: [visits[0]]).answer.codes.contains("OUTSIDE_ACCURACY"))
  let answer = RefillDiscrepancy(device: testPump(), visits: visits).answer
  #expect(answer.codes.contains("TREND_DRIFT"))
  let steady = RefillDiscrepancy(
    device: testPump(), visits: try (0..<8).map { try visit($0 % 2 == 0 ? "4.5 mL" : "5.5 mL") })
  #expect(!steady.answer.codes.contains("TREND_DRIFT"))
}

@Test func `past visits are read from a table, and a bad cell is named`() throws {
  let text =
    "\u{FEFF}Date,Previous,Flow,Days,Found\r\n2026-01-01,20 mL,0.25 mL/day,60,5 mL\r\n2026-03-02,20 mL,0.25 mL/day,60 day,8.5 mL\r\n"
  let visits = try RefillDiscrepancy.History(reading: text).visits
  #expect(visits.count == 2)
  #expect(visits[1].delta == (try q("3.5 mL")))
  func problem(_ text: String) -> RefillDiscrepancy.History.Problem? {
    do { _ = try RefillDiscrepancy.History(reading: text) } catch { return error }
    return nil
  }
  let header = "previous,flow,days,found\n"
  #expect(problem(header + "20 mL,0.25 mL/day,60,5\n")?.column == "found")
  #expect(problem(header + "20 mL,0.25 mL/day,60,5\n")?.line == 2)
  #expect(problem("previous,flow,days\n20 mL,0.25 mL/day,60\n")?.column == "found")
  #expect(problem(header + "20 mL,0.25 mL/day,60\n")?.line == 2)
  #expect(problem(header) != nil && problem("") != nil)
  #expect(problem(header + "20 mL,0 mL/day,60,5 mL\n") != nil)
}

private func wean(_ drug: String, from: String, to: String, step: Int, every: String) throws
  -> Weaning.Request
{
  var request = Weaning.Request(
    device: testPump(), drug: PumpDrug(named: drug), doses: (try q(from), try q(to)),
    step: Ratio(ExactNumber(step), .percent), interval: try q(every))
  request.unit = from.hasSuffix("mcg/day") ? .micrograms : .milligrams
  return request
}

@Test func `a geometric taper takes a share of the dose in force`() throws {
  let taper = Weaning(try wean("morphine", from: "4 mg/day", to: "1 mg/day", step: 10, every: "7 day"))
  #expect(taper.levels[1].dose == (try q("3.6 mg/day")))
  #expect(taper.levels[2].dose == (try q("3.24 mg/day")))
  #expect(taper.levels.last?.dose == (try q("1 mg/day")))
  #expect(taper.levels[3].after == (try q("21 day")))
  var linear = try wean("morphine", from: "4 mg/day", to: "0 mg/day", step: 10, every: "7 day")
  linear.shape = .linear
  #expect(
    Weaning(linear).levels.map { $0.dose }
      == (try (0...10).map { try q("\(40 - 4 * $0) mg/day") }.map { $0 / 10 }))
}

@Test func `the day on which the flow falls below the minimum is the day for a weaker solution`() throws {
  var request = try wean("morphine", from: "4 mg/day", to: "0.5 mg/day", step: 20, every: "7 day")
  request.concentration = try q("20 mg/mL")
  request.date = try day("2026-01-01")
  let taper = Weaning(request)
  let level = try #require(taper.needsDilution)  // 4 x 0.8^7 = 0.84 < 0.96 mg/day
  #expect(level.after == (try q("49 day")))
  #expect(taper.answer.text("dilution_needed_on") == "2026-02-19")
  #expect(taper.answer.codes.contains("BELOW_PUMP_MINIMUM"))
  #expect(taper.answer.message.contains("10.4 mg/mL"))
}

@Test(arguments: ["baclofen", "clonidine"], [(21, "1 day"), (50, "7 day"), (11, "12 h"), (30, "14 day")])
func `more than 20 % in a day is refused where sudden lack can kill`(drug: String, step: (Int, String)) throws
{
  let taper = Weaning(try wean(drug, from: "400 mcg/day", to: "50 mcg/day", step: step.0, every: step.1))
  #expect(taper.answer.status == .blocked && taper.levels.isEmpty)
  #expect(taper.answer.codes.contains("DROP_TOO_LARGE"))
  #expect(taper.answer.message.contains("20 %"))
}

@Test(arguments: ["baclofen", "clonidine"], Weaning.Shape.allCases)
func `no day of any taper takes more than 20 % of baclofen or clonidine`(drug: String, shape: Weaning.Shape)
  throws
{
  let steps = [(20, "1 day"), (10, "12 h"), (5, "6 h"), (20, "7 day"), (3, "2 h"), (10, "1 day")]
  for (step, every) in steps {
    var request = try wean(drug, from: "400 mcg/day", to: "20 mcg/day", step: step, every: every)
    request.shape = shape
    let taper = Weaning(request)
    for (i, level) in taper.levels.enumerated() {
      let later = taper.levels[i...].prefix { $0.after - level.after < (Time(1, .days)) }
      let before = i > 0 ? taper.levels[i - 1].dose : level.dose
      let last = try #require(later.last)
      #expect(last.dose >= ExactNumber(4, over: 5) * before)
    }
  }
}

@Test func `no preset lowers baclofen or clonidine by more than 20 % a day, and each has a source`() throws {
  for name in ["baclofen", "clonidine", "morphine", "hydromorphone", "fentanyl", "sufentanil", "ziconotide"] {
    let drug = PumpDrug(named: name)
    for preset in Weaning.Preset.all(for: drug) {
      #expect(preset.step.source != nil)
      if drug.largestDrop != nil {
        #expect(preset.step.value <= Ratio(20, .percent) && preset.interval >= Time(1, .days))
      }
    }
  }
  #expect(Weaning.Preset.all(for: PumpDrug(named: "baclofen")).contains { $0.id == "baclofen_japan" })
}

@Test func `a taper that never ends or does not fall is refused`() throws {
  #expect(
    Weaning(try wean("morphine", from: "4 mg/day", to: "0 mg/day", step: 10, every: "7 day")).answer.codes
      .contains("NEVER_ZERO"))
  #expect(
    Weaning(try wean("morphine", from: "4 mg/day", to: "5 mg/day", step: 10, every: "7 day")).answer.codes
      .contains("NOT_A_TAPER"))
}

@Test func `a scan with a late restart misses a day of baclofen`() throws {
  let stop = Interruption(
    drug: PumpDrug(named: "baclofen"), dose: (try q("200 mcg/day"), .micrograms),
    stop: .init(try q("45 min"), delay: try q("24 h"), reason: .mri, device: try synchroMed()))
  #expect(stop.answer.number("missed") == 206.25)
  #expect(stop.asNaive && stop.answer.text("restart") == "as naive")
  #expect(stop.answer.codes.contains("INTERROGATE"))
}

@Test func `a gap of just a day is no loss of tolerance, an hour more is`() throws {
  func stop(_ time: String) throws -> Interruption {
    Interruption(
      drug: PumpDrug(named: "morphine"), dose: (try q("4 mg/day"), .milligrams), stop: .init(try q(time)))
  }
  let (short, long) = (try stop("24 h"), try stop("25 h"))
  #expect(!short.asNaive && long.asNaive)
  #expect(try stop("25 h").answer.number("withdrawal_from_h") == 24)
  #expect(try stop("25 h").answer.number("restart_dose") == 0.2)
  let ziconotide = Interruption(
    drug: PumpDrug(named: "ziconotide"), dose: (try q("2.4 mcg/day"), .micrograms), stop: .init(try q("48 h"))
  )
  #expect(ziconotide.answer.number("withdrawal_from_h") == nil)
}
