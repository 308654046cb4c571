import Glibc
package import ThecalFormulary
import ThecalQuantities
import ThecalSampling
package import ThecalStatistics

/// A model of exposure estimated from every count that calibrates it, with what each study says of it.
package struct ModelFit: Sendable {
  /// One count: what was seen, what the model says, and what it would say without the study.
  package struct Line: Sendable {
    /// The count.
    package let row: IncidenceCount
    /// The probability and the ends of its 95 % interval, study deviations not in it.
    package let expected: Double, low: Double, high: Double
    /// (seen − expected) / √variance.
    package let residual: Double
    /// The probability without this study; nil where no other is left to fit.
    package let without: Double?
    /// How probable at most and at least this count was, before the study was seen; nil where nothing predicts it.
    package let tails: (atMost: Double, atLeast: Double)?

    /// Whether the count lies in the 95 % interval predicted from the other studies; nil where nothing predicts it.
    package var isForeseen: Bool? { tails.map { min($0.atMost, $0.atLeast) > 0.025 } }
  }

  /// The estimates, as they are kept.
  package let model: EffectFits.Model
  /// The evidence and what it leaves.
  package let posterior: CountPosterior
  /// One line for each count.
  package let lines: [Line]
  /// By study, how far its leaving moves each parameter.
  package let moves: [(study: String, change: [Double])]

  /// The effects of which a level is too much, or too little.
  static let effects = ["respiratory_depression", "relief", "ashworth"]
  /// Parameter sets that are kept, and proposals from which they are chosen.
  static let draws = 200, proposals = 2_000
  /// People by whom exposures are summed up, and the seed.
  static let people = 400, seed: UInt64 = 1

  /// The fits of one drug, or of all; with `renewing` the exposures are computed again instead of taken from the data.
  package static func all(drug: String?, in formulary: Formulary, renewing: Bool = false) -> [ModelFit] {
    formulary.drugs.filter { drug == nil || $0.id == drug }.flatMap { drug in
      effects.compactMap { effect in
        guard let problem = ModelProblem(effect, of: drug.id, formulary, renewing: renewing) else {
          return nil
        }
        return ModelFit(problem)
      }
    }
  }

  init?(_ problem: ModelProblem) {
    let studies = problem.studies
    guard let posterior = CountPosterior(problem.evidence(), from: problem.start) else { return nil }
    self.posterior = posterior
    let draws = Self.sample(posterior)
    model = EffectFits.Model(
      drug: problem.drug, effect: problem.effect, single: problem.single, continuous: problem.continuous,
      parameters: zip(problem.names, posterior.estimate.indices).map { name, k in
        let ends = posterior.interval(k)
        return .init(name: name, estimate: posterior.estimate[k], from: ends.lowerBound, to: ends.upperBound)
      }, draws: draws, studies: studies)
    var without: [String: (posterior: CountPosterior, draws: [[Double]])] = [:]
    for study in studies {
      let rest = problem.leaving(study)
      guard rest.rows.count > 1, let left = CountPosterior(rest.evidence(), from: rest.start) else {
        continue
      }
      without[study] = (left, Self.near(left))
    }
    lines = problem.rows.map { row in
      let study = row.citation.source
      return Self.line(row, problem, posterior, draws, without[study])
    }
    moves = studies.compactMap { study in
      without[study].flatMap { left in
        left.posterior.estimate.count == posterior.estimate.count
          ? (study, zip(left.posterior.estimate, posterior.estimate).map { $0 - $1 }) : nil
      }
    }
  }

  private static func sample(_ posterior: CountPosterior) -> [[Double]] {
    let random = Philox(seed: seed)
    return posterior.sample(draws, from: proposals) { k in
      posterior.estimate.indices.map { normalQuantile(random.uniform(sample: UInt64(k), stream: UInt32($0))) }
    }
  }

  /// Draws from Laplace's approximation alone, which is enough to foresee a count.
  private static func near(_ posterior: CountPosterior) -> [[Double]] {
    let random = Philox(seed: seed)
    return (0..<draws).map { k in
      posterior.draw(
        posterior.estimate.indices.map {
          normalQuantile(random.uniform(sample: UInt64(k), stream: UInt32($0)))
        })
    }
  }

  private static func line(
    _ row: IncidenceCount, _ problem: ModelProblem, _ posterior: CountPosterior, _ draws: [[Double]],
    _ without: (posterior: CountPosterior, draws: [[Double]])?
  ) -> Line {
    let (events, n) = (Double(row.events ?? 0), Double(row.n ?? 0))
    let expected = problem.probability(of: row, posterior.estimate)
    let drawn = ModelComparison.middle(draws.map { problem.probability(of: row, $0) })
    let random = Philox(seed: seed + 1)
    let tails = without.map { left -> (atMost: Double, atLeast: Double) in
      let deviates = left.posterior.evidence.deviates
      let logits = left.draws.enumerated().map { k, point -> Double in
        let logit = LogisticRegression.logit(problem.probability(of: row, point))
        let deviation = deviates ? exp(point.last ?? 0) : 0
        return logit + deviation * normalQuantile(random.uniform(sample: UInt64(k), stream: 0))
      }
      return CountPosterior.tails(events: events, of: n, logits: logits)
    }
    return Line(
      row: row, expected: expected, low: drawn.lowerBound, high: drawn.upperBound,
      residual: (events - n * expected) / (n * expected * (1 - expected)).squareRoot(),
      without: without.map { problem.probability(of: row, $0.posterior.estimate) }, tails: tails)
  }
}
