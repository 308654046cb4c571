import ThecalFormulary
import ThecalResponse

/// How a person answers: the lag and the curve of the wanted effect, and of the one that is feared.
struct TrialResponse: Sendable {
  /// The wanted effect.
  let wanted: (site: EffectSite, curve: SigmoidEffect)
  /// The feared one with the size that counts as toxic; nil where none is on record.
  let feared: (site: EffectSite, curve: SigmoidEffect, toxic: Double)?
  /// The effect to reach.
  let criterion: Double
  /// Hours that it must last.
  let sustainedHours: Double

  /// The answer of the person with these probabilities; one half each is the median person.
  init(
    _ wanted: EffectModel, _ feared: EffectModel?, criterion: Double, sustainedHours: Double,
    traits: (TrialTrait) -> Double
  ) {
    self.wanted = wanted.patient(
      lag: traits(.lag), sensitivity: traits(.sensitivity), response: traits(.response), .single)
    self.feared = feared.flatMap { model in
      guard let toxic = model.toxic else { return nil }
      let own = model.patient(lag: traits(.toxicLag), sensitivity: traits(.toxicSensitivity))
      return (own.site, own.curve, toxic)
    }
    self.criterion = criterion
    self.sustainedHours = sustainedHours
  }
}

/// What of a person is no parameter of the canal, by number.
enum TrialTrait: UInt32 {
  case lag, sensitivity, toxicLag, toxicSensitivity, response
}

/// One person, to whom trials are given.
struct TrialPerson {
  private let levels: [[Double]]
  private let sites: [[Double]]
  private let cranialSites: [[Double]]
  private let response: TrialResponse
  private var rows: Int { levels[0].count }
  private static let step = UnitCourses.step

  init(_ levels: [UnitCourses.Levels], times: [Double], _ response: TrialResponse) {
    func lagged(_ course: [Double], _ site: EffectSite) -> [Double] {
      var inside = course
      site.apply(&inside, at: times)
      return inside
    }
    self.response = response
    self.levels = levels.map(\.target)
    sites = levels.map { lagged($0.target, response.wanted.site) }
    cranialSites = response.feared.map { feared in levels.map { lagged($0.cranial, feared.site) } } ?? []
  }

  /// An injection at a row: µg in the way of an input.
  struct Injection {
    let row: Int
    let mass: Double
    let input: Int
  }

  /// Sums of unit courses, each begun at its row and weighed.
  private struct Sum {
    var level: [Double]
    var site: [Double]
    var cranial: [Double]
  }

  private func add(_ amount: Double, of input: Int, from start: Int, to sum: inout Sum) {
    for row in start..<rows {
      sum.level[row] += amount * levels[input][row - start]
      sum.site[row] += amount * sites[input][row - start]
      if !cranialSites.isEmpty { sum.cranial[row] += amount * cranialSites[input][row - start] }
    }
  }

  private var nothing: Sum {
    let zero = Array(repeating: 0.0, count: rows)
    return Sum(level: zero, site: zero, cranial: zero)
  }

  private func isReached(_ site: Double) -> Bool {
    response.wanted.curve.effect(at: site) >= response.criterion
  }

  /// Injections one after another until one has worked, each followed for `window` rows.
  func injected(_ injections: [Injection], window: Int) -> TrialCourse {
    var outcome = TrialCourse.Outcome()
    var used: [Injection] = []
    var sum = nothing
    for injection in injections {
      used.append(injection)
      outcome.dose = injection.mass
      add(injection.mass, of: injection.input, from: injection.row, to: &sum)
      let watched = injection.row...min(injection.row + window, rows - 1)
      guard let hit = watched.first(where: { isReached(sum.site[$0]) }) else { continue }
      outcome.isSuccess = true
      outcome.reachedAt = Double(hit - injection.row) * Self.step
      break
    }
    let given = (0..<rows).map { row in used.filter { $0.row <= row }.reduce(0) { $0 + $1.mass } }
    return course(
      sum, given, Array(repeating: 0, count: rows), outcome, from: used.last?.row ?? 0, isHeld: false)
  }

  /// An infusion that is raised at every step until relief, the ceiling or the total, and then held.
  func infused(_ ladder: TrialLadder) -> TrialCourse {
    var outcome = TrialCourse.Outcome()
    var sum = nothing
    var (rate, given) = (Array(repeating: 0.0, count: rows), Array(repeating: 0.0, count: rows))
    var (now, stoppedAt) = (0.0, 0)
    for row in 0..<rows {
      given[row] = row == 0 ? 0 : given[row - 1] + rate[row - 1] * Self.step
      if row % ladder.rowsPerStep == 0, !outcome.isSuccess, row < rows - 1 {
        let hour = Double(row) * Self.step
        if row > 0, isReached(sum.site[row]) {
          (outcome.isSuccess, outcome.dose, outcome.reachedAt, stoppedAt) = (true, now, hour, row)
        } else {
          outcome.heldBy = ladder.obstacle(after: now, given: given[row], hour: hour)
          if outcome.heldBy == nil {
            let new = ladder.next(after: now)
            add(new - now, of: 0, from: row, to: &sum)
            (now, stoppedAt) = (new, row)
          }
        }
      }
      rate[row] = now
    }
    if outcome.isSuccess { outcome.heldBy = nil } else { outcome.dose = now }
    return course(sum, given, rate, outcome, from: stoppedAt, isHeld: true)
  }

  private func course(
    _ sum: Sum, _ given: [Double], _ rate: [Double], _ found: TrialCourse.Outcome, from start: Int,
    isHeld: Bool
  ) -> TrialCourse {
    var outcome = found
    let effect = sum.site.map(response.wanted.curve.effect(at:))
    let after = start..<rows
    let peak = after.max { effect[$0] < effect[$1] } ?? start
    outcome.peakAt = Double(peak - start) * Self.step
    outcome.hoursAbove = Double(after.count { effect[$0] >= response.criterion }) * Self.step
    outcome.effectThen = effect[start]
    outcome.effectToCome = effect[peak]
    outcome.isSustained =
      outcome.isSuccess
      && (isHeld
        ? after.allSatisfy { effect[$0] >= response.criterion }
        : outcome.hoursAbove >= response.sustainedHours)
    let isToxic = sum.cranial.map { level in
      response.feared.map { $0.curve.effect(at: level) >= $0.toxic } ?? false
    }
    outcome.isToxic = isToxic.contains(true)
    return TrialCourse(
      given: given, rate: rate, level: sum.level, effect: effect, isToxic: isToxic, outcome: outcome)
  }
}
