import Glibc
import ThecalLinearAlgebra

/// How the odds of an event rise with one variable: logit p = β₀ + β₁ x, from counts in groups.
///
/// With Firth's penalty (Biometrika 80:27–38, 1993) the likelihood is multiplied by the square root of the
/// information's determinant: that removes the first-order bias of small counts, and gives an answer where an
/// event was never or always seen.
package struct LogisticRegression: Sendable {
  /// Events among `n` at `x`.
  package struct Group: Hashable, Sendable {
    package let x: Double
    package let events: Double
    package let n: Double

    package init(x: Double, events: Double, n: Double) {
      precondition(n > 0 && (0...n).contains(events) && x.isFinite)
      self.x = x
      self.events = events
      self.n = n
    }
  }

  /// Which likelihood is maximised.
  package enum Likelihood: Hashable, Sendable { case plain, firth }

  /// The counts.
  package let groups: [Group]
  /// The likelihood.
  package let likelihood: Likelihood
  /// The most likely intercept and slope.
  package let intercept: Double, slope: Double
  /// The logarithm of the likelihood there, with the penalty if there is one.
  package let logLikelihood: Double

  /// Fits `groups`, at two different x at least.
  ///
  /// - Throws: `LogisticError` where the likelihood has no maximum: groups that are separated, without a penalty.
  package init(_ groups: [Group], _ likelihood: Likelihood = .firth) throws(LogisticError) {
    guard Set(groups.map(\.x)).count >= 2 else { throw .oneDose }
    self.groups = groups
    self.likelihood = likelihood
    let events = groups.reduce(0) { $0 + $1.events }
    let total = groups.reduce(0) { $0 + $1.n }
    var point = [log((events + 0.5) / (total - events + 0.5)), 0]
    var best = Self.logLikelihood(groups, likelihood, point[0], point[1])
    var cholesky = Cholesky(order: 2)
    for _ in 0..<Self.mostSteps {
      let system = Self.system(groups, likelihood, point)
      var step = system.score
      do { try cholesky.factor(system.information) } catch { throw .separated }
      cholesky.solve(&step)
      var (share, moved) = (1.0, false)
      while share > Self.shortest {
        let next = [point[0] + share * step[0], point[1] + share * step[1]]
        let value = Self.logLikelihood(groups, likelihood, next[0], next[1])
        if value >= best {
          (point, best, moved) = (next, value, true)
          break
        }
        share /= 2
      }
      guard abs(point[1]) < Self.endless else { throw .separated }
      if !moved || abs(share * step[0]) + abs(share * step[1]) < Self.tolerance {
        (intercept, slope, logLikelihood) = (point[0], point[1], best)
        return
      }
    }
    throw .separated
  }

  /// The probability at `x`.
  package func probability(at x: Double) -> Double { Self.expit(intercept + slope * x) }

  /// The probabilities at `x` that the counts do not contradict: those whose profile likelihood is within
  /// `threshold` / 2 of the best; 3.841 is for 95 %.
  package func interval(at x: Double, threshold: Double = Self.ninetyFive) -> ClosedRange<Double> {
    let center = intercept + slope * x
    func drop(_ value: Double) -> Double { contradiction(ofLogit: value, at: x) - threshold }
    func edge(_ direction: Double) -> Double {
      var (inner, outer) = (center, center + direction)
      var width = 1.0
      while drop(outer) < 0 && abs(outer) < Self.endless {
        inner = outer
        width *= 2
        outer += direction * width
      }
      guard abs(outer) < Self.endless else { return direction * Self.endless }
      for _ in 0..<Self.halvings {
        let middle = (inner + outer) / 2
        if drop(middle) < 0 { inner = middle } else { outer = middle }
      }
      return (inner + outer) / 2
    }
    let (low, high) = (edge(-1), edge(1))
    return Self.expit(low)...Self.expit(high)
  }

  /// By how much the counts contradict a logit at `x`: twice the loss of log-likelihood, χ² with one degree of
  /// freedom if it is the true one.
  package func contradiction(ofLogit value: Double, at x: Double) -> Double {
    // With x as origin the intercept is the logit at x itself.
    let shifted = groups.map { Group(x: $0.x - x, events: $0.events, n: $0.n) }
    return 2 * (logLikelihood - Self.profile(shifted, likelihood, value, around: slope))
  }

  /// The quantile of χ² with one degree of freedom at 95 %.
  package static let ninetyFive = 3.841458820694124

  /// Pearson residuals of the groups: (events − expected) / √variance.
  package var residuals: [Double] {
    groups.map { group in
      let p = probability(at: group.x)
      return (group.events - group.n * p) / (group.n * p * (1 - p)).squareRoot()
    }
  }

  /// log L + ½ log det I, or log L alone.
  package static func logLikelihood(
    _ groups: [Group], _ likelihood: Likelihood, _ intercept: Double, _ slope: Double
  ) -> Double {
    var (sum, a, b, c) = (0.0, 0.0, 0.0, 0.0)
    for group in groups {
      let eta = intercept + slope * group.x
      // −log(1 + e^{−η}) and −log(1 + e^{η}) without overflow.
      let tail = log1p(exp(-abs(eta)))
      sum -= group.events * (max(-eta, 0) + tail) + (group.n - group.events) * (max(eta, 0) + tail)
      let p = expit(eta)
      let weight = group.n * p * (1 - p)
      a += weight
      b += weight * group.x
      c += weight * group.x * group.x
    }
    guard likelihood == .firth else { return sum }
    let determinant = a * c - b * b
    return determinant > 0 ? sum + log(determinant) / 2 : -.infinity
  }

  private static func system(
    _ groups: [Group], _ likelihood: Likelihood, _ point: [Double]
  ) -> (information: Matrix, score: [Double]) {
    var information = Matrix(rows: 2, columns: 2)
    for group in groups {
      let p = expit(point[0] + point[1] * group.x)
      let weight = group.n * p * (1 - p)
      information[0, 0] += weight
      information[1, 0] += weight * group.x
      information[1, 1] += weight * group.x * group.x
    }
    information[0, 1] = information[1, 0]
    let determinant = information[0, 0] * information[1, 1] - information[1, 0] * information[1, 0]
    var score = [0.0, 0.0]
    for group in groups {
      let p = expit(point[0] + point[1] * group.x)
      let weight = group.n * p * (1 - p)
      var excess = group.events - group.n * p
      if likelihood == .firth, determinant > 0 {
        let form =
          information[1, 1] - 2 * information[1, 0] * group.x + information[0, 0] * group.x * group.x
        excess += weight * form / determinant * (0.5 - p)
      }
      score[0] += excess
      score[1] += excess * group.x
    }
    return (information, score)
  }

  /// The best log-likelihood over all slopes for a given intercept, by golden section.
  private static func profile(
    _ groups: [Group], _ likelihood: Likelihood, _ intercept: Double, around slope: Double
  ) -> Double {
    func value(_ slope: Double) -> Double { logLikelihood(groups, likelihood, intercept, slope) }
    var (low, high, width) = (slope - 1, slope + 1, 1.0)
    while value(low) > value(low + width / 2), width < endless { width *= 2; low -= width }
    width = 1
    while value(high) > value(high - width / 2), width < endless { width *= 2; high += width }
    let golden = (5.0.squareRoot() - 1) / 2
    var (a, b) = (high - golden * (high - low), low + golden * (high - low))
    var (fa, fb) = (value(a), value(b))
    for _ in 0..<halvings {
      if fa > fb {
        (high, b, fb) = (b, a, fa)
        a = high - golden * (high - low)
        fa = value(a)
      } else {
        (low, a, fa) = (a, b, fb)
        b = low + golden * (high - low)
        fb = value(b)
      }
    }
    return max(fa, fb)
  }

  package static func expit(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }

  private static let mostSteps = 200
  private static let tolerance = 1e-12
  private static let shortest = 1e-10
  private static let halvings = 80
  /// A logit beyond which a probability is 0 or 1 in every digit.
  private static let endless = 60.0
}

/// Why a curve cannot be fitted.
package enum LogisticError: Error, Equatable, Sendable {
  /// Counts at one dose say nothing of others.
  case oneDose
  /// The likelihood rises for ever: events on one side only.
  case separated
}
