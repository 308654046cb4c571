/// The kinds of files that a user writes in YAML, each with its keys.
public enum ScenarioFile: String, CaseIterable, Hashable, Sendable {
  /// A scenario of `thecal simulate`.
  case simulate
  /// A specification of `thecal sweep`.
  case sweep
  /// A plan of `thecal titrate`.
  case titrate
  /// A timeline of `thecal timeline`.
  case timeline
  /// A patient of `thecal plan`.
  case plan
  /// Facts of `thecal candidate`.
  case candidate
  /// A specification of `thecal fit`.
  case fit

  /// What may stand in it.
  package var keys: KeyTable {
    switch self {
    case .simulate: .simulate
    case .sweep: .sweep
    case .titrate: .titrate
    case .timeline: .timeline
    case .plan: .plan
    case .candidate: .candidate
    case .fit: .fit
    }
  }
}
