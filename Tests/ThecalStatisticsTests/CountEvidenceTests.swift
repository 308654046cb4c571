import Foundation
import Testing
import _ThecalTestSupport

@testable import ThecalStatistics

/// Shares that follow one intercept, in studies that deviate or do not.
private func evidence(_ counts: [(study: Int, events: Double, n: Double)], deviates: Bool) -> CountEvidence {
  CountEvidence(
    counts.map { .init(study: $0.study, events: $0.events, n: $0.n) }, parameters: 1, deviates: deviates,
    logits: { point in counts.map { _ in point[0] } },
    logPrior: { point in
      // Jeffreys' prior of a share, on the scale of its logit.
      let p = LogisticRegression.expit(point[0])
      return 0.5 * log(p) + 0.5 * log1p(-p)
    })
}

@Suite struct `Evidence from counts` {
  /// With Jeffreys' prior the mode on the scale of logits is (y + 1/2) / (n + 1), by hand.
  @Test(arguments: [(0.0, 524.0), (3, 10), (9, 9), (40, 400)] as [(Double, Double)])
  func `one study gives the mode of Jeffreys' posterior`(events: Double, n: Double) throws {
    let posterior = try #require(CountPosterior(evidence([(0, events, n)], deviates: false), from: [0]))
    let mode = (events + 0.5) / (n + 1)
    #expect(abs(posterior.estimate[0] - log(mode / (1 - mode))) < 1e-7)
    #expect(abs(posterior.covariance[0] - 1 / ((n + 1) * mode * (1 - mode))) < 1e-3 * posterior.covariance[0])
    let ends = posterior.interval(0)
    #expect(ends.lowerBound < posterior.estimate[0] && posterior.estimate[0] < ends.upperBound)
  }

  @Test func `a study's deviation is integrated exactly: two ways agree`() {
    let whole = evidence([(0, 7, 80), (0, 2, 247)], deviates: true)
    let (mu, tau) = (-3.0, 0.7)
    // Simpson's rule on a far finer grid.
    var sum = 0.0
    let h = 0.002
    for k in -4_000...4_000 {
      let u = Double(k) * h
      let eta = mu + tau * u
      let bend = log1p(exp(eta))
      let terms: Double = (7.0 * eta - 80.0 * bend) + (2.0 * eta - 247.0 * bend)
      sum += (k % 2 == 0 ? 2.0 : 4.0) * exp(terms - u * u / 2)
    }
    let p = LogisticRegression.expit(mu)
    let scaled = tau / CountEvidence.deviationScale
    let expected =
      log(sum * h / 3 / (2 * Double.pi).squareRoot()) + 0.5 * log(p * (1 - p)) + log(tau) - scaled * scaled
      / 2
    #expect(abs(whole.logPosterior([mu, log(tau)]) - expected) < 1e-9)
  }

  /// Two hundred data sets of six studies with known mean and deviation: the profile interval holds the truth as often as it says.
  @Test func `parameters are recovered from simulated counts at the stated rate`() throws {
    var random = SeededGenerator(seed: 20_26)
    func normal() -> Double {
      let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
      return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
    let (truth, deviation, sets) = (-1.2, 0.4, 200)
    var held = 0
    var sum = 0.0
    for _ in 0..<sets {
      let counts = (0..<6).map { study -> (study: Int, events: Double, n: Double) in
        let p = LogisticRegression.expit(truth + deviation * normal())
        let n = 60
        return (study, Double((0..<n).count { _ in Double.random(in: 0..<1, using: &random) < p }), Double(n))
      }
      let posterior = try #require(CountPosterior(evidence(counts, deviates: true), from: [-1, -1]))
      if posterior.interval(0).contains(truth) { held += 1 }
      sum += posterior.estimate[0]
    }
    // 95 % of 200 is 190; four standard deviations below are 178.
    #expect(held >= 178, "\(held) of \(sets)")
    #expect(abs(sum / Double(sets) - truth) < 0.06)
  }

  @Test func `draws chosen by their weights have the tails of the posterior, not of its approximation`()
    throws
  {
    let posterior = try #require(CountPosterior(evidence([(0, 0, 524)], deviates: false), from: [-5]))
    var random = SeededGenerator(seed: 7)
    let sample = posterior.sample(400, from: 8_000) { _ in
      let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
      return [(-2 * log(u)).squareRoot() * cos(2 * .pi * v)]
    }
    let shares = sample.map { LogisticRegression.expit($0[0]) }.sorted()
    let exact = BetaDistribution(a: 0.5, b: 524.5)
    for p in [0.25, 0.5, 0.9, 0.975] {
      #expect(abs(exact.probability(below: shares[Int(p * 400)]) - p) < 0.05, "\(p)")
    }
  }

  @Test func `tails of a prediction with one probability are those of the binomial distribution`() {
    let p = 0.3
    func mass(_ k: Int) -> Double {
      let (x, rest) = (Double(k), Double(10 - k))
      let ways: Double = lgamma(11) - lgamma(x + 1) - lgamma(rest + 1)
      return exp(ways + x * log(p) + rest * log(1 - p))
    }
    for events in 0...10 {
      let tails = CountPosterior.tails(events: Double(events), of: 10, logits: [LogisticRegression.logit(p)])
      #expect(abs(tails.atMost - (0...events).reduce(0) { $0 + mass($1) }) < 1e-12)
      #expect(abs(tails.atLeast - (events...10).reduce(0) { $0 + mass($1) }) < 1e-12)
    }
  }
}
