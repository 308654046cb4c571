import Glibc
import Testing
import ThecalFormulary
import ThecalQuantities
import ThecalStatistics
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalResponse

@Suite struct `Models estimated from counts` {
  private static let fits = ModelFit.all(drug: nil, in: .embedded)

  @Test func `the data carry what the counts give`() throws {
    #expect(Self.fits.count == 3)
    for fit in Self.fits {
      let kept = try #require(Formulary.embedded.fit(fit.model.effect, of: fit.model.drug))
      #expect(kept.studies == fit.model.studies && kept.draws.count == fit.model.draws.count)
      for (a, b) in zip(kept.parameters, fit.model.parameters) {
        #expect(a.name == b.name && abs(a.estimate - b.estimate) < 1e-6, "\(a.name)")
        #expect(abs(a.from - b.from) < 1e-4 && abs(a.to - b.to) < 1e-4, "\(a.name)")
        #expect(a.from < a.estimate && a.estimate < a.to)
      }
    }
  }

  /// Two independent fits: nodes about each study's mode and a simplex search in scipy, a trapezoidal rule and Newton's method here.
  @Test func `scipy finds the same parameters`() throws {
    #expect(exposureModelReference.count == Self.fits.count)
    for reference in exposureModelReference {
      let fit = try #require(
        Self.fits.first { $0.model.drug == reference.drug && $0.model.effect == reference.effect })
      for (a, b) in zip(fit.model.estimates, reference.estimate) {
        #expect(abs(a - b) < 1e-5, "\(reference.effect)")
      }
    }
  }

  /// Of the counts foreseen from the other studies at least nine in ten lie in their 95 % interval.
  @Test func `studies left out one by one are foreseen by the others`() {
    let foreseen = Self.fits.flatMap(\.lines).compactMap(\.isForeseen)
    #expect(foreseen.count >= 20)
    #expect(Double(foreseen.count(where: \.self)) >= 0.9 * Double(foreseen.count), "\(foreseen)")
  }

  /// Counts drawn from the kept parameters of each shipped model, in its own studies with their doses and sizes: the profile
  /// holds each parameter as often as it says.
  @Test(arguments: [("morphine", "respiratory_depression"), ("morphine", "relief"), ("baclofen", "ashworth")])
  func `a shipped model is recovered from counts that it would give`(drug: String, effect: String) throws {
    let problem = try #require(ModelProblem(effect, of: drug, .embedded, renewing: false))
    let truth = try #require(Formulary.embedded.fit(effect, of: drug)).estimates
    var random = SeededGenerator(seed: 14)
    func normal() -> Double {
      let (u, v) = (Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random))
      return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
    let own = truth.count - (problem.deviates ? 1 : 0)
    let sets = 10
    var (held, sums) = (0, Array(repeating: 0.0, count: own))
    for _ in 0..<sets {
      let deviation = problem.deviates ? exp(truth[own]) : 0
      let studies = Dictionary(uniqueKeysWithValues: problem.studies.map { ($0, deviation * normal()) })
      let events = problem.rows.map { row in
        let logit = LogisticRegression.logit(problem.probability(of: row, truth))
        let p = LogisticRegression.expit(logit + (studies[row.citation.source] ?? 0))
        return (0..<(row.n ?? 0)).count { _ in Double.random(in: 0..<1, using: &random) < p }
      }
      let posterior = try #require(CountPosterior(problem.evidence(counting: events), from: problem.start))
      for k in 0..<own {
        if posterior.contradiction(k, truth[k]) <= LogisticRegression.ninetyFive { held += 1 }
        sums[k] += posterior.estimate[k] - truth[k]
      }
    }
    // 95 % of the intervals; three standard errors below, as if all were independent.
    let all = Double(sets * own)
    #expect(Double(held) >= all * (0.95 - 3 * (0.95 * 0.05 / all).squareRoot()), "\(held) of \(all)")
    // And on average they are near: within their own width.
    let kept = try #require(Formulary.embedded.fit(effect, of: drug)).parameters
    for k in 0..<own {
      #expect(abs(sums[k] / Double(sets)) < (kept[k].to - kept[k].from) / 2, "\(kept[k].name)")
    }
  }

  @Test func `tolerance keeps its plateau however large the dose, and follows the dose`() {
    let curve = DepressionCurve([log(1_600), -0.36, -6.85])
    let exposure = EffectFits.Exposure(meanLog: 0.4, sdLog: 0.5)
    #expect(abs(curve.settled(1e9, exposure) / curve.plateau - 1) < 1e-4)
    #expect(curve.settled(nil, exposure) == curve.plateau)
    var last = 0.0
    for dose in [1.0, 10, 100, 1_000] {
      let share = curve.settled(dose, exposure)
      #expect(share > last && share < curve.plateau)
      last = share
      #expect(share < curve.naive(dose, exposure))
    }
  }

  @Test func `who does not respond is lost at any dose, and nobody responds to none`() {
    let curve = ReliefCurve([-1.1, -1.2, 4.9, -0.15])
    for stage in ReliefCurve.Stage.allCases {
      let lost = curve.nonresponders[stage] ?? -1
      #expect(abs(curve.inadequate(at: 1e9, factor: 1, stage) - lost) < 1e-9)
      #expect(curve.inadequate(at: 0, factor: 1, stage) == 1)
      #expect(abs(curve.inadequate(at: exp(4.9), factor: 1, stage) - (lost + (1 - lost) / 2)) < 1e-12)
    }
  }
}
