import Glibc
import ThecalOptimization

/// The mode of a posterior, in normal scores, with what is known around it.
struct ModeSearch {
  /// The people, each with the priors.
  let objectives: [ScoreObjective]
  /// The scores of the typical person.
  var scores: [Double]
  /// The scores of each person.
  var people: [[Double]]
  /// The covariance of the scores, and after them of the logarithms of the spreads.
  var covariance: [[Double]]?
  /// The ends of the profile of each score; nil where it was not drawn, or does not end.
  var profiles: [(low: Double, high: Double)?]
  /// The spreads between people, by random parameter.
  var spreads: [Double] = []
  var value: Double
  var isConverged: Bool
  var steps: Int

  /// One set of parameters for all measurements.
  static func pooled(_ request: EstimationRequest) throws(EstimationProblem) -> ModeSearch {
    let objectives = try objectives(request)
    func evaluate(_ sets: [[Double]]) -> [(value: Double, gradient: [Double])] {
      var found = objectives[0].posterior(sets)
      for other in objectives.dropFirst() {
        for (row, misfit) in other.misfits(sets).enumerated() {
          found[row].value += misfit.value
          for k in found[row].gradient.indices { found[row].gradient[k] += misfit.gradient[k] }
        }
      }
      return found
    }
    let start = bestStart(request.free.count, evaluate)
    var search = QuasiNewton(dimensions: start.count)
    var isConverged = true
    do { try search.minimize(from: start, flat: flat) { evaluate([$0])[0] } } catch { isConverged = false }
    let curvature = Curvature(at: search.point) { evaluate($0).map(\.gradient) }
    var mode = ModeSearch(
      objectives: objectives, scores: search.point, people: objectives.map { _ in search.point },
      covariance: curvature?.covariance, profiles: search.point.map { _ in nil }, value: search.value,
      isConverged: isConverged && curvature != nil, steps: search.steps)
    if mode.isConverged { mode.profiles = Profile(mode, evaluate).ends() }
    return mode
  }

  /// The people with their models.
  static func objectives(_ request: EstimationRequest) throws(EstimationProblem) -> [ScoreObjective] {
    let scores = try PriorScores(request)
    var objectives: [ScoreObjective] = []
    for subject in request.subjects {
      let objective = ScoreObjective(likelihood: try SubjectLikelihood(subject, request), scores: scores)
      try objective.check()
      objectives.append(objective)
    }
    return objectives
  }

  /// The lowest of the middle and a few places about it: a posterior may have more than one valley.
  static func bestStart(
    _ count: Int, _ evaluate: ([[Double]]) -> [(value: Double, gradient: [Double])]
  ) -> [Double] {
    let middle = Array(repeating: 0.0, count: count)
    let places =
      [middle]
      + (0..<count).flatMap { k in
        [-1.5, 1.5].map { score in
          var place = middle
          place[k] = score
          return place
        }
      }
    let values = evaluate(places).map { $0.value.isNaN ? .infinity : $0.value }
    return places[values.indices.min { values[$0] < values[$1] } ?? 0]
  }

  /// Gradient by score below which the ground is flat.
  static let flat = 1e-6
}

/// How far a score may go before the posterior, with the other scores at their best, has fallen to where the 95 %
/// interval ends.
struct Profile {
  private let mode: ModeSearch
  private let evaluate: ([[Double]]) -> [(value: Double, gradient: [Double])]

  init(_ mode: ModeSearch, _ evaluate: @escaping ([[Double]]) -> [(value: Double, gradient: [Double])]) {
    self.mode = mode
    self.evaluate = evaluate
  }

  /// The ends for every score.
  func ends() -> [(low: Double, high: Double)?] {
    mode.scores.indices.map { k in
      guard let low = end(k, -1), let high = end(k, 1) else { return nil }
      return (low, high)
    }
  }

  /// Newton's method on the root of the fall, which is nearly linear.
  private func end(_ k: Int, _ sign: Double) -> Double? {
    guard let covariance = mode.covariance, covariance[k][k] > 0 else { return nil }
    let deviation = covariance[k][k].squareRoot()
    var score = mode.scores[k] + sign * normal95 * deviation
    var others = mode.scores
    for i in others.indices where i != k {
      others[i] += sign * normal95 * covariance[i][k] / deviation
    }
    for _ in 0..<Self.most {
      guard let best = lowest(k, at: score, from: others) else { return nil }
      others = best.scores
      let fall = (2 * max(0, best.value - mode.value)).squareRoot()
      if abs(fall - normal95) < Self.near { return score }
      guard fall > 0, best.slope * sign > 0 else { return nil }
      let next = score + (normal95 - fall) * fall / best.slope
      // Never back past the mode, never far beyond what a prior holds.
      guard (next - mode.scores[k]) * sign > 0, abs(next) < Self.farthest else { return nil }
      score = next
    }
    return nil
  }

  private func lowest(
    _ k: Int, at score: Double, from others: [Double]
  ) -> (scores: [Double], value: Double, slope: Double)? {
    var start = others
    start[k] = score
    guard start.count > 1 else {
      let found = evaluate([start])[0]
      return found.value.isFinite ? (start, found.value, found.gradient[k]) : nil
    }
    var free = start
    free.remove(at: k)
    func whole(_ free: [Double]) -> [Double] {
      var scores = free
      scores.insert(score, at: k)
      return scores
    }
    var search = QuasiNewton(dimensions: free.count)
    do {
      try search.minimize(from: free, flat: ModeSearch.flat) { place in
        var (value, gradient) = evaluate([whole(place)])[0]
        gradient.remove(at: k)
        return (value, gradient)
      }
    } catch {
      return nil
    }
    let found = evaluate([whole(search.point)])[0]
    return (whole(search.point), found.value, found.gradient[k])
  }

  private static let most = 20
  private static let near = 1e-4
  private static let farthest = 10.0
}

/// Half of a 95 % interval of a standard normal number.
let normal95 = 1.959963984540054
