import ThecalSampling

/// People who share a model and typical parameters, and differ in some of them: log-normally, one independent of the
/// other.
///
/// Each number of each person follows from the seed, the subject, the number of the person and the parameter alone:
/// never from who was drawn before, nor from what else varies.
public struct KineticPopulation: Sendable {
  /// The person in the middle.
  public let typical: KineticParameters
  /// The parameters that vary.
  public let varied: [KineticParameter]
  private let distributions: [(parameter: KineticParameter, spread: Distribution)]
  private let random: Philox

  /// A population around `typical` with coefficients of variation `cv`, each a share above 0 and at most a million.
  ///
  /// The absorbed share stays within 0 and 1.
  public init(
    typical: KineticParameters, cv: [KineticParameter: Double], seed: UInt64
  ) throws(KineticProblem) {
    try self.init(typical: typical, cv: cv, sigma: [:], seed: seed)
  }

  /// The same with standard deviations of logarithms `sigma` for those that `cv` does not name.
  init(
    typical: KineticParameters, cv: [KineticParameter: Double], sigma: [KineticParameter: Double],
    seed: UInt64
  ) throws(KineticProblem) {
    self.typical = typical
    let names = typical.model.parameters + typical.model.options
    varied = KineticParameter.allCases.filter { cv[$0] != nil || sigma[$0] != nil }
    random = Philox(seed: seed)
    distributions = try varied.map { (name) throws(KineticProblem) in
      guard names.contains(name) else { throw .unknown(name, of: typical.model) }
      let share = cv[name] ?? 1
      guard share > 0, share <= Self.mostVariation, typical[name] > 0 else { throw .outOfRange(name, share) }
      let width = cv[name].map { Distribution.sigma(cv: $0) } ?? sigma[name] ?? 0
      let family = Distribution.Family.lognormal(median: typical[name], sigma: width)
      return (name, Distribution(family, truncated: name == .F && typical[.F] <= 1 ? 0...1 : nil))
    }
  }

  /// The largest coefficient of variation; what is drawn stays a number with it.
  private static let mostVariation = 1e6

  /// Whether people differ in when or how much of a dose arrives: each needs a plan of their own then.
  public var needsOwnPlans: Bool { varied.contains(.F) || varied.contains(.ALAG) }

  /// Person `number`, counted from 1, of the subject with this identifier.
  public func person(_ number: UInt64, of subject: SubjectKey) -> KineticParameters {
    var person = typical
    for (parameter, spread) in distributions {
      let drawn = spread.quantile(
        random.uniform(sample: number, stream: parameter.stream, index: subject.value))
      // What is above zero stays above it, far below the least double too.
      person[parameter] = max(drawn, .leastNonzeroMagnitude)
    }
    return person
  }
}

/// A subject's identifier as a number: that of a whole number is its own, any other text is hashed (FNV-1a).
public struct SubjectKey: Hashable, Sendable {
  let value: UInt32

  /// The key of an identifier as written in a table.
  public init(_ id: String) {
    value = UInt32(id) ?? id.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}
