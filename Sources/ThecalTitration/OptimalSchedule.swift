import ThecalPump
package import ThecalQuantities
package import ThecalOptimization

/// Daily doses that bring a level to its target soonest, and then keep nearest to it, within the rules.
///
/// The doses between two changes are the unknowns. The level is linear in them, and so is every rule: steps,
/// drops, ceilings, and levels that must not be passed. The soonest day is found by bisection over programmes
/// that must have arrived by a day; among the schedules that do, the one with the smallest sum of squared
/// distances from the target is the answer of a strictly convex quadratic programme.
package struct OptimalSchedule: Sendable {
  /// What is to be reached.
  package struct Task: Sendable {
    /// The rules.
    package var limits: TitrationLimits
    /// Days to plan for.
    package var days: Int
    /// The dose that holds the target, µg/h; the scale of the problem.
    package var goal: DoseRate
    /// The level that is to reach its target; nil where the dose itself is.
    package var response: LevelResponse?
    /// Levels that must not be passed: for each, the response and the level in ng/mL.
    package var caps: [(response: LevelResponse, level: Double)] = []
    /// What was given on the days before day 1.
    package var past: [DoseRate] = []
    /// The share of the target at which it counts as reached.
    package var reached = 0.95
    /// By which share the level may pass its target.
    package var overshoot = 0.05

    /// A task within `limits`.
    package init(limits: TitrationLimits, days: Int, goal: DoseRate, response: LevelResponse? = nil) {
      precondition(days >= 1 && goal > .zero)
      self.limits = limits
      self.days = days
      self.goal = goal
      self.response = response
    }
  }

  /// The dose of each day, as the pump can deliver it.
  package let doses: [DoseRate]
  /// The doses before rounding, µg/h.
  package let planned: [Double]
  /// How far the programme's answer is from satisfying the conditions of optimality.
  package let residual: KKTResidual
  /// Whether the schedule of the label was no slower and took its place.
  package let isLabel: Bool

  /// The schedule for `task`; `label` is the one to beat.
  ///
  /// - Throws: `QuadraticProgramError` where no schedule satisfies the rules.
  package init(_ task: Task, label: [DoseRate]) throws(QuadraticProgramError) {
    var program = ScheduleProgram(task)
    let labelDay = Self.arrival(label, task)
    let floor = program.soonest()
    var latest = labelDay ?? task.days + 1
    var earliest = min(floor, latest)
    var found: ScheduleProgram.Answer?
    while earliest < latest {
      let middle = (earliest + latest) / 2
      do {
        found = try program.solve(arriving: middle)
        latest = middle
      } catch .infeasible {
        earliest = middle + 1
      }
    }
    if found == nil || found?.arrival != latest {
      do {
        found = try program.solve(arriving: latest <= task.days ? latest : nil)
      } catch .infeasible where latest <= task.days {
        // The label's rounded schedule gets there only by its rounding; without a day, nearest is best.
        found = try program.solve(arriving: nil)
      }
    }
    guard let found else { throw .infeasible(constraint: 0) }
    planned = found.daily
    residual = found.residual
    let rounded = program.rounded(found.blocks)
    let day = Self.arrival(rounded, task)
    let isSlower = labelDay.map { label in day.map { $0 > label } ?? true } ?? false
    isLabel = isSlower || Self.passes(rounded, task)
    doses = isLabel ? label : rounded
  }

  /// The first day on which `doses` reach their target; nil if none.
  package static func arrival(_ doses: [DoseRate], _ task: Task) -> Int? {
    let rates = (task.past + doses).map(\.base)
    let goal = task.goal.base * (task.response?.gain ?? 1)
    let reached = (task.response?.levels(rates) ?? rates).dropFirst(task.past.count)
    return reached.firstIndex { $0 >= task.reached * goal * (1 - Self.rounding) }.map {
      $0 - task.past.count + 1
    }
  }

  /// Whether `doses` pass a level that must not be passed.
  package static func passes(_ doses: [DoseRate], _ task: Task) -> Bool {
    let rates = (task.past + doses).map(\.base)
    return task.caps.contains { cap in
      cap.response.levels(rates).dropFirst(task.past.count).contains { $0 > cap.level * (1 + rounding) }
    }
  }

  /// Levels that are equal up to rounding are equal.
  private static let rounding = 1e-9
}
