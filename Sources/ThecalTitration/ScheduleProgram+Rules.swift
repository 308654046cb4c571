import ThecalDosing
import ThecalLinearAlgebra
import ThecalPump
import ThecalQuantities

extension ScheduleProgram {
  /// Level over `scale` at the end of each day per goal-sized unit in each stretch; the dose itself without a
  /// response.
  static func course(
    _ response: (LevelResponse, scale: Double)?, _ task: OptimalSchedule.Task, _ starts: [Int]
  ) -> Matrix {
    var course = Matrix(rows: task.days, columns: starts.count)
    for (k, start) in starts.enumerated() {
      let end = k + 1 < starts.count ? starts[k + 1] : task.days + 1
      for day in start...task.days {
        if let (response, scale) = response {
          // On since `start`, off again since `end`.
          let on = response.after(day - start + 1)
          let off = response.after(day - end + 1)
          course[day - 1, k] = (on - off) / scale
        } else {
          course[day - 1, k] = day < end ? 1 : 0
        }
      }
    }
    return course
  }

  /// Every rule as normal · x ≥ bound.
  static func constraints(
    _ task: OptimalSchedule.Task, _ starts: [Int], _ course: Matrix, _ rest: [Double]
  ) -> (normals: [Double], bounds: [Double]) {
    var rules = RuleRows(count: starts.count)
    let (limits, goal) = (task.limits, task.goal.base)
    for (k, start) in starts.enumerated() {
      let most = k == 0 ? min(limits.first, limits.most(on: 1)) : limits.most(on: start)
      rules.add([(k, -1)], -most.base / goal)
      rules.add([(k, 1)], limits.lowest.base / goal)
      guard k > 0 else { continue }
      switch limits.step {
      case .share(let share): rules.add([(k - 1, 1 + share.double), (k, -1)], 0)
      case .amount(let amount): rules.add([(k - 1, 1), (k, -1)], -amount.base / goal)
      }
      if let drop = limits.largestDrop { rules.add([(k, 1), (k - 1, -(1 - drop.double))], 0) }
    }
    if let last = task.past.last, let drop = limits.largestDrop {
      rules.add([(0, 1)], (1 - drop.double) * last.base / goal)
    }
    // What is left of doses given before may lie above a level by itself; more must not be added then.
    if task.response != nil { rules.addCeiling(course, rest.map { max(0, 1 + task.overshoot - $0) }) }
    for cap in task.caps {
      let left = Self.remainder(cap.response, task).map { max(0, cap.level * (1 - roundingRoom) - $0) }
      rules.addCeiling(Self.course((cap.response, scale: 1 / goal), task, starts), left)
    }
    return (rules.normals, rules.bounds)
  }
}

/// What is left below a level that must not be passed for doses that rounding raises: a drop of the dose may end
/// one digit higher than planned.
private let roundingRoom = 0.005

/// Rows of constraints, growing.
private struct RuleRows {
  let count: Int
  var normals: [Double] = []
  var bounds: [Double] = []

  init(count: Int) { self.count = count }

  mutating func add(_ entries: [(Int, Double)], _ bound: Double) {
    var row = Array(repeating: 0.0, count: count)
    for (index, value) in entries { row[index] = value }
    normals += row
    bounds.append(bound)
  }

  /// Keeps every row of `course` at or below its level.
  mutating func addCeiling(_ course: Matrix, _ levels: [Double]) {
    for day in 0..<course.rows {
      for k in 0..<count { normals.append(-course[day, k]) }
      bounds.append(-levels[day])
    }
  }
}

extension LabelSchedule {
  /// The largest dose that the rules allow on every day, goal or not.
  static func largest(over days: Int, within limits: TitrationLimits) -> [DoseRate] {
    var dose = min(limits.first, limits.most(on: 1))
    var doses = [dose]
    var rises: [Int] = []
    for day in 2...max(2, days) where day <= days {
      if limits.mayRise(on: day, after: rises) {
        rises.append(day)
        dose = min(limits.next(after: dose), limits.most(on: day))
      }
      doses.append(dose)
    }
    return doses
  }
}

extension TitrationLimits {
  /// The smallest deliverable dose that is not below `dose`, at most `most`, which is deliverable.
  func raised(_ dose: DoseRate, atMost most: DoseRate) -> DoseRate {
    let down = deliverable(dose)
    guard down < dose else { return down }
    if let stroke { return min(down + stroke, most) }
    // One more in the last of three digits.
    let number = unit.perDay(dose)
    var place = ExactNumber(1)
    while number / place >= 1_000 { place = place * 10 }
    while number / place < 100 { place = place / 10 }
    return min(unit.rate(unit.perDay(down) + place), most)
  }
}
