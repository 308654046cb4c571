import Glibc
import ThecalLinearAlgebra

/// What counts say of parameters: the most probable values, their covariance by Laplace's approximation, and intervals by profile.
package struct CountPosterior: Sendable {
  /// The evidence.
  package let evidence: CountEvidence
  /// The most probable parameters.
  package let estimate: [Double]
  /// Their covariance, row after row.
  package let covariance: [Double]
  /// The logarithm of likelihood times prior there.
  package let logPosterior: Double

  /// The posterior of `evidence`, looked for from `start`; nil where no maximum is found.
  package init?(_ evidence: CountEvidence, from start: [Double]) {
    precondition(start.count == evidence.order)
    guard let peak = Peak.climb(from: start, evidence.logPosterior),
      let inverse = Peak.inverse(Peak.curvature(peak.point, evidence.logPosterior), order: evidence.order)
    else { return nil }
    self.evidence = evidence
    estimate = peak.point
    logPosterior = peak.value
    covariance = inverse
  }

  /// The ends between which parameter `k` loses less than half of `threshold` of log-posterior, the others following.
  package func interval(_ k: Int, threshold: Double = LogisticRegression.ninetyFive) -> ClosedRange<Double> {
    let spread = covariance[k * evidence.order + k].squareRoot()
    return end(k, threshold, -spread)...end(k, threshold, spread)
  }

  /// By how much the evidence contradicts a value of parameter `k`: twice the loss of log-posterior, the others following.
  package func contradiction(_ k: Int, _ value: Double) -> Double {
    var rest = estimate
    rest.remove(at: k)
    if rest.isEmpty { return 2 * (logPosterior - evidence.logPosterior([value])) }
    func whole(_ others: [Double]) -> [Double] {
      var point = others
      point.insert(value, at: k)
      return point
    }
    guard let found = Peak.climb(from: rest, { evidence.logPosterior(whole($0)) }) else { return .infinity }
    return 2 * (logPosterior - found.value)
  }

  private static let farthest = 12.0
  private static let halvings = 40

  private func end(_ k: Int, _ threshold: Double, _ spread: Double) -> Double {
    func drop(_ value: Double) -> Double { contradiction(k, value) }
    var (inner, outer) = (0.0, 1.0)
    while outer < Self.farthest && drop(estimate[k] + outer * spread) < threshold {
      (inner, outer) = (outer, outer * 1.5)
    }
    for _ in 0..<Self.halvings {
      let middle = (inner + outer) / 2
      if drop(estimate[k] + middle * spread) < threshold { inner = middle } else { outer = middle }
    }
    return estimate[k] + (inner + outer) / 2 * spread
  }

  /// Parameters drawn from the approximation, by as many standard normal numbers as there are parameters.
  package func draw(_ normals: [Double]) -> [Double] { Self.draw(estimate, covariance, normals) }

  /// Parameters drawn about `estimate` with `covariance`, row after row.
  package static func draw(_ estimate: [Double], _ covariance: [Double], _ normals: [Double]) -> [Double] {
    let order = estimate.count
    precondition(normals.count == order && covariance.count == order * order)
    var cholesky = Cholesky(order: order)
    let matrix = Matrix(rows: order, columns: order, elements: covariance)
    guard (try? cholesky.factor(matrix)) != nil else { return estimate }
    return (0..<order).map { row in
      (0...row).reduce(estimate[row]) { $0 + cholesky.lower(row, $1) * normals[$1] }
    }
  }

  /// How probable at most, and at least, `events` of `n` are where the logit is one of `logits`, each as likely as the others.
  package static func tails(events: Double, of n: Double, logits: [Double]) -> (
    atMost: Double, atLeast: Double
  ) {
    precondition(!logits.isEmpty)
    var (below, above) = (0.0, 0.0)
    for logit in logits {
      let p = LogisticRegression.expit(logit)
      below += events >= n ? 1 : BetaDistribution(a: n - events, b: events + 1).probability(below: 1 - p)
      above += events <= 0 ? 1 : BetaDistribution(a: events, b: n - events + 1).probability(below: p)
    }
    return (below / Double(logits.count), above / Double(logits.count))
  }
}

extension CountPosterior {
  /// By how much the proposals are wider than the approximation, so that they reach the tails.
  private static let widening = 1.5

  /// `size` parameter sets as likely as the posterior has it: draws from a widened approximation, chosen by their
  /// weights (importance resampling, systematic, so that the same numbers give the same sample).
  ///
  /// - Parameter normals: As many standard normal numbers as there are parameters, for each proposal.
  package func sample(_ size: Int, from proposals: Int, normals: (Int) -> [Double]) -> [[Double]] {
    precondition(size > 0 && proposals >= size)
    let wide = covariance.map { $0 * Self.widening * Self.widening }
    var points: [[Double]] = []
    var logWeights: [Double] = []
    for k in 0..<proposals {
      let numbers = normals(k)
      let point = Self.draw(estimate, wide, numbers)
      points.append(point)
      logWeights.append(evidence.logPosterior(point) + numbers.reduce(0) { $0 + $1 * $1 } / 2)
    }
    let top = logWeights.max() ?? 0
    let weights = logWeights.map { exp($0 - top) }
    let step = weights.reduce(0, +) / Double(size)
    var (chosen, sum, k) = ([[Double]](), weights[0], 0)
    for place in 0..<size {
      let wanted = (Double(place) + 0.5) * step
      while sum < wanted && k + 1 < proposals {
        k += 1
        sum += weights[k]
      }
      chosen.append(points[k])
    }
    return chosen
  }
}
