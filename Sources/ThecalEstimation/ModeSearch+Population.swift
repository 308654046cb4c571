import Glibc
import ThecalOptimization

extension ModeSearch {
  /// Typical scores and the spread between people: the likelihood of each person is integrated over the person's own
  /// scores by the method of Laplace, with the full curvature at the person's mode.
  ///
  /// A person's score is the typical one plus spread × a standard normal number, for the random parameters. The prior of
  /// the logarithm of a spread is normal about 0, that is the shipped or given spread between people, with a factor of 2
  /// as its geometric standard deviation: this project's own choice.
  static func population(_ request: EstimationRequest) throws(EstimationProblem) -> ModeSearch {
    var integral = PersonIntegral(objectives: try objectives(request), random: request.random)
    let (p, q) = (request.free.count, request.random.count)
    func value(_ place: [Double], _ integral: inout PersonIntegral) -> Double {
      let (scores, logs) = (Array(place[..<p]), Array(place[p...]))
      let spread = logs.reduce(0) { $0 + $1 * $1 } / (2 * spreadWidth * spreadWidth)
      return integral.objectives[0].scores.penalty(scores).value + spread
        + integral.value(scores, logs.map { exp($0) })
    }
    func gradient(_ place: [Double]) -> (value: Double, gradient: [Double]) {
      let center = value(place, &integral)
      guard center.isFinite else { return (center, place) }
      let gradient = place.indices.map { k -> Double in
        var (up, down) = (place, place)
        up[k] += step
        down[k] -= step
        var (one, other) = (integral, integral)
        return (value(up, &one) - value(down, &other)) / (2 * step)
      }
      return (center, gradient)
    }
    var search = QuasiNewton(dimensions: p + q, longest: 1)
    var isConverged = true
    do {
      try search.minimize(from: Array(repeating: 0, count: p + q), flat: flatTypical, gradient)
    } catch { isConverged = false }
    let curvature = Curvature(at: search.point, step: curvatureStep) { $0.map { gradient($0).gradient } }
    // Last, so that everybody's mode is the one that belongs to this place and not to one beside it.
    let final = value(search.point, &integral)
    let (scores, logs) = (Array(search.point[..<p]), Array(search.point[p...]))
    return ModeSearch(
      objectives: integral.objectives, scores: scores, people: integral.people(scores, logs.map { exp($0) }),
      covariance: curvature?.covariance, profiles: scores.map { _ in nil }, spreads: logs.map { exp($0) },
      value: final, isConverged: isConverged && curvature != nil && final.isFinite, steps: search.steps)
  }

  /// The standard deviation of the logarithm of a spread before anything was measured: a factor of two.
  static let spreadWidth = 0.6931471805599453
  private static let step = 1e-3
  private static let curvatureStep = 2e-2
  private static let flatTypical = 1e-3
}

/// The likelihood of each person, integrated over what is the person's own.
struct PersonIntegral {
  let objectives: [ScoreObjective]
  let random: [Int]
  /// Each person's mode as found last, from which the next search begins.
  private var modes: [[Double]]

  init(objectives: [ScoreObjective], random: [Int]) {
    self.objectives = objectives
    self.random = random
    modes = objectives.map { _ in Array(repeating: 0, count: random.count) }
  }

  /// Minus the logarithm of the likelihood of everybody; infinite where somebody has none.
  mutating func value(_ scores: [Double], _ spreads: [Double]) -> Double {
    var sum = 0.0
    for person in objectives.indices {
      let evaluate = { [self] (sets: [[Double]]) in own(person, sets, scores, spreads) }
      var search = QuasiNewton(dimensions: random.count)
      do { try search.minimize(from: modes[person], flat: ModeSearch.flat) { evaluate([$0])[0] } } catch {
        return .infinity
      }
      modes[person] = search.point
      guard let curvature = Curvature(at: search.point, gradients: { evaluate($0).map(\.gradient) }) else {
        return .infinity
      }
      sum += search.value + curvature.logDeterminant / 2
    }
    return sum
  }

  /// Minus the logarithm of likelihood and density of a person's own standard normal numbers.
  private func own(
    _ person: Int, _ sets: [[Double]], _ scores: [Double], _ spreads: [Double]
  ) -> [(value: Double, gradient: [Double])] {
    let places = sets.map { place(scores, spreads, $0) }
    return zip(objectives[person].misfits(places), sets).map { found, set in
      let gradient = random.indices.map { found.gradient[random[$0]] * spreads[$0] + set[$0] }
      return (found.value + set.reduce(0) { $0 + $1 * $1 } / 2, gradient)
    }
  }

  /// The scores of a person.
  private func place(_ scores: [Double], _ spreads: [Double], _ own: [Double]) -> [Double] {
    var place = scores
    for (k, index) in random.enumerated() { place[index] += spreads[k] * own[k] }
    return place
  }

  /// The scores of everybody at their modes.
  func people(_ scores: [Double], _ spreads: [Double]) -> [[Double]] {
    modes.map { place(scores, spreads, $0) }
  }
}
