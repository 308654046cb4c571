import ThecalSampling

/// What measurements say about parameters.
public struct Estimation: Sendable {
  /// Where an interval comes from.
  public enum Interval: String, Hashable, Sendable {
    /// From the height of the posterior along the parameter, with the others at their best.
    case profile
    /// From the curvature at the mode.
    case laplace
    /// From the prior: the data do not move the parameter.
    case prior
  }

  /// A parameter: its mode, and between what values 95 % of its probability lies.
  public struct Estimate: Hashable, Sendable {
    /// Its key in a scenario.
    public let parameter: String
    /// The unit of its numbers; empty for a plain number.
    public let unit: String
    /// The mode, of one person or of the typical one.
    public let value: Double
    /// The interval.
    public let low: Double, high: Double
    /// Where the interval comes from.
    public let interval: Interval
    /// The interval that the curvature at the mode gives.
    public let laplaceLow: Double, laplaceHigh: Double
    /// Median and interval of the prior.
    public let priorMedian: Double, priorLow: Double, priorHigh: Double
    /// The id of the prior's source; nil where the specification gives the prior.
    public let priorSource: String?
    /// The standard deviation of its normal score, as a share of the prior's: 1 where nothing was learnt.
    public let shrinkage: Double
    /// Whether the data move it.
    public let isIdentifiable: Bool
  }

  /// How a parameter differs between people.
  public struct Spread: Hashable, Sendable {
    /// Its key in a scenario.
    public let parameter: String
    /// The standard deviation of the parameter's normal score between people, as a multiple of the shipped or given one.
    public let value: Double
    /// The 95 % interval.
    public let low: Double, high: Double
    /// The coefficient of variation between people that this is, for a log-normal parameter.
    public let cv: Double?
  }

  /// A person.
  public struct Individual: Hashable, Sendable {
    /// The name that the data give.
    public let name: String
    /// The values of the parameters, in their order.
    public let values: [Double]
  }

  /// A measurement and what is predicted of it.
  public struct FittedPoint: Hashable, Sendable {
    /// The person.
    public let subject: String
    /// What was measured.
    public let point: EstimationRequest.Point
    /// The level at this person's estimate, ng/mL.
    public let prediction_ng_per_mL: Double
    /// The level of the typical person, ng/mL.
    public let typical_ng_per_mL: Double
    /// How many standard deviations the measurement lies above the prediction; nil below the limit.
    public let residual: Double?
  }

  /// Levels over time at a person's estimate, for a picture.
  public struct Course: Hashable, Sendable {
    /// The person, and the site.
    public let subject: String, site: String
    /// Times, h, and levels, ng/mL.
    public let times_h: [Double], levels_ng_per_mL: [Double]
  }

  /// The drug.
  public let drug: String
  /// The parameters.
  public let estimates: [Estimate]
  /// How they differ between people; empty for one person.
  public let spreads: [Spread]
  /// The correlation of the normal scores of the estimates, row by row.
  public let correlation: [[Double]]
  /// −2 × the logarithm of the posterior density at the mode, without terms in 2π: of the normal scores, and for several
  /// people of the likelihood over them by the method of Laplace.
  public let objective: Double
  /// −2 × the logarithm of the likelihood of the logarithms there, without terms in 2π.
  public let misfit: Double
  /// Whether the search for the mode ended at it, and its curvature is that of a mode.
  public let isConverged: Bool
  /// Steps of the search.
  public let steps: Int
  /// The people.
  public let individuals: [Individual]
  /// The measurements.
  public let points: [FittedPoint]
  /// Levels over time.
  public let courses: [Course]
  /// The ids of the sources of every number that went in.
  public let sources: [String]
  /// The error of the levels in time, as a share of the level that is reached.
  public let tolerance: Double
  /// The largest error that the cells cost, as a share of the peak.
  public let gridError: Double

  /// What the measurements of `request` say.
  ///
  /// - Complexity: For one person some hundred gradients; for *n* people some thousand times *n*.
  public init(_ request: EstimationRequest) throws(EstimationProblem) {
    let search =
      request.subjects.count == 1 || request.random.isEmpty
      ? try ModeSearch.pooled(request) : try ModeSearch.population(request)
    self.init(search, request)
  }
}
