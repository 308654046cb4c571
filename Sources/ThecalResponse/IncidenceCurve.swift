import Glibc
import ThecalSampling
package import ThecalStatistics

/// What counts of one effect in one population say of a dose: a curve where there are two doses or more, else the
/// pooled share.
package struct IncidenceCurve: Sendable {
  /// A count at a dose.
  package struct Point: Hashable, Sendable {
    /// The study.
    package let source: String
    /// The dose, in the unit of the curve; nil where the study mixed doses.
    package let dose: Double?
    /// Events and patients.
    package let events: Double, n: Double
  }

  /// A probability with its interval of 95 %.
  package struct Estimate: Hashable, Sendable {
    /// The probability.
    package let probability: Double
    /// The ends of the interval.
    package let low: Double, high: Double
    /// Whether the dose lies outside those studied.
    package let isExtrapolated: Bool
  }

  /// The counts.
  package let points: [Point]
  /// The fit; nil where no dose-response is known.
  package let fit: LogisticRegression?
  /// The variance between studies on the scale of logits, where three or more speak; nil where fewer do.
  package let heterogeneity: Double?
  /// The doses that were studied; nil where no study names one.
  package let studied: ClosedRange<Double>?

  /// The curve of `points`; with `fits`, a line in the logarithm of the dose if there are two doses.
  package init(_ points: [Point], studied: ClosedRange<Double>?, fits: Bool) {
    precondition(!points.isEmpty)
    self.points = points
    self.studied = studied
    let groups = points.compactMap { point in
      point.dose.map { LogisticRegression.Group(x: log($0), events: point.events, n: point.n) }
    }
    fit = fits && groups.count == points.count ? try? LogisticRegression(groups) : nil
    heterogeneity = Self.heterogeneity(points)
  }

  /// Number of studies.
  package var studies: Int { Set(points.map(\.source)).count }

  /// The probability at `dose`, in the unit of the curve.
  package func estimate(at dose: Double?) -> Estimate {
    let isOutside = dose.map { dose in studied.map { !$0.contains(dose) } ?? false } ?? false
    guard let fit, let dose else {
      let (events, n) = (points.reduce(0) { $0 + $1.events }, points.reduce(0) { $0 + $1.n })
      let range = widened(BetaDistribution.jeffreys(events: events, of: n), around: events, of: n)
      // Never seen is not never: where nothing or everything was counted, the mean of Jeffreys' posterior stands.
      let isEnd = events == 0 || events == n
      return Estimate(
        probability: isEnd ? (events + 0.5) / (n + 1) : events / n, low: range.lowerBound,
        high: range.upperBound, isExtrapolated: isOutside)
    }
    let range = fit.interval(at: log(dose))
    let p = fit.probability(at: log(dose))
    let wide = heterogeneity.map { Self.spread(range, p, by: $0) } ?? range
    return Estimate(probability: p, low: wide.lowerBound, high: wide.upperBound, isExtrapolated: isOutside)
  }

  /// How far off a fit without each study in turn would have been; nil where nothing is left to fit.
  package var leaveOneOut: [(source: String, observed: Double, predicted: Double?)] {
    let sources = Set(points.map(\.source)).sorted()
    return sources.flatMap { source -> [(String, Double, Double?)] in
      let rest = points.filter { $0.source != source }
      let curve = rest.isEmpty ? nil : IncidenceCurve(rest, studied: studied, fits: fit != nil)
      let usable = curve.flatMap { fit == nil || $0.fit != nil ? $0 : nil }
      return points.filter { $0.source == source }.map { point in
        (source, point.events / point.n, usable?.estimate(at: point.dose).probability)
      }
    }
  }

  /// The variance between studies after DerSimonian and Laird (1986), of logits with half an event added.
  private static func heterogeneity(_ points: [Point]) -> Double? {
    var studies: [String: (events: Double, n: Double)] = [:]
    for point in points {
      let old = studies[point.source] ?? (0, 0)
      studies[point.source] = (old.events + point.events, old.n + point.n)
    }
    guard studies.count >= 3 else { return nil }
    let parts = studies.keys.sorted().compactMap { studies[$0] }
    let logits = parts.map { log(($0.events + 0.5) / ($0.n - $0.events + 0.5)) }
    let weights = parts.map { 1 / (1 / ($0.events + 0.5) + 1 / ($0.n - $0.events + 0.5)) }
    let total = weights.reduce(0, +)
    let mean = zip(logits, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let q = zip(logits, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    let scale = total - weights.reduce(0) { $0 + $1 * $1 } / total
    return max(0, (q - Double(parts.count - 1)) / scale)
  }

  private func widened(
    _ range: ClosedRange<Double>, around events: Double, of n: Double
  ) -> ClosedRange<Double> {
    guard let heterogeneity, heterogeneity > 0 else { return range }
    return Self.spread(range, (events + 0.5) / (n + 1), by: heterogeneity)
  }

  /// An interval that also holds what a further study would find: variances add on the scale of logits.
  private static func spread(
    _ range: ClosedRange<Double>, _ p: Double, by variance: Double
  ) -> ClosedRange<Double> {
    func logit(_ x: Double) -> Double { log(x / (1 - x)) }
    let center = logit(p)
    func end(_ x: Double) -> Double {
      guard x > 0, x < 1 else { return x }
      let own = (logit(x) - center) / normalQuantile(0.975)
      let both = (own * own + variance).squareRoot() * normalQuantile(0.975)
      return LogisticRegression.expit(center + (x < p ? -both : both))
    }
    return min(end(range.lowerBound), p)...max(end(range.upperBound), p)
  }
}
