import Glibc
package import ThecalFormulary
import ThecalSampling
import ThecalStatistics

/// Depression of breathing: a level that is too much for a person, log-normal between people, and a tolerance that follows the
/// person's own dose.
///
/// A moderator M fills towards s · C and raises EC₅₀ to EC₅₀ · (1 + M). At a steady dose, however large, the share of people
/// depressed so settles at a plateau, from which s follows: plateau = Φ(−ln(s · EC₅₀) / σ).
package struct DepressionCurve: Hashable, Sendable {
  /// ln EC₅₀, ng/mL.
  package let lnHalf: Double
  /// Standard deviation of ln EC₅₀ between people.
  package let spread: Double
  /// The share of people depressed at a steady dose, however large.
  package let plateau: Double
  /// The moderator per ng/mL: s.
  package let sensitivity: Double

  /// Parameter names, in the order of `init(_:)`.
  package static let names = ["ln_ec50", "ln_spread", "logit_plateau"]

  /// The curve with these parameters; further ones are passed over.
  package init(_ parameters: [Double]) {
    precondition(parameters.count >= 3)
    lnHalf = parameters[0]
    spread = exp(parameters[1])
    plateau = LogisticRegression.expit(parameters[2])
    sensitivity = exp(-spread * normalQuantile(min(max(plateau, 1e-300), 1 - 1e-16)) - lnHalf)
  }

  /// The share of people with this level depressed, where `level` is already divided by 1 + M.
  package func share(at level: Double) -> Double {
    level > 0 ? normalProbability((log(level) - lnHalf) / spread) : 0
  }

  /// The share of people depressed where their level is this one, and lies apart by `spread` of its logarithm between them.
  package func share(at level: Double, apart: Double) -> Double {
    level > 0 ? normalProbability((log(level) - lnHalf) / (spread * spread + apart * apart).squareRoot()) : 0
  }

  /// The share of people without tolerance after an injection of `dose` µg.
  package func naive(_ dose: Double, _ exposure: EffectFits.Exposure) -> Double {
    let total = (spread * spread + exposure.sdLog * exposure.sdLog).squareRoot()
    return normalProbability((log(dose) + exposure.meanLog - lnHalf) / total)
  }

  /// The share of people on a steady infusion of `dose` µg/h to which they are used; nil is any dose.
  package func settled(_ dose: Double?, _ exposure: EffectFits.Exposure) -> Double {
    guard let dose else { return plateau }
    var (sum, weight) = (0.0, 0.0)
    for k in -Self.nodes...Self.nodes {
      let u = Double(k) * Self.step
      let density = exp(-u * u / 2)
      let level = dose * exp(exposure.meanLog + exposure.sdLog * u)
      sum += density * share(at: level / (1 + sensitivity * level))
      weight += density
    }
    return sum / weight
  }

  private static let nodes = 20
  private static let step = 0.25

  /// What is held beforehand: nothing of EC₅₀; a spread of a factor e within a factor e; Jeffreys' prior of the plateau.
  static func logPrior(_ parameters: [Double]) -> Double {
    let plateau = LogisticRegression.expit(parameters[2])
    return -parameters[1] * parameters[1] / 2 + 0.5 * log(plateau) + 0.5 * log1p(-plateau)
  }
}
