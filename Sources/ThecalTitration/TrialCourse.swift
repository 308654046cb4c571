/// One person's trial, row by row, and how it went.
package struct TrialCourse: Sendable {
  /// Drug given through each row, µg.
  package var given: [Double]
  /// The rate at each row, µg/h; zero for injections.
  package var rate: [Double]
  /// The level at the target, ng/mL.
  package var level: [Double]
  /// The effect: relief, 0 … 1, or points on Ashworth's scale.
  package var effect: [Double]
  /// How it went.
  package var outcome: Outcome

  /// How a trial went for one person.
  package struct Outcome: Hashable, Sendable {
    /// Whether the effect was reached.
    package var isSuccess = false
    /// Whether it then lasted.
    package var isSustained = false
    /// The dose that did it: µg of an injection, µg/h of an infusion.
    package var dose = 0.0
    /// The hour at which the effect was first reached; for an infusion, found so at a step.
    package var reachedAt: Double?
    /// The hour of the greatest effect.
    package var peakAt = 0.0
    /// Hours with the effect, from the dose that did it.
    package var hoursAbove = 0.0
    /// The effect when the trial was stopped.
    package var effectThen = 0.0
    /// The greatest effect that the same dose still brings.
    package var effectToCome = 0.0
    /// Why an infusion was not raised further without success: `ceiling` or `total`.
    package var heldBy: String?
  }
}

/// What makes a trial a success.
struct TrialCriterion: Hashable, Sendable {
  /// The effect to reach.
  let effect: Double
  /// Hours that it must last.
  let sustainedHours: Double
}

/// One person, to whom trials are given: the levels and effect-site levels of a unit of each input.
struct TrialPerson {
  let levels: [[Double]]
  let sites: [[Double]]
  let response: TrialEffect
  let criterion: TrialCriterion
  private var rows: Int { levels[0].count }
  private static let step = UnitCourses.step

  init(_ levels: [[Double]], _ response: TrialEffect, _ criterion: TrialCriterion) {
    self.levels = levels
    self.response = response
    self.criterion = criterion
    sites = levels.map { response.site($0, step: Self.step) }
  }

  /// An injection at a row: µg in the way of an input.
  struct Injection {
    let row: Int
    let mass: Double
    let input: Int
  }

  /// Injections one after another until one has worked, each followed for `window` rows.
  func injected(_ injections: [Injection], window: Int) -> TrialCourse {
    var outcome = TrialCourse.Outcome()
    var used: [Injection] = []
    var (level, site) = (Array(repeating: 0.0, count: rows), Array(repeating: 0.0, count: rows))
    for injection in injections {
      used.append(injection)
      for row in injection.row..<rows {
        level[row] += injection.mass * levels[injection.input][row - injection.row]
        site[row] += injection.mass * sites[injection.input][row - injection.row]
      }
      let watched = injection.row...min(injection.row + window, rows - 1)
      guard let hit = watched.first(where: { response.effect(site[$0]) >= criterion.effect }) else {
        continue
      }
      outcome.isSuccess = true
      outcome.dose = injection.mass
      outcome.reachedAt = Double(hit - injection.row) * Self.step
      break
    }
    let effect = site.map(response.effect)
    finish(&outcome, effect, from: used.last?.row ?? 0)
    outcome.isSustained = outcome.isSuccess && outcome.hoursAbove >= criterion.sustainedHours
    let given = (0..<rows).map { row in used.filter { $0.row <= row }.reduce(0) { $0 + $1.mass } }
    return TrialCourse(
      given: given, rate: Array(repeating: 0, count: rows), level: level, effect: effect, outcome: outcome)
  }

  /// An infusion that is raised at every step until relief, the ceiling or the total, and then held.
  func infused(_ ladder: TrialLadder) -> TrialCourse {
    var outcome = TrialCourse.Outcome()
    var (level, site) = (Array(repeating: 0.0, count: rows), Array(repeating: 0.0, count: rows))
    var (rate, given) = (Array(repeating: 0.0, count: rows), Array(repeating: 0.0, count: rows))
    var (now, isHeld, stoppedAt) = (0.0, false, rows - 1)
    func change(to new: Double, at start: Int) {
      for row in start..<rows {
        level[row] += (new - now) * levels[0][row - start]
        site[row] += (new - now) * sites[0][row - start]
      }
      now = new
    }
    for row in 0..<rows {
      given[row] = row == 0 ? 0 : given[row - 1] + rate[row - 1] * Self.step
      if row % ladder.rowsPerStep == 0, !isHeld {
        if row > 0, response.effect(site[row]) >= criterion.effect {
          (isHeld, stoppedAt) = (true, row)
          (outcome.isSuccess, outcome.dose, outcome.reachedAt) = (true, now, Double(row) * Self.step)
        } else {
          outcome.heldBy = ladder.obstacle(after: now, given: given[row], hour: Double(row) * Self.step)
          if outcome.heldBy == nil { change(to: ladder.next(after: now), at: row) }
        }
      }
      rate[row] = now
    }
    if outcome.isSuccess { outcome.heldBy = nil } else { outcome.dose = now }
    let effect = site.map(response.effect)
    finish(&outcome, effect, from: stoppedAt)
    outcome.effectThen = effect[stoppedAt]
    outcome.isSustained = outcome.isSuccess && effect[stoppedAt...].allSatisfy { $0 >= criterion.effect }
    return TrialCourse(given: given, rate: rate, level: level, effect: effect, outcome: outcome)
  }

  private func finish(_ outcome: inout TrialCourse.Outcome, _ effect: [Double], from start: Int) {
    let after = start..<rows
    let peak = after.max { effect[$0] < effect[$1] } ?? start
    outcome.peakAt = Double(peak - start) * Self.step
    outcome.hoursAbove = Double(after.count { effect[$0] >= criterion.effect }) * Self.step
    outcome.effectThen = effect[start]
    outcome.effectToCome = effect[peak]
  }
}

/// An infusion trial: from where to where, in which steps.
struct TrialLadder: Hashable, Sendable {
  /// The first rate, and each increase, µg/h.
  let step: Double
  /// Rows from one step to the next.
  let rowsPerStep: Int
  /// The highest rate, µg/h.
  let ceiling: Double
  /// The most in 24 h, µg.
  let total: Double

  /// The rate after a step.
  func next(after rate: Double) -> Double { rate + step }

  /// What forbids a step: the ceiling, or the total if the new rate were held until hour 24.
  func obstacle(after rate: Double, given: Double, hour: Double) -> String? {
    let new = next(after: rate)
    if new > ceiling * (1 + Self.slack) { return "ceiling" }
    if hour < 24, given + new * (24 - hour) > total * (1 + Self.slack) { return "total" }
    return nil
  }

  /// A limit that is missed by rounding error is kept.
  private static let slack = 1e-12
}
