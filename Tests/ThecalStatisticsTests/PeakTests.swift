import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalStatistics

@Suite struct `The top of a function` {
  /// f = −(x − 1)² − 3 (y + 2)² − (x − 1)(y + 2): its top is (1, −2), its curvature constant.
  private static func hill(_ p: [Double]) -> Double {
    let (x, y) = (p[0] - 1, p[1] + 2)
    return 5 - x * x - 3 * y * y - x * y
  }

  @Test(arguments: [[0.0, 0], [1, -2], [-40, 25], [300, 300]]) func `is found from anywhere on a hill`(
    start: [Double]
  )
    throws
  {
    let top = try #require(Peak.climb(from: start, Self.hill))
    #expect(abs(top.point[0] - 1) < 1e-6 && abs(top.point[1] + 2) < 1e-6 && abs(top.value - 5) < 1e-10)
  }

  @Test func `has the curvature of the function, and the inverse is an inverse`() throws {
    let bend = Peak.curvature([1, -2], Self.hill)
    for (found, expected) in zip(bend, [2.0, 1, 1, 6]) { #expect(abs(found - expected) < 1e-4) }
    let inverse = try #require(Peak.inverse(bend, order: 2))
    for row in 0..<2 {
      for column in 0..<2 {
        let product = (0..<2).reduce(0.0) { $0 + bend[row * 2 + $1] * inverse[$1 * 2 + column] }
        #expect(abs(product - (row == column ? 1 : 0)) < 1e-9)
      }
    }
    #expect(Peak.inverse([1, 2, 2, 4], order: 2) == nil && Peak.inverse([.nan], order: 1) == nil)
  }

  @Test func `is found where the first step would fall off, and nowhere where nothing is finite`() throws {
    // log x − x has its top at 1; a whole step of Newton from 3 would leave the domain.
    let f: ([Double]) -> Double = { $0[0] > 0 ? log($0[0]) - $0[0] : -.infinity }
    #expect(abs(try #require(Peak.climb(from: [3], f)).point[0] - 1) < 1e-6)
    #expect(Peak.climb(from: [-1], f) == nil)
    // Where a function bends upward a climb still ends at a top.
    let wave: ([Double]) -> Double = { cos($0[0]) }
    let top = try #require(Peak.climb(from: [2.5], wave))
    #expect(abs(top.value - 1) < 1e-8)
  }
}

@Suite struct `What a posterior says of a parameter` {
  /// One share with Jeffreys' prior, on the scale of logits.
  private func share(_ events: Double, _ n: Double) throws -> CountPosterior {
    try #require(
      CountPosterior(
        CountEvidence(
          [.init(study: 0, events: events, n: n)], parameters: 1, deviates: false, logits: { [$0[0]] },
          logPrior: { point in
            let p = LogisticRegression.expit(point[0])
            return 0.5 * log(p) + 0.5 * log1p(-p)
          }), from: [0]))
  }

  @Test func `is contradicted nowhere at the top, and just enough at the ends of its interval`() throws {
    for (events, n) in [(3.0, 10.0), (0, 40), (120, 400)] {
      let posterior = try share(events, n)
      #expect(abs(posterior.contradiction(0, posterior.estimate[0])) < 1e-9)
      let ends = posterior.interval(0)
      for end in [ends.lowerBound, ends.upperBound] {
        #expect(abs(posterior.contradiction(0, end) - LogisticRegression.ninetyFive) < 1e-5)
      }
      // A smaller loss is a smaller interval, inside the other.
      let half = posterior.interval(0, threshold: 1)
      #expect(ends.lowerBound < half.lowerBound && half.upperBound < ends.upperBound)
    }
  }

  @Test func `draws have its mean and covariance`() throws {
    var random = SeededGenerator(seed: 12)
    func normal() -> Double {
      let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
      return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
    let draws = (0..<20_000).map { _ in CountPosterior.draw([1, -2], [4, 1, 1, 2], [normal(), normal()]) }
    let means = (0..<2).map { k in draws.reduce(0) { $0 + $1[k] } / Double(draws.count) }
    #expect(abs(means[0] - 1) < 0.06 && abs(means[1] + 2) < 0.06)
    for (i, j, expected) in [(0, 0, 4.0), (1, 1, 2), (0, 1, 1)] {
      let sum = draws.reduce(0) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) }
      #expect(abs(sum / Double(draws.count) - expected) < 0.25, "\(i) \(j)")
    }
    // What is no covariance moves nothing.
    #expect(CountPosterior.draw([1, 2], [1, 2, 2, 1], [3, 3]) == [1, 2])
  }

  @Test func `weeks that lie far apart are independent: the interval is Student's`() throws {
    let values = [3.1, 4.2, 2.7, 3.9, 3.3]
    let days = values.indices.map { $0 * 1_000 }
    let found = try #require(AutocorrelatedMean(days: days, values: values, slope: nil)?.interval(0.95))
    let mean = values.reduce(0, +) / 5
    let error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4 / 5).squareRoot()
    let reach = error * StudentT.quantile(0.975, degrees: 4)
    #expect(abs(found.low - (mean - reach)) < 1e-9 && abs(found.high - (mean + reach)) < 1e-9)
    // Days next to each other say less.
    let near = try #require(
      AutocorrelatedMean(days: Array(values.indices), values: values, slope: nil)?.interval(0.95))
    #expect(near.high - near.low > found.high - found.low)
  }
}
