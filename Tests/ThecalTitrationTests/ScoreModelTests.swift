import Glibc
import Testing
import ThecalResponse

@testable import ThecalTitration

private let relief = ScoreModel(
  curve: SigmoidEffect(largest: 1, half: 100, steepness: 1.3), isRelief: true, sigma: 0.7, prior: 7,
  priorSpread: 2, noise: 1)
private let tone = ScoreModel(
  curve: SigmoidEffect(largest: 2.6, half: 55, steepness: 1.1), isRelief: false, sigma: 0.6, prior: 3.3,
  priorSpread: 0.5, noise: 0.4)

@Suite struct `Scores of one patient` {
  @Test func `fall by a share of the baseline for pain, and by points for tone`() {
    #expect(abs(relief.score([0, 0], 100) - 3.5) < 1e-12 && relief.score([0, 1], 0) == 9)
    #expect(abs(tone.score([0, 0], 55) - 2) < 1e-12 && abs(tone.score([0, -1], 0) - 2.8) < 1e-12)
    // One spread of ln EC₅₀ less sensitive: half of the effect comes at e^0.7 times the level.
    #expect(abs(relief.score([1, 0], 100 * exp(0.7)) - 3.5) < 1e-12)
  }

  @Test(arguments: [true, false]) func `have the slopes that differences have`(isRelief: Bool) {
    let model = isRelief ? relief : tone
    let h = 1e-5
    for point in [[0.0, 0], [1.1, -0.4], [-0.8, 0.9]] {
      for level in [5.0, 60, 900] {
        let slopes = model.slopes(point, level)
        for k in 0..<2 {
          var (above, below) = (point, point)
          above[k] += h
          below[k] -= h
          let difference = (model.score(above, level) - model.score(below, level)) / (2 * h) / model.noise
          #expect(abs(slopes[k] - difference) < 1e-7, "\(k) at \(level)")
        }
      }
    }
  }

  /// Without drug a score is the baseline and noise: a normal mean with a normal prior, whose answer is known, and nothing is
  /// learned of the sensitivity.
  @Test func `without drug move the baseline as a normal mean, and the sensitivity not at all`() throws {
    for scores in [[5.0], [4, 5, 9], [8, 8, 8, 8, 8, 8]] {
      let found = try #require(relief.fit(scores.map { (level: 0, score: $0) }))
      let n = Double(scores.count)
      let precision = 1 / 4.0 + n
      let mean = (7 / 4.0 + scores.reduce(0, +)) / precision
      let baseline = relief.baseline(found.point[1])
      #expect(abs(baseline - mean) < 1e-6)
      #expect(abs(found.point[0]) < 1e-9 && abs(found.covariance[0] - 1) < 1e-9)
      // The covariance is that of the baseline in units of its spread.
      #expect(abs(found.covariance[3] * 4 - 1 / precision) < 1e-9 && abs(found.covariance[1]) < 1e-9)
      let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(found.scatter - (squares / n).squareRoot()) < 1e-6)
    }
  }

  /// A score that says what was expected leaves the most probable patient where it is, and narrows the interval by as much as was
  /// foretold.
  @Test func `foretell how much one more will teach`() throws {
    var points: [(level: Double, score: Double)] = [(0, 7.5), (60, 5), (120, 3.8)]
    let before = try #require(relief.fit(points))
    let fit = PatientFit(relief, before, points.count)
    for level in [20.0, 100, 400] {
      let foretold = fit.learned(fromScoreAt: level)
      let after = try #require(relief.fit(points + [(level, relief.score(before.point, level))]))
      #expect(abs(after.point[0] - before.point[0]) < 1e-6 && abs(after.point[1] - before.point[1]) < 1e-6)
      // Gauss and Newton's covariance is that of the slopes, which a score on the curve does not move.
      #expect(abs(foretold - (1 - (after.covariance[0] / before.covariance[0]).squareRoot())) < 1e-5)
      #expect(foretold > 0 && foretold < 1)
    }
    points.append((0, 7.4))
    let later = PatientFit(relief, try #require(relief.fit(points)), points.count)
    #expect(later.baseline.high - later.baseline.low < fit.baseline.high - fit.baseline.low)
  }

  @Test func `give an interval that is even on the scale of logarithms`() throws {
    let found = try #require(tone.fit([(30, 2.9), (80, 2.2), (200, 1.4)]))
    let fit = PatientFit(tone, found, 3)
    let (center, product) = (2 * log(fit.half.estimate), log(fit.half.low) + log(fit.half.high))
    #expect(abs(center - product) < 1e-9)
    // 1.644854 standard errors to each side: nine in ten.
    let reach = 1.6448536 * found.covariance[0].squareRoot() * tone.sigma
    #expect(abs(log(fit.half.high / fit.half.estimate) - reach) < 1e-6)
    #expect(fit.curve.half == fit.half.estimate && fit.curve.largest == 2.6 && fit.curve.steepness == 1.1)
    #expect(fit.curve(half: 12).half == 12 && fit.scores == 3)
  }
}
