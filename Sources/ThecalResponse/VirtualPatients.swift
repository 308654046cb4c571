package import ThecalFormulary
import ThecalQuantities
import ThecalSampling
package import ThecalTransport

/// People who differ as the literature says that people differ, drawn from a seed.
///
/// Patient *k* is the same whatever the number of patients and whoever draws them.
package struct VirtualPatients: Sendable {
  /// The seed.
  package let seed: UInt64
  private let random: Philox
  private let center: CanalParameters
  private let varied: [(parameter: TransportParameter, distribution: Distribution)]
  private let copula: Copula

  /// People around `center`: the parameters that the plan or scenario sets keep their values as medians.
  package init(around center: CanalParameters, drug: String, seed: UInt64, in formulary: Formulary) {
    self.seed = seed
    random = Philox(seed: seed)
    self.center = center
    var varied: [(TransportParameter, Distribution)] = []
    var pairs: [(String, String, Double)] = []
    for parameter in TransportParameter.allCases {
      guard let spread = parameter.spread(around: center[parameter], drug: drug, in: formulary) else {
        continue
      }
      varied.append((parameter, Distribution(spread)))
      if let (other, correlation) = parameter.partner(drug: drug, in: formulary) {
        pairs.append((parameter.rawValue, other.rawValue, correlation))
      }
    }
    self.varied = varied
    let names = varied.map(\.0.rawValue)
    let places = pairs.compactMap { pair in
      names.firstIndex(of: pair.0).flatMap { a in names.firstIndex(of: pair.1).map { (a, $0, pair.2) } }
    }
    // Two disjoint pairs below one in size: such a matrix is always possible.
    copula =
      (try? Copula(count: varied.count, correlations: places)) ?? Copula(independent: varied.count)
  }

  /// The parameters of patient `index`.
  package func parameters(_ index: Int) -> CanalParameters {
    var point = varied.indices.map { random.uniform(sample: UInt64(index), stream: UInt32($0)) }
    copula.apply(&point)
    var person = center
    for (k, (parameter, distribution)) in varied.enumerated() {
      person[parameter] = distribution.quantile(point[k])
    }
    return person
  }

  /// A probability that belongs to patient `index` and a trait, for what is no parameter of the canal.
  package func trait(_ trait: UInt32, of index: Int) -> Double {
    random.uniform(sample: UInt64(index), stream: Self.traits + trait)
  }

  private static let traits: UInt32 = 0x4000_0000
}

extension Distribution {
  /// How a parameter varies between people.
  init(_ spread: PopulationSpread) {
    switch spread {
    case .lognormal(let median, let sigma): self.init(Family.lognormal(median: median, sigma: sigma))
    case .normal(let mean, let sd, let range): self.init(Family.normal(mean: mean, sd: sd), truncated: range)
    case .uniform(let low, let high): self.init(Family.uniform(low: low, high: high))
    }
  }
}
