import Glibc
import Testing

@testable import ThecalSampling

private let families: [Distribution] = [
  Distribution(.uniform(low: 2, high: 5)), Distribution(.normal(mean: 172, sd: 10)),
  Distribution(.lognormal(median: 3e-5, sigma: 0.4)),
  Distribution(.uniform(low: 0, high: 0.6), truncated: 0.1...0.5),
  Distribution(.normal(mean: 172, sd: 10), truncated: 150...180),
  Distribution(.lognormal(median: 0.67, sigma: 0.7), truncated: 0.1...1),
]

@Test(arguments: families.indices)
func `a normal score is the quantile of its probability, and has its slope`(index: Int) {
  let distribution = families[index]
  for u in stride(from: -3.0, through: 3, by: 0.5) {
    let (value, slope) = distribution.value(latent: u)
    #expect(abs(value / distribution.quantile(normalProbability(u)) - 1) < 1e-12)
    let h = 1e-4
    let difference =
      (distribution.value(latent: u + h).value - distribution.value(latent: u - h).value) / (2 * h)
    #expect(abs(slope - difference) < 1e-6 * abs(difference) + 1e-12)
  }
}

/// ln Φ(x). Source: scipy 1.13, `scipy.special.log_ndtr`.
private let tails = [
  (-1.0, -1.8410216450092636), (-4.9, -14.551182689355313), (-5.1, -15.588487091871468),
  (-10, -53.23128515051247), (-40, -804.6084420137538),
]

@Test(arguments: tails.indices)
func `a far tail keeps its digits`(index: Int) {
  let (x, expected) = tails[index]
  let (value, slope) = logNormalProbability(x)
  #expect(abs(value / expected - 1) < 1e-12)
  let h = 1e-5 * abs(x)
  let difference = (logNormalProbability(x + h).value - logNormalProbability(x - h).value) / (2 * h)
  #expect(abs(slope / difference - 1) < 1e-7)
}
