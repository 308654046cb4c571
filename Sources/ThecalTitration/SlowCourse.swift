import ThecalDosing
public import ThecalFormulary
package import ThecalQuantities
import ThecalResponse

/// The slowest protocol on record, beside the label's faster one that a plan follows.
public struct SlowCourse: Sendable {
  /// Its rules.
  package internal(set) var limits: TitrationLimits
  /// The days until its goal is reached, at least as many as the plan has.
  public internal(set) var days: [TitrationPlan.Day] = []
  /// The first day at 95 % of the target; nil if none.
  public internal(set) var daysToTarget: Int?
  /// Who says so: how far a step may go, and how often.
  public let citations: [Citation]

  /// The longest course that is looked at: two years.
  static let longest = 730

  /// Doses by these rules until they hold `goal`, over `days` at least.
  package func doses(to goal: DoseRate, over days: Int, from current: DoseRate?) -> [DoseRate] {
    let all = LabelSchedule(to: goal, over: Self.longest, within: limits, from: current).doses
    let reached = all.firstIndex { $0 >= limits.deliverable(goal) } ?? all.count - 1
    return Array(all.prefix(max(days, reached + 1)))
  }
}

extension RuleReading {
  /// The rules of a slower protocol than the label's; nil where the plan asks for it itself, or none is on record.
  func slower(than usual: TitrationLimits) -> SlowCourse? {
    guard !plan.isSlow, let slow = rules.changes(of: use, for: plan.patient, isSlow: true),
      slow.step != usual.step
    else { return nil }
    var limits = usual
    (limits.step, limits.interval, limits.perWeek) = (slow.step, slow.intervalDays, slow.perWeek)
    return SlowCourse(
      limits: limits, citations: slow.figures.filter { $0.part == "the step" }.map(\.citation))
  }
}

extension TitrationPlan {
  /// Puts the slower protocol beside the schedule of the label, which then is one of two to choose from.
  mutating func putBeside(
    _ course: SlowCourse?, _ task: OptimalSchedule.Task, _ response: PatientResponse, _ formulary: Formulary
  ) {
    guard var course, let limits else { return }
    // What observations say about the first day holds for both.
    course.limits.first = limits.first
    let current = request.observations.last.flatMap { $0.dose > .zero ? $0.dose : nil }
    let doses = course.doses(to: task.goal, over: request.days, from: current)
    guard doses.prefix(days.count) != days.map(\.dose)[...] else { return }
    course.days = table(doses, after: task.past, response, formulary).days
    var wanted = task
    wanted.days = doses.count
    course.daysToTarget = OptimalSchedule.arrival(doses, wanted).map { $0 + task.past.count }
    guard let last = course.days.last(where: { $0.step.map { $0 > .zero } ?? true }) else { return }
    slow = course
    findings.add(
      Finding(
        TitrationTopic.slowerProtocol, .slowerProtocol, .review,
        [
          course.limits.step.evidence(unit), .number(ExactNumber(course.limits.interval)),
          .dose(last.dose, unit), .number(ExactNumber(last.day)),
        ], citing: course.citations))
  }
}

extension ChangeRules.Step {
  /// The step as the value of a finding.
  fileprivate func evidence(_ unit: DoseUnit) -> Evidence {
    switch self {
    case .share(let share): .amount(share * 100, "%")
    case .amount(let amount): .dose(amount, unit)
    }
  }
}
