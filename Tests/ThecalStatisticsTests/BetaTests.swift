import Testing

@testable import ThecalStatistics

@Test(arguments: betaQuantiles.indices)
func `beta quantiles are those of scipy`(index: Int) {
  let (a, b, p, expected) = betaQuantiles[index]
  #expect(abs(BetaDistribution(a: a, b: b).quantile(p) / expected - 1) < 1e-9)
}

@Test func `Jeffreys' interval holds the share, narrows with more, and reaches the ends`() {
  let few = BetaDistribution.jeffreys(events: 2, of: 20)
  let many = BetaDistribution.jeffreys(events: 200, of: 2_000)
  #expect(few.contains(0.1) && many.contains(0.1))
  #expect(many.upperBound - many.lowerBound < (few.upperBound - few.lowerBound) / 5)
  #expect(BetaDistribution.jeffreys(events: 0, of: 41).lowerBound == 0)
  #expect(BetaDistribution.jeffreys(events: 21, of: 21).upperBound == 1)
  // By symmetry.
  let (a, b) = (BetaDistribution.jeffreys(events: 3, of: 10), BetaDistribution.jeffreys(events: 7, of: 10))
  #expect(abs(a.lowerBound + b.upperBound - 1) < 1e-12)
}
