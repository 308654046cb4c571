import Glibc
package import ThecalFormulary
import ThecalSampling
import ThecalStatistics

/// Too little effect: a share of people who do not respond at any dose, and in the others a level that is enough, log-normal
/// between people.
package struct ReliefCurve: Hashable, Sendable {
  /// When the answer is looked at.
  package typealias Stage = IncidenceCount.Stage

  /// The share that does not respond, by stage.
  package let nonresponders: [Stage: Double]
  /// ln EC₅₀, ng/mL.
  package let lnHalf: Double
  /// Standard deviation of ln EC₅₀ between people.
  package let spread: Double

  /// Parameter names, in the order of `init(_:)`.
  package static let names = [
    "logit_nonresponders_single", "logit_nonresponders_long_term", "ln_ec50", "ln_spread",
  ]

  /// The curve with these parameters; further ones are passed over.
  package init(_ parameters: [Double]) {
    precondition(parameters.count >= 4)
    nonresponders = [
      .single: LogisticRegression.expit(parameters[0]), .longTerm: LogisticRegression.expit(parameters[1]),
    ]
    lnHalf = parameters[2]
    spread = exp(parameters[3])
  }

  /// The share of the people at this level who do not respond or have too little, where `factor` · EC₅₀ is enough.
  package func inadequate(at level: Double, factor: Double, _ stage: Stage, widened: Double = 0) -> Double {
    let lost = nonresponders[stage] ?? 0
    guard level > 0 else { return 1 }
    let total = (spread * spread + widened * widened).squareRoot()
    return lost + (1 - lost) * normalProbability((lnHalf + log(factor) - log(level)) / total)
  }

  /// The mean effect over people at a median level, those who do not respond among them, where `curve` gives size and steepness.
  package func mean(at level: Double, _ curve: SigmoidEffect, _ stage: Stage, widened: Double = 0) -> Double {
    guard level > 0 else { return 0 }
    let total = (spread * spread + widened * widened).squareRoot()
    var (sum, weight) = (0.0, 0.0)
    for k in -Self.nodes...Self.nodes {
      let u = Double(k) * Self.step
      let density = exp(-u * u / 2)
      let own = SigmoidEffect(
        largest: curve.largest, half: exp(lnHalf + total * u), steepness: curve.steepness)
      sum += density * own.effect(at: level)
      weight += density
    }
    return (1 - (nonresponders[stage] ?? 0)) * sum / weight
  }

  private static let nodes = 20
  private static let step = 0.25

  /// The share at a dose in µg or µg/h; nil is a dose that was found by its effect, so that nobody lacks a level.
  package func inadequate(_ dose: Double?, factor: Double, _ stage: Stage, _ exposure: EffectFits.Exposure)
    -> Double
  {
    guard let dose else { return nonresponders[stage] ?? 0 }
    return inadequate(at: dose * exp(exposure.meanLog), factor: factor, stage, widened: exposure.sdLog)
  }

  /// What is held beforehand: Jeffreys' prior of both shares, EC₅₀ and spread as the record has them.
  static func logPrior(_ parameters: [Double], lnHalf: Double, spread: Double) -> Double {
    var sum = 0.0
    for logit in parameters[0...1] {
      let share = LogisticRegression.expit(logit)
      sum += 0.5 * log(share) + 0.5 * log1p(-share)
    }
    let half = (parameters[2] - lnHalf) / spread
    let wide = (parameters[3] - log(spread)) / Self.spreadOfSpread
    return sum - half * half / 2 - wide * wide / 2
  }

  /// Standard deviation of the logarithm of the spread, beforehand: a factor of 1.65 either way.
  private static let spreadOfSpread = 0.5
}
