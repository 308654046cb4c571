import Testing
import ThecalFormulary
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalDosing

/// Every window of the data outside the cerebrospinal fluid.
private let windows: [(drug: String, window: PlausibilityWindow)] = Formulary.embedded.drugs.flatMap { drug in
  drug.windows.filter { $0.route != .intrathecal }.map { (drug.id, $0) }
}

/// `value` of the window's own unit a day, given evenly.
private func medicine(_ drug: String, _ window: PlausibilityWindow, _ value: ExactNumber) throws -> Medicine {
  let unit = try #require(DoseRate.unit(named: window.unit == "mcg/h" ? "mcg/h" : "\(window.unit)/day"))
  return infused(drug, value, unit, by: window.route)
}

@Test(arguments: windows.indices) func `each of the four borders of a window belongs to the milder side`(
  index: Int
) throws {
  let (drug, window) = windows[index]
  func topic(_ value: ExactNumber) throws -> DosingTopic? {
    try rules.check(medicine(drug, window, value)).topics.first { $0 != .slipOfDose }
  }
  #expect(try topic(window.oddBelow) == nil && topic(window.oddAbove) == nil)
  #expect(
    try topic(justBelow * window.oddBelow) == .unusualDose
      && topic(justAbove * window.oddAbove) == .unusualDose)
  #expect(try topic(window.impossibleBelow) == .unusualDose && topic(window.impossibleAbove) == .unusualDose)
  #expect(
    try topic(justBelow * window.impossibleBelow) == .implausibleDose
      && topic(justAbove * window.impossibleAbove) == .implausibleDose)
}

@Test func `the windows of the data lie around what is ordinary`() {
  #expect(windows.count >= 30)
  for (drug, window) in windows {
    #expect(window.impossibleBelow < window.oddBelow && window.oddBelow < window.oddAbove, "\(drug)")
    #expect(window.oddAbove < window.impossibleAbove, "\(drug)")
  }
}

@Test func `a window in micrograms acts on milligrams`() throws {
  let window = try #require(use("baclofen").window(.intrathecal))
  #expect(
    window.oddBelow == 0.01 && window.oddAbove == 2 && window.impossibleAbove == 20 && window.unit == "mg/day"
  )
  let fentanyl = try #require(use("fentanyl").window(.transdermal))
  #expect(fentanyl.oddAbove == 417 && fentanyl.unit == "mcg/h")
  #expect(try use("oxycodone").window(.intrathecal) == nil)
}

@Test func `beyond belief blocks and unusual asks`() throws {
  let odd = rules.check(taken("morphine", 1_001, line: 4))
  #expect(odd.topics.first == .unusualDose && odd[0].severity == .review && odd[0].code == .unusualDose)
  #expect(odd[0].place == Place(line: 4, field: "dose"))
  let impossible = rules.check(taken("morphine", 10_001))
  #expect(impossible.topics.first == .implausibleDose && impossible.status == .blocked)
  #expect(
    impossible[0].evidence == [
      .amount(10_001, "mg/day"), .text("oral"), .drug("morphine"), .amount(0.3, "mg/day"),
      .amount(10_000, "mg/day"),
    ])
  #expect(impossible[0].citations.map(\.source) == ["thecal_safety_windows"])
}

/// What one slip makes of an ordinary figure, and the slips that explain it.
private let slips: [(Medicine, [(Slip, ExactNumber)])] = [
  // 60 mg of morphine as micrograms, as grams; with a point lost, with a zero lost.
  (taken("morphine", 0.06), [(.microgramsForMilligrams, 60)]),
  (taken("morphine", 60_000), [(.milligramsForMicrograms, 60)]),
  (taken("morphine", 6_000), [(.milligramsForMicrograms, 6), (.tenfold, 600)]),
  (taken("morphine", 0.5), [(.microgramsForMilligrams, 500), (.tenth, 5)]),
  // 2,400 mg in four doses: the amount of a day written four times.
  (taken("morphine", 600, times: 4), [(.tenfold, 240), (.dailyAsSingle, 600)]),
  // 0.1 mg/h as a day's amount, and a day's amount as an hour's.
  (
    infused("morphine", 0.3, .milligramsPerDay, by: .intravenous),
    [(.microgramsForMilligrams, 300), (.tenth, 3), (.perDayForPerHour, 7.2)]
  ),
  (
    infused("morphine", 20, .milligramsPerHour, by: .intravenous),
    [(.milligramsForMicrograms, 0.48), (.tenfold, 48), (.perHourForPerDay, 20)]
  ),
]

@Test(arguments: slips.indices) func `a slip is named with what it would have meant`(index: Int) throws {
  let (medicine, expected) = slips[index]
  let found = rules.check(medicine)
  let window = try #require(use(medicine.drug).window(medicine.route))
  let ordinary = expected.filter { window.isOrdinary($0.1) }
  #expect(!window.isOrdinary(DailyAmount(of: medicine).value))
  #expect(found.first(.slipOfDose)?.evidence == [.either(ordinary.map { .slip($0.0, $0.1, "mg/day") })])
  #expect(found.first(.slipOfDose)?.code == .typoSuspected && found.status == .blocked)
}

@Test func `a slip must lead to the ordinary part, not only to what is possible`() throws {
  // 11,000 mg: a tenth of it is 1,100 mg, odd itself; a thousandth is 11 mg.
  let window = try #require(use("morphine").window(.oral))
  let slips = window.slips(explaining: 11_000, isRate: false)
  #expect(slips.map(\.slip) == [.milligramsForMicrograms] && slips.map(\.meant) == [11])
  #expect(window.slips(explaining: 3_000_000, isRate: false).isEmpty)
}

@Test func `in the pump the ordinary part ends at the limit`() throws {
  // Baclofen is ordinary up to 2,000 mcg/day by its window and limited to 1,000.
  func topics(_ dose: ExactNumber) -> [DosingTopic] {
    rules.check(infused("baclofen", dose, .microgramsPerDay, by: .intrathecal)).topics
  }
  #expect(topics(1_000).isEmpty && topics(1_001).first == .unusualDose && topics(1_500).first == .unusualDose)
  let window = PlausibleWindow(
    impossibleBelow: 1, oddBelow: 2, oddAbove: 10, impossibleAbove: 20, unit: "mg/day")
  #expect(window.limited(to: 5).oddAbove == 5 && window.limited(to: 5).impossibleAbove == 20)
  #expect(
    window.limited(to: 10) == window && window.limited(to: 15) == window && window.limited(to: nil) == window)
  #expect(window.limited(to: 1.5).oddBelow == 1.5)
}

@Test func `what stands on a border stays possible after any limit`() {
  var random = SeededGenerator(seed: 12)
  for _ in 0..<500 {
    let numbers = (0..<4).map { _ in ExactNumber(Int.random(in: 1...10_000, using: &random), over: 100) }
      .sorted()
    let window = PlausibleWindow(
      impossibleBelow: numbers[0], oddBelow: numbers[1], oddAbove: numbers[2], impossibleAbove: numbers[3],
      unit: "mg/day")
    let limit = ExactNumber(Int.random(in: 1...10_000, using: &random), over: 100)
    let limited = window.limited(to: limit)
    #expect(limited.oddAbove <= window.oddAbove && limited.oddBelow <= limited.oddAbove)
    #expect(!limited.isOrdinary(limited.oddAbove + 1) && limited.isOrdinary(limited.oddAbove))
    for (slip, meant) in limited.slips(explaining: numbers[3] * 7, isRate: true, timesPerDay: 3) {
      #expect(limited.isOrdinary(meant) && slip != .dailyAsSingle)
    }
  }
}
