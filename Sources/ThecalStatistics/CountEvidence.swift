import Glibc

/// Counts from several studies, the logit of each as a function of parameters, and what is held of the parameters beforehand.
///
/// Studies differ by more than chance: where `deviates` holds, the last parameter is ln τ and every study has a deviation of its own,
/// normal with standard deviation τ on the scale of logits, over which the likelihood is integrated. τ has a half-normal
/// prior of scale `deviationScale` (Röver et al., Res. Synth. Methods 12:448–474, 2021).
package struct CountEvidence: Sendable {
  /// Events among `n` in one study.
  package struct Count: Hashable, Sendable {
    /// The number of the study; counts of one study share its deviation.
    package let study: Int
    /// Events, and those who could have had one.
    package let events: Double, n: Double

    /// A count.
    package init(study: Int, events: Double, n: Double) {
      precondition(n > 0 && (0...n).contains(events))
      self.study = study
      self.events = events
      self.n = n
    }
  }

  /// The counts.
  package let counts: [Count]
  /// Whether studies deviate.
  package let deviates: Bool
  /// Number of parameters, ln τ among them.
  package let order: Int
  /// The places of the counts of each study.
  private let studies: [[Int]]
  let logits: @Sendable ([Double]) -> [Double]
  let logPrior: @Sendable ([Double]) -> Double

  /// Evidence of `counts`, whose logits, one each, and prior follow from the parameters without ln τ.
  package init(
    _ counts: [Count], parameters: Int, deviates: Bool, logits: @escaping @Sendable ([Double]) -> [Double],
    logPrior: @escaping @Sendable ([Double]) -> Double
  ) {
    self.counts = counts
    self.deviates = deviates
    order = parameters + (deviates ? 1 : 0)
    studies = Set(counts.map(\.study)).sorted().map { study in
      counts.indices.filter { counts[$0].study == study }
    }
    self.logits = logits
    self.logPrior = logPrior
  }

  /// The scale of the half-normal prior of τ.
  package static let deviationScale = 0.5

  /// The logarithm of likelihood times prior, but for a constant.
  package func logPosterior(_ point: [Double]) -> Double {
    precondition(point.count == order)
    let own = deviates ? Array(point.dropLast()) : point
    var sum = logPrior(own)
    guard sum.isFinite else { return -.infinity }
    let values = logits(own)
    guard deviates, let logDeviation = point.last else {
      for (count, value) in zip(counts, values) { sum += Self.term(count, value) }
      return sum
    }
    let deviation = exp(logDeviation)
    let scaled = deviation / Self.deviationScale
    sum += logDeviation - scaled * scaled / 2
    for own in studies { sum += integrated(own, values, deviation) }
    return sum
  }

  /// y log p + (n − y) log(1 − p), without overflow.
  static func term(_ count: Count, _ logit: Double) -> Double {
    let tail = log1p(exp(-abs(logit)))
    return -count.events * (max(-logit, 0) + tail) - (count.n - count.events) * (max(logit, 0) + tail)
  }

  /// The trapezoidal rule converges faster than any power for what decays like a normal density.
  private static let step = 0.25
  private static let reach = 26

  private func integrated(_ own: [Int], _ values: [Double], _ deviation: Double) -> Double {
    var (largest, sum) = (-Double.infinity, 0.0)
    var k = -Self.reach
    while k <= Self.reach {
      let u = Double(k) * Self.step
      var term = -u * u / 2
      for i in own { term += Self.term(counts[i], values[i] + deviation * u) }
      // The largest term so far is taken out, so that nothing overflows.
      if term <= largest {
        sum += exp(term - largest)
      } else {
        sum = sum * exp(largest - term) + 1
        largest = term
      }
      k += 1
    }
    return largest + log(sum * Self.step / (2 * Double.pi).squareRoot())
  }
}

extension LogisticRegression {
  /// ln(p / (1 − p)).
  package static func logit(_ p: Double) -> Double { log(p) - log1p(-p) }
}
