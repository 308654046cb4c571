import Glibc
import Testing
import ThecalPump
import ThecalDosing
import ThecalQuantities
import ThecalOptimization
import _ThecalTestSupport

@testable import ThecalTitration

func mcgPerDay(_ number: ExactNumber) -> DoseRate { DoseUnit.micrograms.rate(number) }

/// The label of baclofen for adults with spasticity of spinal origin.
let spinalBaclofen = TitrationLimits(
  unit: .micrograms, first: mcgPerDay(100), highest: mcgPerDay(1_000), step: .share(ExactNumber(3, over: 10)),
  interval: 1, largestDrop: ExactNumber(1, over: 5))

/// The label of ziconotide.
let ziconotide = TitrationLimits(
  unit: .micrograms, first: mcgPerDay(1.2), highest: mcgPerDay(19.2), step: .amount(mcgPerDay(2.4)),
  interval: 2, perWeek: 3, highestNotBefore: 21)

/// A response that settles like 1 − e^{−kt}.
func settling(gain: Double, perDay k: Double, days: Int = 90) -> LevelResponse {
  LevelResponse(steps: (1...days).map { gain * (1 - exp(-k * Double($0))) })
}

extension TitrationLimits {
  /// Any rules.
  static func random(using random: inout SeededGenerator) -> Self {
    let isShare = Bool.random(using: &random)
    var limits = TitrationLimits(
      unit: .micrograms, first: mcgPerDay(ExactNumber(Int.random(in: 20...200, using: &random))),
      highest: mcgPerDay(ExactNumber(Int.random(in: 200...1_500, using: &random))),
      step: isShare
        ? .share(ExactNumber(Int.random(in: 5...50, using: &random), over: 100))
        : .amount(mcgPerDay(ExactNumber(Int.random(in: 5...100, using: &random)))),
      interval: Int.random(in: 1...4, using: &random))
    if Bool.random(using: &random) { limits.perWeek = Int.random(in: 1...3, using: &random) }
    if Bool.random(using: &random) { limits.largestDrop = ExactNumber(1, over: 5) }
    if Bool.random(using: &random) {
      limits.lowest = mcgPerDay(ExactNumber(Int.random(in: 1...15, using: &random)))
    }
    if Bool.random(using: &random) {
      limits.stroke = mcgPerDay(ExactNumber(Int.random(in: 1...9, using: &random), over: 4))
    }
    if Bool.random(using: &random) { limits.highestNotBefore = Int.random(in: 2...30, using: &random) }
    return limits
  }
}

@Test func `baclofen rises by 30 % a day, rounded down`() {
  let schedule = LabelSchedule(to: mcgPerDay(400), over: 8, within: spinalBaclofen)
  #expect(schedule.doses == [100, 130, 169, 219, 284, 369, 400, 400].map(mcgPerDay))
}

@Test
func `ziconotide rises by 2.4 mcg at most three times in seven days, and not to its ceiling before day 21`() {
  let doses = LabelSchedule(to: mcgPerDay(30), over: 30, within: ziconotide).doses
  let rises = (1..<30).filter { doses[$0] > doses[$0 - 1] }.map { $0 + 1 }
  for day in rises { #expect(rises.count { (day - 6...day).contains($0) } <= 3) }
  #expect(doses.firstIndex(of: mcgPerDay(19.2)).map { $0 + 1 } == 21)
  #expect(zip(doses, doses.dropFirst()).allSatisfy { $1 - $0 <= mcgPerDay(2.4) })
}

@Test func `levels superpose: a schedule is the sum of its changes`() {
  let response = settling(gain: 2, perDay: 0.7)
  let levels = response.levels([1, 1, 3, 0])
  #expect(abs(levels[1] - 2 * (1 - exp(-1.4))) < 1e-14)
  #expect(abs(levels[2] - (2 * (1 - exp(-2.1)) + 4 * (1 - exp(-0.7)))) < 1e-14)
  let third = 2 * (1 - exp(-2.8)) + 4 * (1 - exp(-1.4)) - 6 * (1 - exp(-0.7))
  #expect(abs(levels[3] - third) < 1e-14)
}

/// Every label rule, over plans that nobody thought of.
@Test(arguments: 0..<150 as Range<UInt64>)
func `no schedule breaks a rule, and optimal is never slower than label nor past a limit`(seed: UInt64) throws
{
  var random = SeededGenerator(seed: seed)
  let limits = TitrationLimits.random(using: &random)
  let days = Int.random(in: 1...60, using: &random)
  let goal = mcgPerDay(ExactNumber(Int.random(in: 30...1_500, using: &random)))
  guard min(goal, limits.first) >= limits.lowest, limits.deliverable(min(goal, limits.first)) >= limits.lowest
  else {
    return
  }
  let response = settling(
    gain: .random(in: 0.1...50, using: &random), perDay: .random(in: 0.2...5, using: &random))
  var task = OptimalSchedule.Task(
    limits: limits, days: days, goal: min(goal, limits.highest),
    response: Bool.random(using: &random) ? response : nil)
  let label = LabelSchedule(to: task.goal, over: days, within: limits).doses
  if Bool.random(using: &random) {
    // A limit elsewhere that the goal can just satisfy, as the level follows more slowly there.
    let other = settling(gain: 3, perDay: 0.3)
    task.caps = [(other, other.gain * task.goal.base * Double.random(in: 1...1.5, using: &random))]
  }
  #expect(limits.violations(of: label) == [])
  #expect(!OptimalSchedule.passes(label, task))
  let optimal = try OptimalSchedule(task, label: label)
  #expect(optimal.residual.largest < 1e-9)
  #expect(limits.violations(of: optimal.doses) == [])
  #expect(!OptimalSchedule.passes(optimal.doses, task))
  #expect(
    OptimalSchedule.arrival(optimal.doses, task) ?? .max <= OptimalSchedule.arrival(label, task) ?? .max)
}

@Test func `a rule that is broken is named`() {
  func rules(_ numbers: [ExactNumber]) -> [TitrationLimits.Violation.Rule] {
    spinalBaclofen.violations(of: numbers.map(mcgPerDay)).map(\.rule)
  }
  #expect(rules([100, 130]) == [])
  #expect(rules([101]) == [.first])
  #expect(rules([100, 131]) == [.step])
  #expect(rules([100, 79]) == [.drop])
  #expect(rules([99.95]) == [.resolution])
  var fast = ziconotide
  fast.highestNotBefore = 1
  let doses: [ExactNumber] = [1.2, 1.2, 3.6, 6]
  #expect(fast.violations(of: doses.map(mcgPerDay)) == [.init(day: 4, rule: .interval)])
  #expect(spinalBaclofen.violations(of: [100, 1_001].map(mcgPerDay)).contains { $0.rule == .highest })
}

@Test func `a slow level is reached sooner by a dose above the one that holds it`() throws {
  let response = settling(gain: 5, perDay: 0.15)
  let task = OptimalSchedule.Task(
    limits: spinalBaclofen, days: 60, goal: mcgPerDay(300), response: response)
  let label = LabelSchedule(to: task.goal, over: 60, within: spinalBaclofen).doses
  let optimal = try OptimalSchedule(task, label: label)
  let (slow, fast) = (OptimalSchedule.arrival(label, task)!, OptimalSchedule.arrival(optimal.doses, task)!)
  #expect(fast <= slow - 5)
  #expect(optimal.doses.max()! > mcgPerDay(300))
  let levels = response.levels(optimal.doses.map(\.base))
  #expect(levels.max()! <= 1.06 * 5 * task.goal.base)
  // And it stays there.
  #expect(levels[(fast - 1)...].allSatisfy { $0 > 0.93 * 5 * task.goal.base })
}
