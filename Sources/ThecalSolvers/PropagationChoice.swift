import Glibc

/// What a caller wants of a course, besides its values.
public struct PropagationNeed: Equatable, Sendable {
  /// The error that is acceptable, as a share of the largest concentration.
  public var tolerance: Double
  /// Whether everything put in is to be accounted for at every reading.
  public var needsBalance: Bool

  /// A need for values within `tolerance` of the peak, 1e-12 … 1e-2.
  public init(tolerance: Double = 1e-9, needsBalance: Bool = true) {
    precondition((1e-12...1e-2).contains(tolerance))
    self.tolerance = tolerance
    self.needsBalance = needsBalance
  }
}

extension LinearNetwork {
  /// The one place where a way through time is chosen.
  ///
  /// The flow depends on the concentration, or the symmetrizer is ill-conditioned, or the network is too large
  /// for a dense decomposition: implicit. Otherwise the contour where it can deliver what is wished and is
  /// cheaper, else the spectral path.
  public func method(
    for experiment: Experiment, need: PropagationNeed, drift: SaturatingDrift? = nil
  ) -> Course.Method {
    guard drift == nil, symmetrizerCondition <= Self.largestCondition else { return .implicit }
    let readsEverything = need.needsBalance || experiment.receiver != nil
    let lag = experiment.times.last ?? 0
    let finest = zip(experiment.times, experiment.times.dropFirst()).reduce(lag) { min($0, $1.1 - $1.0) }
    if !readsEverything, need.tolerance >= Self.finestContour, finest > 0 {
      // Costs in ns, measured: 45 per node and group of eight shifts; 60 per mode and reading after n² · 90.
      let shifts = 32 * (1 + log10(max(lag / finest, 1)) / 3)
      let contour = 6 * Double(count) * shifts
      let spectral = 90 * Double(count * count) + 60 * Double(count * experiment.times.count)
      if contour < spectral { return .contour }
    }
    return count <= Self.largestDense ? .spectral : .implicit
  }

  /// Where the spectral path would lose six digits (the model's own limit).
  public static var largestCondition: Double { 1e6 }
  /// A dense matrix of modes of this order takes 20 MB and a second.
  static var largestDense: Int { 1_600 }
  /// Below this a contour's rounding is near its truncation.
  static var finestContour: Double { 1e-10 }

  /// The course of `experiment`, by the way that `method(for:need:drift:)` chooses.
  public func course(
    of experiment: Experiment, need: PropagationNeed = PropagationNeed(), drift: SaturatingDrift? = nil
  ) throws(PropagationError) -> Course {
    let method = method(for: experiment, need: need, drift: drift)
    let amplification = flowAmplification
    if method == .contour,
      var contour = ContourPropagator(
        shape: self, experiment, tolerance: need.tolerance / (2 * amplification))
    {
      contour.run(self, sources: experiment.sources)
      var course = contour.course()
      course.errorBound *= amplification
      return course
    }
    if method == .implicit {
      var stepper = ImplicitPropagator(self, drift: drift, tolerance: need.tolerance)
      return try stepper.run(experiment)
    }
    let spectral = try SpectralPropagator(self)
    return spectral.run(experiment)
  }
}
