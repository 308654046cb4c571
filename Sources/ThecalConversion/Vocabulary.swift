import ThecalFormulary

extension AdministrationRoute {
  /// Where the route stands in tables that hold one entry a route.
  var index: Int {
    switch self {
    case .oral: 0
    case .transdermal: 1
    case .sublingual: 2
    case .buccal: 3
    case .nasal: 4
    case .intravenous: 5
    case .subcutaneous: 6
    case .epidural: 7
    case .intrathecal: 8
    }
  }
}

/// What the treatment is for; decides which ratio tables speak for a patient.
public enum Indication: String, CaseIterable, Hashable, Sendable {
  case cancer, noncancer
  case spasticitySpinal = "spasticity_spinal"
  case spasticityCerebral = "spasticity_cerebral"
}

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
}

/// Whether a patient counts as opioid-tolerant. Source: `opioid_tolerance` of the rules.
public enum OpioidClass: String, Hashable, Sendable {
  /// At least the threshold dose, for at least 7 days.
  case tolerant
  /// Below the threshold, or for less than 7 days.
  case notTolerant = "not_tolerant"
  /// The days on the present dose are not stated.
  case unknown
}
