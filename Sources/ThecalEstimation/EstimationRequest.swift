package import ThecalSampling
public import ThecalTransport

/// What is to be estimated, from which measurements.
public struct EstimationRequest: Sendable {
  /// A measured level.
  public struct Point: Hashable, Sendable {
    /// When, h.
    public let time_h: Double
    /// Where.
    public let site: CanalSite
    /// What was measured, or the limit below which it lies, ng/mL.
    public let value_ng_per_mL: Double
    /// Whether it lies below the limit.
    public let isBelow: Bool

    /// A measured level.
    public init(time_h: Double, site: CanalSite, value_ng_per_mL: Double, isBelow: Bool = false) {
      self.time_h = time_h
      self.site = site
      self.value_ng_per_mL = value_ng_per_mL
      self.isBelow = isBelow
    }
  }

  /// A person, what was given, and what was measured.
  public struct Subject: Sendable {
    /// The name that the data give.
    public let name: String
    /// What was given; its times and sites are not read.
    public let input: TransportInput
    /// What was measured.
    public let points: [Point]

    /// A person with at least one measurement.
    ///
    /// - Precondition: There is a measurement, and all are above zero.
    public init(name: String, input: TransportInput, points: [Point]) {
      precondition(!points.isEmpty)
      self.name = name
      self.input = input
      self.points = points
    }
  }

  /// How a parameter varies before anything was measured.
  package struct Prior: Hashable, Sendable {
    /// The distribution, in the unit of the model's parameter.
    package let distribution: Distribution
    /// The id of its source; nil where the specification gives it.
    package let source: String?

    /// A prior, which is no list of values.
    package init(_ distribution: Distribution, source: String?) {
      self.distribution = distribution
      self.source = source
    }
  }

  /// The people.
  public let subjects: [Subject]
  /// What is estimated.
  public let free: [TransportModel.Free]
  /// A prior for each of these.
  package let priors: [Prior]
  /// Correlations of the normal scores of the priors, by their places.
  package let correlations: [(Int, Int, Double)]
  /// The standard deviation of the logarithm of a measurement.
  public let sigma: Double
  /// Which of them differ between people, by their places; none where there is one person.
  public let random: [Int]

  /// A request.
  package init(
    subjects: [Subject], free: [TransportModel.Free], priors: [Prior],
    correlations: [(Int, Int, Double)] = [],
    sigma: Double, random: [Int] = []
  ) {
    precondition(!subjects.isEmpty && !free.isEmpty && priors.count == free.count && sigma > 0)
    precondition(random.allSatisfy(free.indices.contains))
    self.subjects = subjects
    self.free = free
    self.priors = priors
    self.correlations = correlations
    self.sigma = sigma
    self.random = random
  }
}

/// Why there is no estimate.
public enum EstimationProblem: Error, Hashable, Sendable {
  /// The model of a subject cannot be made.
  case input(subject: String, InputProblem)
  /// A level was measured where the model has none: before any drug was given, or out of its reach.
  case noLevel(subject: String, time_h: Double, site: String)
  /// The model cannot be computed at the middle of the priors.
  case failed(subject: String, reason: String)
  /// These correlations are those of no priors.
  case correlations
}
