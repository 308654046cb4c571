import ThecalTransport

/// What a person's measurements and a prior say against scores, and its gradient.
struct ScoreObjective: Sendable {
  let likelihood: SubjectLikelihood
  let scores: PriorScores

  /// Minus the logarithm of the likelihood at several sets of scores, with its gradients by score.
  func misfits(_ sets: [[Double]]) -> [(value: Double, gradient: [Double])] {
    let places = sets.map(scores.values)
    let found = likelihood.misfits(places.map(\.values))
    return sets.indices.map { row in
      (found.values[row], zip(found.gradients[row], places[row].slopes).map(*))
    }
  }

  /// The same with the prior.
  func posterior(_ sets: [[Double]]) -> [(value: Double, gradient: [Double])] {
    zip(misfits(sets), sets).map { misfit, set in
      let (value, gradient) = scores.penalty(set)
      return (misfit.value + value, zip(misfit.gradient, gradient).map(+))
    }
  }

  /// The least level above which somebody is found at the middle of the priors.
  func check() throws(EstimationProblem) {
    let middle = scores.values(Array(repeating: 0, count: scores.count)).values
    let found = likelihood.misfits([middle])
    guard !found.values[0].isFinite else { return }
    let subject = likelihood.subject
    let levels = likelihood.levels([middle])[0]
    if levels.contains(where: \.isNaN) {
      throw .failed(subject: subject.name, reason: found.failures.first?.reason ?? "no levels")
    }
    for (point, measured) in zip(subject.points, likelihood.data.points)
    where !measured.isBelow && levels[measured.index] == 0 {
      throw .noLevel(subject: subject.name, time_h: point.time_h, site: point.site.columnName)
    }
  }
}
