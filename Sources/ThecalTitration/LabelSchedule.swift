import ThecalPump
package import ThecalQuantities

/// Daily doses that rise by the largest step as often as the rules allow, until the goal.
package struct LabelSchedule: Hashable, Sendable {
  /// The dose of each day, as the pump can deliver it.
  package let doses: [DoseRate]

  /// The schedule that leads to `goal` over `days`; day 1 keeps `current` where a treatment goes on.
  package init(
    to goal: DoseRate, over days: Int, within limits: TitrationLimits, from current: DoseRate? = nil
  ) {
    precondition(days >= 1)
    var dose = limits.deliverable(min(current ?? goal, limits.first, limits.most(on: 1)))
    var doses = [dose]
    var rises: [Int] = []
    for day in 2...max(2, days) where day <= days {
      if dose < goal, limits.mayRise(on: day, after: rises) {
        let next = limits.deliverable(min(limits.next(after: dose), goal, limits.most(on: day)))
        if next > dose {
          dose = next
          rises.append(day)
        }
      } else if dose > goal {
        dose = limits.lowered(dose, to: goal)
      }
      doses.append(dose)
    }
    self.doses = doses
  }
}

extension TitrationLimits {
  /// The next dose on the way down from `dose` to `goal`: as far as one day may drop.
  func lowered(_ dose: DoseRate, to goal: DoseRate) -> DoseRate {
    let end = deliverable(goal)
    guard let largestDrop else { return max(end, lowest) }
    return max(end, raised((1 - largestDrop) * dose, atMost: dose))
  }
}
