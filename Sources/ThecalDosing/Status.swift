/// What may be done with a result.
public enum Status: String, CaseIterable, Comparable, Hashable, Sendable {
  /// Follows from verified figures alone.
  case ok
  /// A result that a pharmacist must confirm.
  case review
  /// Understood and refused: no dose is given.
  case blocked
  /// Unreadable: no dose is given.
  case error

  private var rank: Int {
    switch self {
    case .ok: 0
    case .review: 1
    case .blocked: 2
    case .error: 3
    }
  }

  /// Whether `a` allows more than `b`.
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  /// Whether a dose may be printed.
  public var allowsDoses: Bool { self < .blocked }
}

/// How much weight a finding has.
public enum Severity: Int, Comparable, Hashable, Sendable {
  /// A check that was made and met.
  case passed
  /// Good to know; changes nothing.
  case note
  /// The result must be confirmed.
  case review
  /// Understood and refused.
  case blocked
  /// Cannot be read.
  case error

  /// Whether `a` weighs less than `b`.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// What a finding of this weight does to a result.
  public var status: Status {
    switch self {
    case .passed, .note: .ok
    case .review: .review
    case .blocked: .blocked
    case .error: .error
    }
  }
}
