import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

private func visit(_ found: String, flow: String = "0.25 mL/day") throws -> RefillDiscrepancy.Visit {
  RefillDiscrepancy.Visit(
    previous: try q("20 mL"), flow: try q(flow), elapsed: try q("60 day"), found: try q(found))
}

private func discrepancy(_ found: String, cause: String? = nil, drug: String? = nil) throws
  -> RefillDiscrepancy
{
  RefillDiscrepancy(
    device: testPump(), visits: [try visit(found)], cause: RefillDiscrepancy.causes.first { $0.id == cause },
    content: drug.map { RefillDiscrepancy.Content(PumpDrug(named: $0)) })
}

@Test func `expected, ratio and difference as published, and both rules fire`() throws {
  let found = try discrepancy("8.5 mL")
  #expect(found.visits[0].expected(residual: found.residual) == (try q("5 mL")))
  #expect(found.visits[0].delta(residual: found.residual) == (try q("3.5 mL")))
  #expect(rounded(found.visits[0].ratio(residual: found.residual), 3) == 0.767)
  #expect(found.outcome.codes.contains(.volumeDiscrepancy) && found.outcome.codes.contains(.outsideAccuracy))
  #expect(found.outcome.codes.contains(.causeFirst) && found.outcome.status == .review)
  #expect(found.restart.kind == .assessFirst && found.causes.contains { $0.id == "kink" })
}

@Test(arguments: [("7 mL", false), ("7.01 mL", true), ("3 mL", false), ("2.99 mL", true)])
func `two milliliters are the border of a discrepancy`(found: String, differs: Bool) throws {
  #expect(try discrepancy(found).outcome.codes.contains(.volumeDiscrepancy) == differs)
  #expect(try (discrepancy(found).restart.kind == .asProgrammed) == !differs)
}

@Test(arguments: [("5 mL", 14.5, false), ("7.17 mL", 14.5, false), ("7.18 mL", 14.5, true)])
func `the accuracy of the pump is the border of the ratio`(found: String, accuracy: Double, isOutside: Bool)
  throws
{
  var pump = testPump()
  pump.slowest = Cited(stated: Ratio(accuracy, .percent))
  // 15 mL were programmed: 14.5 % of them are 2.175 mL, which the volume rule names on its own.
  let outcome = RefillDiscrepancy(device: pump, visits: [try visit(found)]).outcome
  #expect(outcome.codes.contains(.outsideAccuracy) == isOutside)
}

@Test(arguments: ["stall", "kink", "residual_not_withdrawn", "boluses_not_used", nil] as [String?])
func `no stated cause makes it safe to go on after a pump hardly delivered`(cause: String?) throws {
  let stuck = try discrepancy("19 mL", cause: cause)
  #expect(stuck.restart.kind == .assessFirst && stuck.outcome.codes.contains(.causeFirst))
  #expect(stuck.outcome.isRefused == (cause == nil))
}

@Test func `half of what was programmed is the border of a large loss`() throws {
  #expect(try !discrepancy("12.5 mL").outcome.isRefused)  // 7.5 of 15 mL
  #expect(try discrepancy("12.51 mL").outcome.isRefused)
}

@Test func `far too little left is over-infusion or a pocket fill: the patient first`() throws {
  let over = try discrepancy("2 mL")
  #expect(over.outcome.codes.contains(.overInfusion) && over.restart.kind == .assessFirst)
  #expect(over.causes.contains { $0.id == "pocket_fill" } && over.drySince == nil)
}

@Test func `a volume that fits clears neither the catheter nor the patient`() throws {
  let found = try discrepancy("5.5 mL")
  #expect(found.outcome.status == .ok && found.restart.kind == .asProgrammed)
  #expect(found.causes.contains { $0.id == "disconnection" })
}

@Test func `a pump refilled late ran dry between the fast and the slow day, and nothing is too much`() throws
{
  let late = RefillDiscrepancy(
    device: testPump(),
    visits: [
      .init(
        previous: try q("20 mL"), flow: try q("0.25 mL/day"), elapsed: try q("90 day"), found: try q("1.4 mL")
      )
    ])
  let dry = try #require(late.drySince)
  #expect(dry.earliest.nearestDay == 65 && dry.latest.nearestDay == 87 && dry.nominal?.nearestDay == 74)
  #expect(late.outcome.codes.contains(.ranDry) && !late.outcome.codes.contains(.volumeDiscrepancy))
  #expect(!late.outcome.codes.contains(.overInfusion) && late.causes.map(\.id) == ["refilled_late"])
  #expect(late.restart.kind == .assessFirst)  // no drug is named
}

@Test func `a pump found empty is never as programmed, although its alarm was still to come`() throws {
  let empty = RefillDiscrepancy(
    device: try synchroMed(),
    visits: [
      .init(previous: try q("40 mL"), flow: try q("0.2065 mL/day"), elapsed: try q("184 day"), found: .zero)
    ])
  let dry = try #require(empty.drySince)
  #expect(try dry.earliest.nearestDay == 163 && dry.latest == (try q("184 day")) && dry.nominal == nil)
  #expect(empty.restart.kind != .asProgrammed && empty.outcome.codes.contains(.ranDry))
  #expect(!empty.outcome.codes.contains(.volumeDiscrepancy) && empty.causes.map(\.id) == ["refilled_late"])
}

@Test(arguments: [("1.4 mL", true), ("1.41 mL", false)])
func `the residual volume is the border of dry`(found: String, isDry: Bool) throws {
  #expect(try (discrepancy(found).drySince != nil) == isDry)
}

@Test func `a pump that is dry before its fast edge was never what was programmed`() throws {
  let early = try discrepancy("0 mL")  // 5 mL should be left after 60 days
  #expect(early.drySince?.earliest == Time.zero && early.outcome.codes.contains(.overInfusion))
  #expect(Set(early.causes.map(\.direction)) == [.dry, .over] && early.restart.kind == .assessFirst)
}

@Test(arguments: [
  ("baclofen", "77 day", RestartRule.Kind.restorePrevious), ("baclofen", "88 day", .assessFirst),
  ("baclofen", "95 day", .asNew), ("morphine", "95 day", .asNew), ("morphine", "90 day", .asNew),
])
func `a dry pump is taken up again by drug and by the length of the gap, where both ends say the same`(
  drug: String, elapsed: String, kind: RestartRule.Kind
) throws {
  var pump = testPump()
  (pump.fastest, pump.slowest) = (Cited(stated: Ratio(2, .percent)), Cited(stated: Ratio(2, .percent)))
  let dry = RefillDiscrepancy(
    device: pump,
    visits: [
      .init(
        previous: try q("20 mL"), flow: try q("0.25 mL/day"), elapsed: try q(elapsed), found: try q("1.4 mL"))
    ],
    content: .init(PumpDrug(named: drug)))
  #expect(dry.restart.kind == kind)
}

@Test func `a flow per hour that was meant per day is refused, and the slip named`() throws {
  let slip = RefillDiscrepancy(device: testPump(), visits: [try visit("8.5 mL", flow: "0.25 mL/h")])
  #expect(slip.outcome.status == .blocked && slip.outcome.codes.contains(.typoSuspected))
  #expect(slip.outcome.evidence(.slipOfFlow)?.last == .either([.slip(.perHourForPerDay, 0.25, "mL/day")]))
}

@Test func `more found than filled is refused`() throws {
  #expect(try discrepancy("20.1 mL").outcome.codes.contains(.foundAboveFill))
  #expect(try !discrepancy("20 mL").outcome.codes.contains(.foundAboveFill))
}

@Test func `a drift shows over visits that each pass`() throws {
  let visits = try (0..<8).map { _ in try visit("3.2 mL") }  // 12 % too much every time
  func codes(_ visits: [RefillDiscrepancy.Visit]) -> [Code] {
    RefillDiscrepancy(device: testPump(), visits: visits).outcome.codes
  }
  #expect(!codes([visits[0]]).contains(.outsideAccuracy) && codes(visits).contains(.trendDrift))
  #expect(!codes(try (0..<8).map { try visit($0 % 2 == 0 ? "4.5 mL" : "5.5 mL") }).contains(.trendDrift))
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
  #expect(taper.outcome.codes.contains(.belowPumpMinimum))
  #expect(taper.outcome.evidence(.weakerSolution)?.last == .strength(try q("10.4 mg/mL"), .milligrams))
}

@Test(arguments: ["baclofen", "clonidine"], [(21, "1 day"), (50, "7 day"), (11, "12 h"), (30, "14 day")])
func `more than 20 % in a day is refused where sudden lack can kill`(drug: String, step: (Int, String)) throws
{
  let taper = Weaning(try wean(drug, from: "400 mcg/day", to: "50 mcg/day", step: step.0, every: step.1))
  #expect(taper.outcome.status == .blocked && taper.levels.isEmpty)
  #expect(taper.outcome.codes.contains(.dropTooLarge))
  #expect(taper.outcome.alternative?.evidence == [.number(20)])
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
      #expect(!preset.step.source.isEmpty)
      if drug.use?.intrathecal?.largestDrop != nil {
        #expect(preset.step.value <= Ratio(20, .percent) && preset.interval >= Time(1, .days))
      }
    }
  }
  #expect(Weaning.Preset.all(for: PumpDrug(named: "baclofen")).contains { $0.id == "baclofen_japan" })
}

@Test func `a taper that never ends or does not fall is refused`() throws {
  #expect(
    Weaning(try wean("morphine", from: "4 mg/day", to: "0 mg/day", step: 10, every: "7 day")).outcome.codes
      .contains(.neverZero))
  #expect(
    Weaning(try wean("morphine", from: "4 mg/day", to: "5 mg/day", step: 10, every: "7 day")).outcome.codes
      .contains(.notATaper))
}

@Test func `twenty percent a day is the last step of baclofen and clonidine that passes`() throws {
  for drug in ["baclofen", "clonidine"] {
    let border = Weaning(try wean(drug, from: "400 mcg/day", to: "50 mcg/day", step: 20, every: "1 day"))
    #expect(try !border.outcome.isRefused && border.levels[1].dose == (try q("320 mcg/day")))
  }
}

@Test func `a taper from a slip, or of a drug that has no place in a pump, has no schedule`() throws {
  let slip = Weaning(try wean("baclofen", from: "400 mg/day", to: "50 mcg/day", step: 10, every: "7 day"))
  #expect(
    slip.levels.isEmpty && slip.outcome.codes.contains(.typoSuspected) && slip.outcome.alternative == nil)
  #expect(
    Weaning(try wean("vincristine", from: "4 mg/day", to: "1 mg/day", step: 10, every: "7 day")).levels
      .isEmpty)
}
