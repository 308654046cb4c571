import ThecalLinearAlgebra

/// Why a course could not be computed.
public enum PropagationError: Error, Equatable, Sendable {
  /// LAPACK's eigenvalue iteration gave up; the text is what it reported.
  case noConvergence(description: String)
  /// The steps an accuracy of `tolerance` asks for became shorter than rounding at `time`, h.
  case stepTooShort(time: Double, tolerance: Double)
  /// More than `steps` steps would be needed to go beyond `time`, h.
  case tooManySteps(Int, time: Double)

  static func noConvergence(_ error: FactorizationError) -> Self { .noConvergence(description: "\(error)") }
}
