import ThecalLinearAlgebra
import ThecalPump
import ThecalQuantities
import ThecalOptimization

/// The quadratic programme of a titration: one unknown per stretch of days between two possible changes.
///
/// Unknowns are doses over the goal, so that every number in it is near one.
struct ScheduleProgram: ~Copyable {
  /// What a solution says.
  struct Answer {
    /// The day by which it was made to arrive; nil where it was free.
    let arrival: Int?
    /// One value per stretch.
    let blocks: [Double]
    /// One dose per day, µg/h.
    let daily: [Double]
    /// The proof.
    let residual: KKTResidual
  }

  private let task: OptimalSchedule.Task
  /// The first day of each stretch.
  private let starts: [Int]
  /// Level over target at the end of each day, per unit in each stretch.
  private let course: Matrix
  /// Level over target at the end of each day from what was given before.
  private let rest: [Double]
  private let hessian: Matrix
  private let gradient: [Double]
  private var normals: [Double] = []
  private var bounds: [Double] = []
  private var program: QuadraticProgram
  private var freeProgram: QuadraticProgram

  init(_ task: OptimalSchedule.Task) {
    self.task = task
    starts = [1] + task.limits.riseDays(through: task.days)
    course = Self.course(task.response.map { ($0, $0.gain) }, task, starts)
    let count = starts.count
    var hessian = Matrix(rows: count, columns: count)
    hessian.becomeProduct(course, course, transposingLeft: true)
    // Where two schedules are equally near, the one that changes less is better; this also makes it unique.
    for k in 0..<count {
      hessian[k, k] +=
        Self.smoothness * (k == 0 || k == count - 1 ? 1 : 2) + Self.smoothness * Self.smoothness
      if k > 0 {
        hessian[k, k - 1] -= Self.smoothness
        hessian[k - 1, k] -= Self.smoothness
      }
    }
    self.hessian = hessian
    var gradient = Array(repeating: 0.0, count: count)
    rest = Self.remainder(task.response, task).map { $0 / (task.goal.base * (task.response?.gain ?? 1)) }
    course.multiply(rest.map { $0 - 1 }, into: &gradient, transposed: true)
    self.gradient = gradient
    let fixed = Self.constraints(task, starts, course, rest)
    normals = fixed.normals
    bounds = fixed.bounds
    program = QuadraticProgram(variables: count, constraints: fixed.bounds.count + 1)
    freeProgram = QuadraticProgram(variables: count, constraints: fixed.bounds.count)
  }

  /// The level at the end of each day from what was given before day 1; nothing where the dose itself counts.
  static func remainder(_ response: LevelResponse?, _ task: OptimalSchedule.Task) -> [Double] {
    guard let response, !task.past.isEmpty else { return Array(repeating: 0, count: task.days) }
    let doses = task.past.map(\.base) + Array(repeating: 0, count: task.days)
    return Array(response.levels(doses).dropFirst(task.past.count))
  }

  /// The weight of a change against a distance from the target.
  private static let smoothness = 1e-6

  /// The first day on which the target could be reached if only steps, first dose and ceiling counted.
  func soonest() -> Int {
    let most = LabelSchedule.largest(over: task.days, within: task.limits)
    return OptimalSchedule.arrival(most, task) ?? task.days + 1
  }

  /// The schedule nearest to the target among those that have arrived on `day`.
  mutating func solve(arriving day: Int?) throws(QuadraticProgramError) -> Answer {
    let count = starts.count
    guard let day else {
      try freeProgram.solve(
        hessian: hessian, gradient: gradient,
        normals: Matrix(rows: count, columns: bounds.count, elements: normals), bounds: bounds)
      return answer(nil, freeProgram.point, freeProgram.residual)
    }
    let row = (0..<count).map { course[day - 1, $0] }
    try program.solve(
      hessian: hessian, gradient: gradient,
      normals: Matrix(rows: count, columns: bounds.count + 1, elements: normals + row),
      bounds: bounds + [task.reached - rest[day - 1]])
    return answer(day, program.point, program.residual)
  }

  private func answer(_ day: Int?, _ blocks: [Double], _ residual: KKTResidual) -> Answer {
    var daily = Array(repeating: 0.0, count: task.days)
    for (k, start) in starts.enumerated() {
      let end = k + 1 < starts.count ? starts[k + 1] : task.days + 1
      for day in start..<end { daily[day - 1] = blocks[k] * task.goal.base }
    }
    return Answer(arrival: day, blocks: blocks, daily: daily, residual: residual)
  }

  /// The doses as the pump can deliver them. Rounding down can make a step after it too large and a drop before
  /// it too deep, so the rules are applied once more, from day to day.
  func rounded(_ blocks: [Double]) -> [DoseRate] {
    let limits = task.limits
    var doses: [DoseRate] = []
    for (k, start) in starts.enumerated() {
      // A dose that misses a round number by rounding error is that number.
      let wanted = DoseRate(base: blocks[k] * task.goal.base * (1 + Self.nudge))
      var dose = limits.deliverable(min(wanted, limits.most(on: start)))
      if let before = doses.last {
        if dose > before { dose = limits.deliverable(min(dose, limits.next(after: before))) }
        if let drop = limits.largestDrop, dose < (1 - drop) * before {
          dose = limits.raised((1 - drop) * before, atMost: before)
        }
      } else {
        dose = min(dose, limits.deliverable(limits.first))
        if let last = task.past.last, let drop = limits.largestDrop, dose < (1 - drop) * last {
          dose = limits.raised((1 - drop) * last, atMost: last)
        }
      }
      if dose < limits.lowest { dose = doses.last ?? limits.deliverable(limits.first) }
      let end = k + 1 < starts.count ? starts[k + 1] : task.days + 1
      doses += Array(repeating: dose, count: end - start)
    }
    return doses
  }

  private static let nudge = 1e-9
}
