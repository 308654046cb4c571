package import ThecalFormulary
import Glibc
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
    let data = formulary.transport
    var varied: [(TransportParameter, Distribution)] = []
    var pairs: [(String, String, Double)] = []
    for parameter in TransportParameter.allCases {
      let found =
        parameter == .loss ? data.loss(drug)?.distribution : data.parameter(parameter.rawValue)?.distribution
      guard let found, let family = Self.family(found, median: center[parameter]) else { continue }
      varied.append((parameter, family))
      if let other = found.correlated, let correlation = found.correlation {
        pairs.append((parameter.rawValue, other, correlation))
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

  private static func family(_ found: Formulary.TransportData.Distribution, median: Double) -> Distribution? {
    switch found.kind {
    case .lognormal:
      let sigma = found.cv.map { Distribution.sigma(cv: $0) } ?? found.gsd.map { log($0) }
      guard let sigma, median > 0 else { return nil }
      return Distribution(.lognormal(median: median, sigma: sigma))
    case .normal:
      guard let cv = found.cv else { return nil }
      // Nobody is five standard deviations from the mean; a height below zero would be no height.
      return Distribution(
        .normal(mean: median, sd: cv * median), truncated: median * (1 - 5 * cv)...median * (1 + 5 * cv))
    case .uniform:
      guard let low = found.low, let high = found.high else { return nil }
      return Distribution(.uniform(low: low, high: high))
    }
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
