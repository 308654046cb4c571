import ThecalSampling
import ThecalScenario

/// The values of the parameters of every sample, found from its index alone.
struct SweepPoints: Sendable {
  /// Number of samples.
  let count: Int
  private let method: SweepScenario.Method
  private let design: Design?
  private let copula: Copula
  private let distributions: [Distribution]
  private let random: Philox

  init(_ spec: SweepScenario) throws(ScenarioError) {
    method = spec.method
    let size = spec.parameters.count
    random = Philox(seed: spec.seed)
    distributions = try Self.distributions(spec)
    copula = try Self.copula(spec)
    let samples = UInt64(spec.samples ?? 1)
    switch spec.method {
    case .montecarlo, .latin, .sobol:
      let limit = spec.method == .sobol ? Sobol.mostDimensions : Int.max
      guard size <= limit else { throw spec.place.error("a Sobol design has at most \(limit) parameters") }
      design = Design(
        spec.method == .montecarlo ? .montecarlo : spec.method == .latin ? .latin : .sobol, samples: samples,
        dimensions: size, seed: spec.seed)
      count = Int(samples)
    case .saltelli:
      guard 2 * size <= Sobol.mostDimensions else {
        throw spec.place.error("a Saltelli design has at most \(Sobol.mostDimensions / 2) parameters")
      }
      design = Design(.sobol, samples: samples, dimensions: 2 * size, seed: spec.seed)
      count = Int(samples) * (size + 2)
    case .morris:
      design = nil
      count = Int(samples) * (size + 1)
    case .grid:
      design = nil
      var product = 1
      for parameter in spec.parameters {
        let size: Int
        switch parameter.family {
        case .values(let values): size = values.count
        case .sites(let sites): size = sites.count
        default: continue
        }
        let (next, overflow) = product.multipliedReportingOverflow(by: size)
        guard !overflow, next <= 4_000_000_000 else { throw spec.place.error("the grid has too many points") }
        product = next
      }
      count = product
    }
  }

  private static func distributions(_ spec: SweepScenario) throws(ScenarioError) -> [Distribution] {
    var found: [Distribution] = []
    for parameter in spec.parameters {
      let family: Distribution.Family
      switch parameter.family {
      case .uniform(let low, let high): family = .uniform(low: low, high: high)
      case .normal(let mean, let sd): family = .normal(mean: mean, sd: sd)
      case .lognormal(let median, let sigma): family = .lognormal(median: median, sigma: sigma)
      case .values(let values): family = .values(values)
      case .sites(let sites): family = .values(sites.indices.map(Double.init))
      }
      if let range = parameter.range, !Distribution.keeps(family, range) {
        throw parameter.place.error(
          "nothing is left of the distribution between \(range.lowerBound) and \(range.upperBound)")
      }
      found.append(Distribution(family, truncated: parameter.range))
    }
    return found
  }

  private static func copula(_ spec: SweepScenario) throws(ScenarioError) -> Copula {
    let keys = spec.parameters.map(\.key)
    guard !spec.correlations.isEmpty else { return Copula(independent: keys.count) }
    if [.saltelli, .morris].contains(spec.method) {
      throw spec.correlations[0].place.error("a sensitivity design takes independent parameters")
    }
    let pairs = spec.correlations.compactMap { entry in
      keys.firstIndex(of: entry.first).flatMap { a in
        keys.firstIndex(of: entry.second).map { (a, $0, entry.value) }
      }
    }
    do { return try Copula(count: keys.count, correlations: pairs) } catch {
      throw spec.correlations[0].place.error("these correlations contradict each other")
    }
  }

  /// The values of sample `index`, each in the unit of its parameter.
  func values(_ index: Int, into values: inout [Double]) {
    let size = distributions.count
    switch method {
    case .grid:
      // The last parameter runs fastest.
      var rest = index
      for k in stride(from: size - 1, through: 0, by: -1) {
        guard case .values(let list) = distributions[k].family else { continue }
        values[k] = list[rest % list.count]
        rest /= list.count
      }
      return
    case .saltelli: saltelli(index, size, &values)
    case .morris: morris(index, size, &values)
    default:
      design?.point(UInt64(index), into: &values)
      copula.apply(&values)
    }
    for k in 0..<size { values[k] = distributions[k].quantile(values[k]) }
  }

  /// Sample *j* of a base point: A, B, then A with one coordinate of B. After Saltelli et al. 2010.
  private func saltelli(_ index: Int, _ size: Int, _ point: inout [Double]) {
    var both = Array(repeating: 0.0, count: 2 * size)
    let (base, role) = index.quotientAndRemainder(dividingBy: size + 2)
    design?.point(UInt64(base), into: &both)
    for k in 0..<size { point[k] = both[role == 1 || role == k + 2 ? size + k : k] }
  }

  /// Step *j* of a trajectory through a grid of four levels: each step moves one coordinate by two thirds, in an
  /// order and directions of its own. After Morris, Technometrics 33:161–174, 1991.
  private func morris(_ index: Int, _ size: Int, _ point: inout [Double]) {
    let (trajectory, step) = index.quotientAndRemainder(dividingBy: size + 1)
    let order = Permutation(
      count: UInt64(size), random: random, stream: 0x5000_0000 &+ UInt32(truncatingIfNeeded: trajectory))
    for k in 0..<size {
      let bits = random.bits(sample: UInt64(trajectory), stream: UInt32(k))
      // The lower of two partners, 0 and 2/3 or 1/3 and 1; the middle of an eighth keeps quantiles finite.
      let low = bits & 1 == 0 ? 0.125 : 0.375
      let upFirst = bits & 2 == 0
      let moved = (0..<step).contains { order(UInt64($0)) == UInt64(k) }
      point[k] = low + (moved == upFirst ? 0.5 : 0)
    }
  }

  /// The coordinate that step `step` of a trajectory moves, and whether it moves up.
  static func morrisStep(seed: UInt64, trajectory: Int, step: Int, size: Int) -> (parameter: Int, isUp: Bool)
  {
    let random = Philox(seed: seed)
    let order = Permutation(
      count: UInt64(size), random: random, stream: 0x5000_0000 &+ UInt32(truncatingIfNeeded: trajectory))
    let k = Int(order(UInt64(step)))
    return (k, random.bits(sample: UInt64(trajectory), stream: UInt32(k)) & 2 == 0)
  }
}
