import ThecalPump
package import ThecalQuantities

/// Daily doses that rise by the largest step as often as the rules allow, until the goal.
package struct LabelSchedule: Hashable, Sendable {
  /// The dose of each day, as the pump can deliver it.
  package let doses: [DoseRate]

  /// The schedule that leads to `goal` over `days`.
  package init(to goal: DoseRate, over days: Int, within limits: TitrationLimits) {
    precondition(days >= 1)
    var dose = limits.deliverable(min(goal, limits.first, limits.most(on: 1)))
    var doses = [dose]
    var rises: [Int] = []
    for day in 2...max(2, days) where day <= days {
      if dose < goal, limits.mayRise(on: day, after: rises) {
        let next = limits.deliverable(min(limits.next(after: dose), goal, limits.most(on: day)))
        if next > dose {
          dose = next
          rises.append(day)
        }
      }
      doses.append(dose)
    }
    self.doses = doses
  }
}
