import Glibc
import ThecalSampling
import ThecalTransport

extension Estimation {
  /// The result of a search, in the units of the parameters.
  init(_ mode: ModeSearch, _ request: EstimationRequest) {
    let first = mode.objectives[0]
    let (model, scores) = (first.likelihood.model, first.scores)
    estimates = model.parameters.indices.map { Self.estimate($0, mode, request) }
    spreads = Self.spreads(mode, request, model)
    correlation = Self.correlation(mode)
    objective = 2 * mode.value
    misfit = 2 * zip(mode.objectives, mode.people).reduce(0) { $0 + $1.0.misfits([$1.1])[0].value }
    (isConverged, steps, drug) = (mode.isConverged, mode.steps, model.drug)
    individuals = zip(mode.objectives, mode.people).map {
      Individual(name: $0.likelihood.subject.name, values: scores.values($1).values)
    }
    points = zip(mode.objectives, mode.people).flatMap { Self.points($0, $1, typical: mode.scores) }
    courses = zip(mode.objectives, mode.people).flatMap { Self.courses($0, $1, request) }
    var sources: [String] = []
    for id in model.sources + request.priors.compactMap(\.source) where !sources.contains(id) {
      sources.append(id)
    }
    self.sources = sources.sorted()
    tolerance = model.tolerance
    gridError = mode.objectives.reduce(0) { max($0, $1.likelihood.model.gridError) }
  }

  private static func estimate(_ k: Int, _ mode: ModeSearch, _ request: EstimationRequest) -> Estimate {
    let parameter = mode.objectives[0].likelihood.model.parameters[k]
    let prior = request.priors[k].distribution
    func value(_ score: Double) -> Double { prior.value(latent: score).value }
    let score = mode.scores[k]
    let deviation = (mode.covariance?[k][k]).map { max(0, $0).squareRoot() } ?? 1
    let laplace = (low: value(score - normal95 * deviation), high: value(score + normal95 * deviation))
    let ends = (low: value(-normal95), high: value(normal95))
    let isMoved = mode.covariance != nil && (deviation < unmoved || abs(score) > notable)
    let profile = mode.profiles[k].map { (low: value($0.low), high: value($0.high)) }
    let shown = isMoved ? profile ?? laplace : ends
    return Estimate(
      parameter: parameter.key, unit: parameter.unit, value: value(score), low: shown.low, high: shown.high,
      interval: isMoved ? (profile == nil ? .laplace : .profile) : .prior, laplaceLow: laplace.low,
      laplaceHigh: laplace.high, priorMedian: value(0), priorLow: ends.low, priorHigh: ends.high,
      priorSource: request.priors[k].source, shrinkage: deviation, isIdentifiable: isMoved)
  }

  /// A standard deviation of this share of the prior's is no news, where the mode stays within `notable` of its middle:
  /// this project's own cut-offs.
  private static let unmoved = 0.95
  private static let notable = 0.25

  private static func spreads(
    _ mode: ModeSearch, _ request: EstimationRequest, _ model: TransportModel
  ) -> [Spread] {
    zip(request.random, mode.spreads).enumerated().map { place, item in
      let (index, spread) = item
      let variance = mode.covariance?[mode.scores.count + place][mode.scores.count + place]
      let width = normal95 * (variance.map { max(0, $0).squareRoot() } ?? ModeSearch.spreadWidth)
      var cv: Double?
      if case .lognormal(_, let sigma) = request.priors[index].distribution.family {
        let omega = sigma * spread
        cv = expm1(omega * omega).squareRoot()
      }
      return Spread(
        parameter: model.parameters[index].key, value: spread, low: spread * exp(-width),
        high: spread * exp(width),
        cv: cv)
    }
  }

  private static func correlation(_ mode: ModeSearch) -> [[Double]] {
    guard let covariance = mode.covariance else { return [] }
    return mode.scores.indices.map { i in
      mode.scores.indices.map { j in
        covariance[i][j] / (covariance[i][i] * covariance[j][j]).squareRoot()
      }
    }
  }

  private static func points(
    _ objective: ScoreObjective, _ own: [Double], typical: [Double]
  ) -> [FittedPoint] {
    let (likelihood, scores) = (objective.likelihood, objective.scores)
    let levels = likelihood.levels([scores.values(own).values, scores.values(typical).values])
    return zip(likelihood.subject.points, likelihood.data.points).map { point, measured in
      let level = levels[0][measured.index]
      return FittedPoint(
        subject: likelihood.subject.name, point: point, prediction_ng_per_mL: level,
        typical_ng_per_mL: levels[1][measured.index],
        residual: measured.isBelow ? nil : likelihood.data.residual(measured, level))
    }
  }

  private static func courses(
    _ objective: ScoreObjective, _ own: [Double], _ request: EstimationRequest
  ) -> [Course] {
    let likelihood = objective.likelihood
    guard let last = likelihood.model.times_h.last, last > 0 else { return [] }
    let times = (0...courseSteps).map { Double($0) * last / Double(courseSteps) }
    let input = likelihood.subject.input.showing(
      likelihood.subject.points.reduce(into: []) { if !$0.contains($1.site) { $0.append($1.site) } })
    guard let model = try? TransportModel(input, free: request.free, times: times) else { return [] }
    let levels = SubjectLikelihood.levels([objective.scores.values(own).values], model)[0]
    guard levels.allSatisfy(\.isFinite) else { return [] }
    let sites = model.siteNames.count
    return model.siteNames.enumerated().map { s, name in
      Course(
        subject: likelihood.subject.name, site: name, times_h: times,
        levels_ng_per_mL: times.indices.map { levels[$0 * sites + s] })
    }
  }

  private static let courseSteps = 120
}
